// What a sandbox is made from, as a client asks for it.
import { scenarioNames } from '../../fixtures/scenario.ts';
import type { SandboxPlan } from '../sandboxes/sandbox-plan.ts';
import { readDelivery } from './delivery.ts';
import { choice, object, orNull, span, time, whole, type Input } from './input.ts';

/** A larger one, of which the flag at the start makes one alone, would take this process's memory away from the others. */
const mostInvitations = 100_000;

/** What a scenario is built with; what is absent stays as it is in `plan`. */
export const readScenario = (input: Input, plan: SandboxPlan): SandboxPlan => {
  const scenarioSize = input.read('scenario_size', orNull(whole(1, mostInvitations)));
  const startTime = input.read('start_time', orNull(time));
  return {
    ...plan,
    scenario: input.read('scenario', choice(scenarioNames)) ?? plan.scenario,
    scenarioSize: scenarioSize === undefined ? plan.scenarioSize : scenarioSize,
    seed: input.read('seed', whole(0, 2 ** 32 - 1)) ?? plan.seed,
    startTime: startTime === undefined ? plan.startTime : startTime,
  };
};

/** What is absent stays as it is in `plan`. */
export const readPlan = (input: Input, plan: SandboxPlan): SandboxPlan => {
  const built = readScenario(input, plan);
  const delivery = object((member) => readDelivery(member, plan.delivery));
  const timeToLive = input.read('time_to_live', orNull(span));
  return {
    ...built,
    pageSize: input.read('page_size', whole(1, 10_000)) ?? plan.pageSize,
    delivery: input.read('delivery', delivery) ?? plan.delivery,
    timeToLiveMs: timeToLive === undefined ? plan.timeToLiveMs : timeToLive,
  };
};
