// Traffic is bounded by count and by characters, whatever comes.
import { expect, test } from '@jest/globals';
import { aRecord } from './traffic.suite.ts';
import { createTraffic } from './traffic.ts';

const setup = (limits: { readonly records?: number; readonly characters?: number } = {}) => {
  const bound = { characters: limits.characters ?? 1_000 };
  const traffic = createTraffic({
    records: limits.records ?? 5,
    characters: () => bound.characters,
  });
  const ids = (): readonly number[] => traffic.list().map(({ id }) => Number(id));
  const record = (count: number, body: string | null = null, first = 0): void => {
    for (let id = first; id < first + count; id += 1) traffic.record(aRecord(id, body));
  };
  return { traffic, ids, record, bound };
};

test('keeps the newest, the newest last', () => {
  const { ids, record } = setup();
  record(3);
  expect(ids()).toEqual([0, 1, 2]);
  record(9, null, 3);
  expect(ids()).toEqual([7, 8, 9, 10, 11]);
});

test('gives room to others when it may hold less', () => {
  const { ids, record, bound } = setup();
  record(4, 'x'.repeat(100));
  expect(ids()).toHaveLength(4);
  bound.characters = 250;
  record(1, 'x'.repeat(100), 4);
  expect(ids()).toEqual([3, 4]);
});

test('keeps no more characters than it may', () => {
  const { ids, record } = setup();
  record(4, 'x'.repeat(300));
  expect(ids()).toEqual([1, 2, 3]);
});

test('keeps the newest even if it alone is too much, and lets it go for the next', () => {
  const { ids, record } = setup();
  record(2);
  record(1, 'x'.repeat(5_000), 2);
  expect(ids()).toEqual([2]);
  record(1, null, 3);
  expect(ids()).toEqual([3]);
});

test('counts right after many turns of the ring', () => {
  const { ids, record } = setup();
  record(10_000, 'x'.repeat(300));
  expect(ids()).toEqual([9_997, 9_998, 9_999]);
  record(5, null, 10_000);
  expect(ids().length).toBe(5);
});

test('is empty after it was cleared, and starts anew', () => {
  const { ids, record, traffic } = setup();
  record(7, 'x'.repeat(300));
  traffic.clear();
  expect(ids()).toEqual([]);
  record(7, 'x'.repeat(100));
  expect(ids()).toEqual([2, 3, 4, 5, 6]);
});

test('gives a list that does not change while more comes in', () => {
  const { record, traffic } = setup();
  record(1);
  const list = traffic.list();
  record(1);
  expect(list.length).toBe(1);
});

test('counts the headers too', () => {
  const { traffic, ids } = setup();
  for (const name of ['request', 'response'] as const) {
    for (let id = 0; id < 5; id += 1) {
      const record = aRecord(id);
      const headers = { 'x-long': 'x'.repeat(400) };
      traffic.record({ ...record, [name]: { ...record[name], headers } });
    }
    expect(ids()).toEqual([3, 4]);
    traffic.clear();
  }
});

test('counts what was found too', () => {
  const { traffic, ids } = setup();
  const message = 'x'.repeat(400);
  const finding = { location: ['request'], severity: 'error', code: 'long', message } as const;
  for (let id = 0; id < 5; id += 1) traffic.record({ ...aRecord(id), findings: [finding] });
  expect(ids()).toEqual([3, 4]);
  expect(traffic.counts()).toEqual({ exchanges: 2, withFindings: 2 });
});

test('numbers what comes from 1 on and gives no number twice', () => {
  const { traffic, record } = setup();
  const sequences = (): readonly number[] => traffic.list().map(({ sequence }) => sequence);
  expect(traffic.extent()).toEqual({ first: 1, next: 1, clearedAt: 1 });
  record(7);
  expect(sequences()).toEqual([3, 4, 5, 6, 7]);
  traffic.clear();
  record(2);
  expect(sequences()).toEqual([8, 9]);
  expect(traffic.extent()).toEqual({ first: 8, next: 10, clearedAt: 8 });
});

test('finds what is kept by its number, and nothing else', () => {
  const { traffic, record } = setup();
  record(7);
  expect(traffic.find(3)).toMatchObject({ id: '2', sequence: 3 });
  for (const sequence of [0, 2, 8, -1, 1.5]) expect(traffic.find(sequence)).toBeUndefined();
  traffic.clear();
  expect(traffic.find(7)).toBeUndefined();
});

test('takes the numbers that were given elsewhere, and shows no place that stayed empty', () => {
  const { traffic } = setup();
  const at = (sequence: number): void => {
    traffic.record(aRecord(sequence), sequence);
  };
  const kept = (): readonly number[] => traffic.list().map(({ sequence }) => sequence);
  at(70);
  expect(traffic.extent()).toMatchObject({ first: 70, next: 71 });
  for (const sequence of [71, 73, 76]) at(sequence);
  expect(kept()).toEqual([73, 76]);
  expect(traffic.counts()).toEqual({ exchanges: 2, withFindings: 0 });
  expect(traffic.find(74)).toBeUndefined();
  expect(traffic.extent()).toMatchObject({ first: 73, next: 77 });
  at(1_000_000);
  expect(kept()).toEqual([1_000_000]);
  traffic.clear(40);
  at(41);
  expect(kept()).toEqual([41]);
  expect(traffic.extent()).toEqual({ first: 41, next: 42, clearedAt: 40 });
});

test('redacts whatever it shows', () => {
  const { traffic } = setup();
  const record = aRecord(1);
  const headers = { authorization: 'Api-Key secret', 'proxy-authorization': 'Basic secret' };
  traffic.record({ ...record, request: { ...record.request, headers } });
  expect(JSON.stringify([traffic.list(), traffic.find(1)])).not.toContain('secret');
});

test('tells those who listen, until they go or are sent away', () => {
  const { traffic, record } = setup();
  const told: string[] = [];
  const aListener = (name: string) => ({
    recorded: () => told.push(`${name} recorded ${traffic.extent().next - 1}`),
    cleared: () => told.push(`${name} cleared`),
    ended: (reason: string) => told.push(`${name} ended: ${reason}`),
  });
  const leave = traffic.subscribe(aListener('one'));
  traffic.subscribe(aListener('other'));
  record(1);
  leave();
  record(1);
  traffic.clear();
  expect(traffic.listeners()).toBe(1);
  traffic.end('enough');
  record(1);
  expect(traffic.listeners()).toBe(0);
  expect(told).toEqual([
    'one recorded 1',
    'other recorded 1',
    'other recorded 2',
    'other cleared',
    'other ended: enough',
  ]);
});
