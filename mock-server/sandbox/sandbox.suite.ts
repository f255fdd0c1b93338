// A sandbox for tests, with nothing in it but what a test wants.
import { nowhere } from './courier.ts';
import { defaultDelivery } from './delivery-settings.ts';
import type { Journal } from './journal.ts';
import { createSandbox, type Opening, type Sandbox, type SandboxOptions } from './sandbox.ts';
import { createTraffic } from './traffic.ts';

/** Everything is kept at once, and nothing of it is told. */
export const noJournal: Journal = {
  append: () => undefined,
  restart: () => undefined,
  kept: () => undefined,
  turn: (_kind, work) => {
    work();
  },
};

export const aSandbox = (options: Partial<SandboxOptions & Opening> = {}): Sandbox => {
  const { history = [], waiting = [], pageSize = 10, readings = {}, ...rest } = options;
  const sandbox = createSandbox({
    name: 'test',
    now: () => 1_000,
    startTime: null,
    delivery: defaultDelivery,
    courier: nowhere,
    traffic: createTraffic({ records: 1_000, characters: () => 8_000_000 }),
    journal: noJournal,
    ...rest,
  });
  sandbox.open({ history, waiting, pageSize, readings });
  return sandbox;
};
