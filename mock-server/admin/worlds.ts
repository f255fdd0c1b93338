// GET /_mock/sandboxes/{name}/export and PUT …/import: a world as a file, to have it again elsewhere.
import { weighHistory } from '../sandboxes/memory.ts';
import { defaultName } from '../sandboxes/registry.ts';
import type { WorldImage } from '../sandboxes/world-image.ts';
import { rebuild, restoreWorld } from '../sandboxes/keep-world.ts';
import { replyJson } from '../web/reply.ts';
import type { AdminRequest } from './admin-request.ts';
import { attachment, sandboxEndpoint, serverEndpoint } from './endpoint.ts';
import { presentSandbox } from './present-sandbox.ts';
import { readWorld } from './read-world.ts';
import { Sandbox } from './sandbox-schema.ts';
import { badName, isName, noMemory, planFor, tooMany, tooMuch } from './sandboxes.ts';
import { nothing, type Takes } from './takes.ts';
import { World, writeWorld } from './world-file.ts';

export const exportWorld = sandboxEndpoint({
  id: 'world_export',
  tag: 'sandboxes',
  summary: 'Save a sandbox as a file',
  description: 'The world file holds no secret: keys are made anew when it is imported.',
  takes: nothing,
  answers: { 200: { description: 'The world file.', schema: World, headers: attachment } },
  handle: ({ hosted }) =>
    replyJson(200, writeWorld(hosted), {
      'content-disposition': `attachment; filename="${hosted.sandbox.name}.world.json"`,
    }),
});

const nameIn = ({ params }: AdminRequest): string => String(params['name']);

const inWorldFile: Takes<WorldImage> = {
  body: {
    schema: World,
    description: 'A world file, as the export gives it.',
    required: true,
    examples: {},
  },
  read: async (context, request) => {
    const name = nameIn(request);
    if (!isName(name)) return { refused: badName(name) };
    const image = await readWorld(request, {
      standard: planFor(name, context),
      secret: context.registry.secretOf(name),
      depth: context.bodyLimits.depth,
    });
    return 'status' in image ? { refused: image } : { value: image };
  },
};

export const importWorld = serverEndpoint({
  id: 'world_import',
  tag: 'sandboxes',
  summary: 'Load a sandbox from a file',
  description:
    'The sandbox becomes what the file holds; when there is none of the name, it is made. A file that is refused changes nothing. At most 64 MiB.',
  takes: inWorldFile,
  answers: {
    200: { description: 'The sandbox, with the contents of the file.', schema: Sandbox },
    201: { description: 'The new sandbox, with the contents of the file.', schema: Sandbox },
  },
  refusals: {
    400: 'The file is no world file, or one with a fault. `detail` names the place.',
    409: 'There are as many sandboxes as the server takes.',
    ...noMemory,
  },
  handle: async (context, image, request) => {
    const { registry } = context;
    if (!registry.memory.hasRoom(weighHistory(image.history))) return tooMuch(registry);
    const state = await rebuild(image.history);
    // What it holds at first gives way to the file's world at once.
    const put = await registry.put(nameIn(request), { ...image.plan, scenario: 'empty' });
    if (put === 'too-many') return tooMany(registry);
    if (put === 'too-much') return tooMuch(registry);
    const { hosted, isNew } = put;
    const restore = async (): Promise<void> => {
      await restoreWorld(hosted, image, state);
      if (hosted.sandbox.name === defaultName) {
        hosted.choose({ ...image.plan, timeToLiveMs: null }, image.callers);
      }
      registry.index(hosted);
    };
    // Nobody is in a sandbox that was made just now.
    if (isNew) await hosted.stream.turn('write', restore);
    else await restore();
    registry.memory.changed();
    await hosted.sandbox.kept();
    return replyJson(isNew ? 201 : 200, await presentSandbox({ ...context, hosted }, request));
  },
});
