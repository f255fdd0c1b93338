// From what a server is told to what its sandboxes are made by, and from that to what they hold.
import { toReadings } from '../spec/readings.ts';
import { withOptions } from './admin/plan.ts';
import type { Config } from './config/settings.ts';
import { defaultDelivery } from './sandbox/delivery-settings.ts';
import type { BuildScenario } from './sandboxes/hosted-sandbox.ts';
import type { SandboxPlan } from './sandboxes/sandbox-plan.ts';

const toPlan = (config: Config): SandboxPlan => {
  const { scenario, scenarioSize, seed, startTime, pageSize, edition } = config;
  const readings = toReadings({ edition, ...config.readings });
  const delivery = {
    ...defaultDelivery,
    mode: config.delivery,
    delayMs: config.deliveryDelayMs,
    reads: config.deliveryReads,
  };
  const timeToLiveMs = config.sandboxTimeToLiveMs;
  return {
    scenario,
    world: null,
    scenarioSize,
    seed,
    startTime,
    frozen: false,
    faults: [],
    pageSize,
    readings,
    delivery,
    timeToLiveMs,
  };
};

/** Rejects with a CannotRun where the seed file is none. */
export const planOf = async (config: Config): Promise<SandboxPlan> => {
  const plan = toPlan(config);
  if (config.world === null) return plan;
  // A parser that knows lines, for who asks for it.
  const { readSeedFile } = await import('./read-seed-file.ts');
  return withOptions(plan, await readSeedFile(config.world));
};

export const buildSandbox: BuildScenario = async (plan, secret, startAt) => {
  const { scenario, scenarioSize, seed, world } = plan;
  // Faker is the slowest part to load, and nothing needs it once the scenarios stand. One at a time: Jest on Node 20 does not
  // link two modules at once that have others in common.
  if (world !== null) {
    const { buildWorld } = await import('../fixtures/build-world.ts');
    return buildWorld(world, { seed, startAt, secret });
  }
  const { buildScenario } = await import('../fixtures/build-scenario.ts');
  const size = scenarioSize === null ? {} : { size: scenarioSize };
  return buildScenario(scenario, { seed, startAt, secret, ...size });
};
