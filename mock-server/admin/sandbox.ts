// GET /_mock/sandboxes/{name}, POST …/reset and …/seed: what a sandbox is, and how it begins anew.
import { replyJson } from '../web/reply.ts';
import type { SandboxOperation } from './context.ts';
import { createInput, readFields } from './input.ts';
import { presentSandbox } from './present-sandbox.ts';
import { readScenario } from './read-plan.ts';

export const showSandbox: SandboxOperation = async (context, request) =>
  replyJson(200, await presentSandbox(context, request));

export const resetSandbox: SandboxOperation = async (context, request) => {
  const { registry, hosted, bodyLimits } = context;
  const body = await readFields(request, bodyLimits);
  if ('refused' in body) return body.refused;
  const refusal = createInput(body.fields).refusal();
  if (refusal !== undefined) return refusal;
  await registry.openAnew(hosted, hosted.plan);
  return replyJson(200, await presentSandbox(context, request));
};

export const seedSandbox: SandboxOperation = async (context, request) => {
  const { registry, hosted, bodyLimits } = context;
  const body = await readFields(request, bodyLimits);
  if ('refused' in body) return body.refused;
  const input = createInput(body.fields);
  const plan = readScenario(input, hosted.plan);
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  await registry.openAnew(hosted, plan);
  return replyJson(200, await presentSandbox(context, request));
};
