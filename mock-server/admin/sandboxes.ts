// GET /_mock/sandboxes and PUT, DELETE /_mock/sandboxes/{name}: the isolated worlds of this server.
import type { SandboxPlan } from '../sandboxes/sandbox-plan.ts';
import { defaultName, seedOf, type Registry } from '../sandboxes/registry.ts';
import { replyEmpty, replyJson, type Reply } from '../web/reply.ts';
import type { AdminContext, AdminOperation, SandboxOperation } from './context.ts';
import { createInput, readFields } from './input.ts';
import { presentSandbox, presentSummary } from './present-sandbox.ts';
import { badRequest, conflict } from './problem.ts';
import { readPlan } from './read-plan.ts';

export const isName = (name: string): boolean => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(name);

export const badName = (name: string): Reply =>
  badRequest(
    `"${name.slice(0, 80)}" is no name of a sandbox: 1 to 64 of a-z, 0-9, ".", "_" and "-", the first a letter or a digit.`,
  );

export const tooMany = ({ limit }: Registry): Reply =>
  conflict(
    `There are ${limit} sandboxes, the most that this server keeps. Delete one (DELETE /_mock/sandboxes/NAME), give them a shorter "time_to_live", or start the server with a higher --sandbox-limit.`,
  );

export const listSandboxes: AdminOperation = ({ registry }) => {
  const sandboxes = registry.list().map(presentSummary);
  return replyJson(200, { count: sandboxes.length, limit: registry.limit, sandboxes });
};

export const planFor = (name: string, { plan }: AdminContext): SandboxPlan =>
  name === defaultName ? { ...plan, timeToLiveMs: null } : { ...plan, seed: seedOf(name) };

export const putSandbox: AdminOperation = async (context, request) => {
  const { registry, bodyLimits } = context;
  const name = String(request.params['name']);
  if (!isName(name)) return badName(name);
  const body = await readFields(request, bodyLimits);
  if ('refused' in body) return body.refused;
  const input = createInput(body.fields);
  const plan = readPlan(input, planFor(name, context));
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  if (name === defaultName && plan.timeToLiveMs !== null) {
    return badRequest(
      'The default sandbox stays as long as the server; it takes no "time_to_live".',
    );
  }
  const put = await registry.put(name, plan);
  if (put === 'too-many') return tooMany(registry);
  const hosted = { ...context, hosted: put.hosted };
  return replyJson(put.isNew ? 201 : 200, await presentSandbox(hosted, request));
};

export const deleteSandbox: SandboxOperation = ({ registry, hosted }) => {
  if (hosted.sandbox.name === defaultName) {
    return conflict('The default sandbox stays as long as the server. POST …/reset empties it.');
  }
  registry.remove(hosted);
  return replyEmpty(204);
};
