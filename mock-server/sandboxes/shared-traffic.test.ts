// Traffic that a store has: nobody waits until it is there, and what was too much, or could not be told, is counted.
import { expect, test } from '@jest/globals';
import { aRecord } from '../sandbox/traffic.suite.ts';
import { StoreError } from '../stores/store.ts';
import type { TrafficBatch, TrafficStore } from '../stores/traffic.ts';
import { openTraffics } from './shared-traffic.ts';

/** As one process has it. */
const aStore = () => {
  const sent: TrafficBatch[] = [];
  const state = { isAway: false };
  const store: TrafficStore = {
    now: () => 7,
    append: (batches) => {
      if (state.isAway) return Promise.reject(new StoreError('unavailable', 'It is away.'));
      sent.push(...batches);
      return Promise.resolve();
    },
    read: (known) =>
      Promise.resolve(
        known.map(({ name, after }) => {
          const places = sent
            .filter((batch) => batch.name === name)
            .flatMap(({ missed, exchanges }) => [
              ...Array<undefined>(missed).fill(undefined),
              ...exchanges,
            ]);
          const exchanges = places.flatMap((one, place) =>
            one === undefined || place < after ? [] : [{ sequence: place + 1, text: one.text }],
          );
          return { era: 1, from: 1, exchanges };
        }),
      ),
    clear: () => Promise.resolve(),
  };
  return { state, sent, ...openTraffics(store, { records: 1_000, characters: () => 8_000_000 }) };
};

const listed = (traffic: ReturnType<ReturnType<typeof aStore>['open']>): readonly string[] =>
  traffic.list().map(({ sequence, id }) => `${sequence} ${id}`);

test('is shown as the store has it, whoever looks', async () => {
  const { open, keep } = aStore();
  const [one, other] = [open('a'), open('a')];
  for (const id of [1, 2]) one.record(aRecord(id));
  await keep();
  other.record(aRecord(3));
  for (const traffic of [other, one]) {
    await traffic.refresh();
    expect(listed(traffic)).toEqual(['1 1', '2 2', '3 3']);
    expect(traffic.counts()).toEqual({ exchanges: 3, withFindings: 0 });
  }
});

test('what could not be told is lost, and has its place', async () => {
  const { open, keep, state } = aStore();
  const traffic = open('a');
  traffic.record(aRecord(1));
  state.isAway = true;
  for (const id of [2, 3]) {
    await keep();
    traffic.record(aRecord(id));
  }
  await keep();
  state.isAway = false;
  traffic.record(aRecord(4));
  await traffic.refresh();
  expect(listed(traffic)).toEqual(['4 4']);
});

test('of much at once the newest are told, of each sandbox some', async () => {
  const { open, keep, sent } = aStore();
  const [many, few] = [open('many'), open('few')];
  few.record(aRecord(0));
  for (let id = 1; id <= 400; id += 1) many.record(aRecord(id, 'x'.repeat(10_000)));
  await keep();
  const [first, second] = sent;
  expect([first?.missed, first?.exchanges.length]).toEqual([0, 1]);
  // No more than there is room for.
  expect(second?.exchanges.length).toBe(24);
  expect(second?.missed).toBe(376);
  await many.refresh();
  expect(listed(many).at(-1)).toBe('400 400');
  // The other one adds enough for somebody to look whether it is too much by then.
  for (let id = 1; id <= 300; id += 1) few.record(aRecord(id));
  await keep();
  expect([sent.at(-1)?.missed, sent.at(-1)?.exchanges.length]).toEqual([100, 200]);
  expect(sent.at(-1)?.bounds).toEqual({ exchanges: 1_000, characters: 8_000_000 });
});

test('who follows is told of what others added, until nobody listens any longer', async () => {
  const { open, keep } = aStore();
  const [one, other] = [open('a'), open('a')];
  const told = new Promise<void>((resolve) => {
    const leave = one.subscribe({
      recorded: () => {
        leave();
        resolve();
      },
      cleared: () => undefined,
      ended: () => undefined,
    });
  });
  other.record(aRecord(1));
  await keep();
  await told;
  expect(listed(one)).toEqual(['1 1']);
});
