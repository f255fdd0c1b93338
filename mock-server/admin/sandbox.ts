// GET /_mock/sandboxes/{name}, POST …/reset and …/seed: what a sandbox is, and how it begins anew.
import { replyJson } from '../web/reply.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { SandboxOptions, SeedOptions, withSeed } from './plan.ts';
import { presentOptions } from './present-plan.ts';
import { presentSandbox, refreshCounts } from './present-sandbox.ts';
import { Sandbox } from './sandbox-schema.ts';
import { noMemory, tooMuch } from './sandboxes.ts';
import { object } from './schema/object.ts';
import { inBody, nothing } from './takes.ts';

export const showSandbox = sandboxEndpoint({
  id: 'sandboxes_retrieve',
  tag: 'sandboxes',
  summary: 'Read a sandbox',
  description: 'Everything that a client of it has to know, credentials included.',
  takes: nothing,
  answers: { 200: { description: 'The sandbox.', schema: Sandbox } },
  before: refreshCounts,
  handle: async (context, _, request) => replyJson(200, await presentSandbox(context, request)),
});

export const resetSandbox = sandboxEndpoint({
  id: 'sandboxes_reset',
  tag: 'sandboxes',
  summary: 'Put a sandbox back to its beginning',
  description:
    'State, clock, delivery and faults become what they were when the sandbox was made or seeded; messages, traffic and events are gone. Snapshots stay. Credentials go on working.',
  takes: inBody({
    schema: object({}),
    description: 'Nothing is asked for.',
    required: false,
    examples: {},
  }),
  answers: { 200: { description: 'The sandbox, fresh.', schema: Sandbox } },
  refusals: noMemory,
  handle: async (context, _, request) => {
    const { registry, hosted } = context;
    if ((await registry.openAnew(hosted, hosted.plan)) === 'too-much') return tooMuch(registry);
    return replyJson(200, await presentSandbox(context, request));
  },
});

export const showSeed = sandboxEndpoint({
  id: 'sandboxes_seed_file',
  tag: 'sandboxes',
  summary: 'Read what a sandbox was made from',
  description:
    'A seed file in JSON: what a reset goes back to, and what PUT makes the same sandbox of.',
  takes: nothing,
  answers: { 200: { description: 'The seed file.', schema: SandboxOptions } },
  handle: ({ hosted }) => replyJson(200, presentOptions(hosted.plan)),
});

export const seedSandbox = sandboxEndpoint({
  id: 'sandboxes_seed',
  tag: 'sandboxes',
  summary: 'Fill a sandbox with other data',
  description:
    'What is given replaces that option of the sandbox; then everything is as after a reset.',
  takes: inBody({
    schema: SeedOptions,
    description: 'The options to replace.',
    required: false,
    examples: {
      manyPages: ['A long list', { scenario: 'many-pages', scenario_size: 500, seed: 7 }],
    },
  }),
  answers: { 200: { description: 'The sandbox, fresh, with the new data.', schema: Sandbox } },
  refusals: noMemory,
  handle: async (context, asked, request) => {
    const { registry, hosted } = context;
    const opened = await registry.openAnew(hosted, withSeed(hosted.plan, asked));
    if (opened === 'too-much') return tooMuch(registry);
    return replyJson(200, await presentSandbox(context, request));
  },
});
