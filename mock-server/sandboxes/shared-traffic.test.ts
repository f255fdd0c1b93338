// Traffic that a store has: nobody waits until it is there, and what was too much, or could not be told, is counted.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { aRecord } from '../sandbox/traffic.suite.ts';
import { StoreError } from '../stores/store.ts';
import type { TrafficBatch, TrafficStore } from '../stores/traffic.ts';
import { openTraffics } from './shared-traffic.ts';

/** As one process has it. */
const aStore = () => {
  const sent: TrafficBatch[] = [];
  const state = { isAway: false, calls: 0, take: () => Promise.resolve() };
  const store: TrafficStore = {
    now: () => 7,
    append: async (batches) => {
      state.calls += 1;
      if (state.isAway) throw new StoreError('unavailable', 'It is away.');
      await state.take();
      sent.push(...batches);
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

test('what came to nothing is told with what others have, and one look asks a store that is away once', async () => {
  const { open, keep, state, sent } = aStore();
  const [ended, other] = [open('ended'), open('other')];
  for (let id = 1; id <= 500; id += 1) ended.record(aRecord(id));
  state.isAway = true;
  await keep();
  expect(state.calls).toBe(1);
  while ((await keep(), state.calls) < 3);
  state.isAway = false;
  for (const id of [1, 2]) {
    other.record(aRecord(id));
    await keep();
  }
  expect(sent.map(({ name, missed, exchanges }) => [name, missed, exchanges.length])).toEqual([
    ['ended', 500, 0],
    ['other', 0, 1],
    ['other', 0, 1],
  ]);
});

test('all who look at the same time see what was there before, each told once and in order', async () => {
  const { open, state, sent } = aStore();
  const traffic = open('a');
  const waiting: (() => void)[] = [];
  state.take = () => new Promise((resolve) => waiting.push(resolve));
  const look = async (id: number): Promise<readonly string[]> => {
    await traffic.refresh();
    return listed(traffic).slice(0, id);
  };
  const looks: ReturnType<typeof look>[] = [];
  for (const id of [1, 2]) {
    traffic.record(aRecord(id));
    looks.push(look(id), look(id));
    await setImmediate();
  }
  while (sent.length < 2) {
    waiting.shift()?.();
    await setImmediate();
  }
  expect(await Promise.all(looks)).toEqual([['1 1'], ['1 1'], ['1 1', '2 2'], ['1 1', '2 2']]);
  expect(sent.map(({ exchanges }) => exchanges.length)).toEqual([1, 1]);
});

test('much is told little by little, and of what is more than is kept the oldest are left out', async () => {
  const { open, keep, sent } = aStore();
  const [many, few, long] = [open('many'), open('few'), open('long')];
  for (let id = 1; id <= 1_300; id += 1) many.record(aRecord(id));
  few.record(aRecord(0));
  for (let id = 1; id <= 100; id += 1) long.record(aRecord(id, 'x'.repeat(10_000)));
  await keep();
  const of = (name: string): readonly TrafficBatch[] => sent.filter((one) => one.name === name);
  expect(of('few').map(({ missed, exchanges }) => [missed, exchanges.length])).toEqual([[0, 1]]);
  expect(of('many')[0]?.missed).toBe(300);
  const sizes = of('many').map(({ exchanges }) => exchanges.length);
  expect([Math.max(...sizes), sizes.reduce((sum, size) => sum + size)]).toEqual([200, 1_000]);
  await many.refresh();
  expect([listed(many)[0], listed(many).at(-1)]).toEqual(['301 301', '1300 1300']);
  expect(Math.max(...of('long').map(({ exchanges }) => exchanges.length))).toBeLessThan(50);
  await long.refresh();
  expect(listed(long)).toHaveLength(100);
  // Now and then somebody has to look whether it is too much by then.
  const bounds = { exchanges: 1_000, characters: 8_000_000 };
  expect(of('many').filter((one) => one.bounds !== undefined)[0]?.bounds).toEqual(bounds);
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
