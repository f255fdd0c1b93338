// GET /_mock/sandboxes and PUT, DELETE /_mock/sandboxes/{name}: the isolated worlds of this server.
import type { SandboxPlan } from '../sandboxes/sandbox-plan.ts';
import { tellFull } from '../sandboxes/memory.ts';
import { defaultName, seedOf, type Registry } from '../sandboxes/registry.ts';
import { replyEmpty, replyJson, type Reply } from '../web/reply.ts';
import type { AdminContext } from './context.ts';
import { sandboxEndpoint, serverEndpoint } from './endpoint.ts';
import { SandboxOptions, withOptions } from './plan.ts';
import { presentSandbox, presentSummary } from './present-sandbox.ts';
import { badRequest, conflict, problem } from './problem.ts';
import { Sandbox, SandboxList } from './sandbox-schema.ts';
import { inSeedFile } from './takes-seed.ts';
import { nothing } from './takes.ts';

const namePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;

export const isName = (name: string): boolean => namePattern.test(name);

export const badName = (name: string): Reply =>
  badRequest(
    `"${name.slice(0, 80)}" is no name of a sandbox: 1 to 64 of a-z, 0-9, ".", "_" and "-", the first a letter or a digit.`,
  );

export const tooMany = ({ limit }: Registry): Reply =>
  conflict(
    `There are ${limit} sandboxes, the most that this server keeps. Delete one (DELETE /_mock/sandboxes/NAME), give them a shorter "time_to_live", or start the server with a higher --sandbox-limit.`,
  );

/** What is asked for is more than there is memory for. */
export const tooMuch = ({ memory }: Registry): Reply =>
  problem(507, 'Insufficient Storage', tellFull(memory.limit));

export const noMemory = { 507: 'The sandboxes of the server take as much memory as they may.' };

export const listSandboxes = serverEndpoint({
  id: 'sandboxes_list',
  tag: 'sandboxes',
  summary: 'List the sandboxes',
  description: '`default` first, then in the order in which they were made.',
  takes: nothing,
  answers: { 200: { description: 'Every sandbox, in brief.', schema: SandboxList } },
  handle: async ({ registry }) => {
    const summaries = await registry.each(presentSummary);
    const sandboxes = summaries.toSorted(
      (one, other) =>
        Number(other.name === defaultName) - Number(one.name === defaultName) ||
        Date.parse(one.created_at) - Date.parse(other.created_at),
    );
    return replyJson(200, { count: sandboxes.length, limit: registry.limit, sandboxes });
  },
});

export const planFor = (name: string, { plan }: AdminContext): SandboxPlan =>
  name === defaultName ? { ...plan, timeToLiveMs: null } : { ...plan, seed: seedOf(name) };

export const putSandbox = serverEndpoint({
  id: 'sandboxes_put',
  tag: 'sandboxes',
  summary: 'Make a sandbox',
  description:
    "Makes a sandbox, or replaces the one of that name by a fresh one. What is left out of the body has the server's own setting, save the seed: a named sandbox takes one from its name, so that ids of two sandboxes differ and a sandbox made again under its name has the same ones. With `If-None-Match: *` it replaces none.",
  takes: {
    headers: { 'If-None-Match': '`*`: only where there is no sandbox of that name.' },
    ...inSeedFile({
      schema: SandboxOptions,
      description: 'What it holds and how it behaves; nothing for the defaults.',
      required: false,
      examples: {
        slowTeam: [
          'Messages that take a minute',
          { scenario: 'team', delivery: { mode: 'after-delay', delay: 'PT1M' } },
        ],
      },
    }),
  },
  answers: {
    200: {
      description: 'A fresh sandbox took the place of the one that had the name.',
      schema: Sandbox,
    },
    201: { description: 'The new sandbox.', schema: Sandbox },
  },
  refusals: {
    409: 'There are as many sandboxes as the server takes.',
    ...noMemory,
    412: 'There is a sandbox of that name, and `If-None-Match: *` asks that there be none.',
  },
  handle: async (context, asked, request) => {
    const { registry } = context;
    const name = String(request.params['name']);
    if (!isName(name)) return badName(name);
    if (request.headers['if-none-match'] === '*' && registry.find(name) !== undefined) {
      return problem(
        412,
        'Precondition Failed',
        `There is a sandbox "${name}" already, and If-None-Match: * asks that there be none. Leave the header out to replace it.`,
      );
    }
    const plan = withOptions(planFor(name, context), asked);
    if (name === defaultName && plan.timeToLiveMs !== null) {
      return badRequest(
        'The default sandbox stays as long as the server; it takes no "time_to_live".',
      );
    }
    const put = await registry.put(name, plan);
    if (put === 'too-many') return tooMany(registry);
    if (put === 'too-much') return tooMuch(registry);
    const hosted = { ...context, hosted: put.hosted };
    return replyJson(put.isNew ? 201 : 200, await presentSandbox(hosted, request));
  },
});

export const deleteSandbox = sandboxEndpoint({
  id: 'sandboxes_destroy',
  tag: 'sandboxes',
  summary: 'Remove a sandbox',
  description: 'Its credentials stop to work, and who waits for it or follows it is let go.',
  takes: nothing,
  answers: { 204: { description: 'The sandbox is gone. There is no body.' } },
  refusals: { 409: 'The sandbox `default` cannot be removed.' },
  handle: ({ registry, hosted }) => {
    if (hosted.sandbox.name === defaultName) {
      return conflict('The default sandbox stays as long as the server. POST …/reset empties it.');
    }
    registry.remove(hosted);
    return replyEmpty(204);
  },
});
