// GET /_mock/sandboxes and PUT, DELETE /_mock/sandboxes/{name}: the isolated worlds of this server.
import { scenarioNames } from '../../fixtures/scenario.ts';
import type { SandboxPlan } from '../sandboxes/hosted-sandbox.ts';
import { defaultName, seedOf } from '../sandboxes/registry.ts';
import { replyEmpty, replyJson } from '../web/reply.ts';
import type { AdminContext, AdminOperation, SandboxOperation } from './context.ts';
import { readDelivery } from './delivery.ts';
import {
  choice,
  createInput,
  object,
  orNull,
  readFields,
  span,
  time,
  whole,
  type Input,
} from './input.ts';
import { presentSandbox, presentSummary } from './present-sandbox.ts';
import { badRequest, conflict } from './problem.ts';

export const namePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;

export const listSandboxes: AdminOperation = ({ registry }) => {
  const sandboxes = registry.list().map(presentSummary);
  return replyJson(200, { count: sandboxes.length, limit: registry.limit, sandboxes });
};

/** What a scenario is built with; what is absent stays as it is in `plan`. */
export function readScenario(input: Input, plan: SandboxPlan): SandboxPlan {
  const scenarioSize = input.read('scenario_size', orNull(whole(1, 1_000_000)));
  const startTime = input.read('start_time', orNull(time));
  return {
    ...plan,
    scenario: input.read('scenario', choice(scenarioNames)) ?? plan.scenario,
    scenarioSize: scenarioSize === undefined ? plan.scenarioSize : scenarioSize,
    seed: input.read('seed', whole(0, 2 ** 32 - 1)) ?? plan.seed,
    startTime: startTime === undefined ? plan.startTime : startTime,
  };
}

function readPlan(input: Input, plan: SandboxPlan): SandboxPlan {
  const built = readScenario(input, plan);
  const delivery = object((member) => readDelivery(member, plan.delivery));
  const timeToLive = input.read('time_to_live', orNull(span));
  return {
    ...built,
    pageSize: input.read('page_size', whole(1, 10_000)) ?? plan.pageSize,
    delivery: input.read('delivery', delivery) ?? plan.delivery,
    timeToLiveMs: timeToLive === undefined ? plan.timeToLiveMs : timeToLive,
  };
}

function planFor(name: string, { plan }: AdminContext): SandboxPlan {
  return name === defaultName ? { ...plan, timeToLiveMs: null } : { ...plan, seed: seedOf(name) };
}

export const putSandbox: AdminOperation = async (context, request) => {
  const { registry, bodyLimits } = context;
  const name = String(request.params['name']);
  if (!namePattern.test(name)) {
    return badRequest(
      `"${name.slice(0, 80)}" is no name of a sandbox: 1 to 64 of a-z, 0-9, ".", "_" and "-", the first a letter or a digit.`,
    );
  }
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
  if (put === 'too-many') {
    return conflict(
      `There are ${registry.limit} sandboxes, the most that this server keeps. Delete one (DELETE /_mock/sandboxes/NAME), give them a shorter "time_to_live", or start the server with a higher --sandbox-limit.`,
    );
  }
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
