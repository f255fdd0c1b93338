// Traffic is bounded by count and by characters, whatever comes.
import { expect, test } from '@jest/globals';
import { createTraffic, type TrafficRecord } from './traffic.ts';

function aRecord(id: number, body: string | null = null): TrafficRecord {
  return {
    id: String(id),
    at: id,
    durationMs: 1,
    caller: null,
    operation: null,
    rule: null,
    request: { method: 'GET', target: '/', headers: {}, body },
    response: { status: 200, headers: {}, body: null },
    findings: [],
  };
}

function setup(limits: { readonly records?: number; readonly characters?: number } = {}) {
  const traffic = createTraffic({ records: 5, characters: 1_000, ...limits });
  const ids = (): readonly number[] => traffic.list().map(({ id }) => Number(id));
  const record = (count: number, body: string | null = null, first = 0): void => {
    for (let id = first; id < first + count; id += 1) traffic.record(aRecord(id, body));
  };
  return { traffic, ids, record };
}

test('keeps the newest, the newest last', () => {
  const { ids, record } = setup();
  record(3);
  expect(ids()).toEqual([0, 1, 2]);
  record(9, null, 3);
  expect(ids()).toEqual([7, 8, 9, 10, 11]);
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
