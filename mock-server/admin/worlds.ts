// GET /_mock/sandboxes/{name}/export and PUT …/import: a world as a file, to have it again elsewhere.
import type { Request } from 'express';
import { defaultName } from '../sandboxes/registry.ts';
import { restoreWorld } from '../sandboxes/keep-world.ts';
import { replyJson } from '../web/reply.ts';
import type { AdminOperation, SandboxOperation } from './context.ts';
import { readFields } from './input.ts';
import { presentSandbox } from './present-sandbox.ts';
import { readWorld } from './read-world.ts';
import { badName, isName, planFor, tooMany } from './sandboxes.ts';
import { writeWorld } from './world-file.ts';

const mostBytes = 64 * 1_024 * 1_024;

export const exportWorld: SandboxOperation = ({ hosted }) =>
  replyJson(200, writeWorld(hosted), {
    'content-disposition': `attachment; filename="${hosted.sandbox.name}.world.json"`,
  });

const nameIn = ({ params }: Request): string => String(params['name']);

export const importWorld: AdminOperation = async (context, request) => {
  const { registry, bodyLimits } = context;
  const name = nameIn(request);
  if (!isName(name)) return badName(name);
  const body = await readFields(request, { ...bodyLimits, bytes: mostBytes });
  if ('refused' in body) return body.refused;
  const standard = planFor(name, context);
  const image = readWorld(body.fields, standard, registry.secretOf(name));
  if ('status' in image) return image;
  // What it holds at first gives way to the file's world at once.
  const put = await registry.put(name, { ...image.plan, scenario: 'empty' });
  if (put === 'too-many') return tooMany(registry);
  const { hosted, isNew } = put;
  restoreWorld(hosted, image);
  if (name === defaultName) hosted.choose({ ...image.plan, timeToLiveMs: null }, image.cast);
  registry.index(hosted);
  return replyJson(isNew ? 201 : 200, await presentSandbox({ ...context, hosted }, request));
};
