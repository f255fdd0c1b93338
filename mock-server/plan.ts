// From what a server is told to what its sandboxes are made by.
import { toReadings } from '../spec/readings.ts';
import type { Config } from './config/settings.ts';
import { defaultDelivery } from './sandbox/delivery-settings.ts';
import type { SandboxPlan } from './sandboxes/sandbox-plan.ts';

export const toPlan = (config: Config): SandboxPlan => {
  const { scenario, scenarioSize, seed, startTime, pageSize, edition } = config;
  const readings = toReadings({ edition, ...config.readings });
  const delivery = {
    ...defaultDelivery,
    mode: config.delivery,
    delayMs: config.deliveryDelayMs,
    reads: config.deliveryReads,
  };
  const timeToLiveMs = config.sandboxTimeToLiveMs;
  return { scenario, scenarioSize, seed, startTime, pageSize, readings, delivery, timeToLiveMs };
};
