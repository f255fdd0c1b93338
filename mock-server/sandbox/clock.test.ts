// A sandbox's time beside the time that it is made from.
import { expect, test } from '@jest/globals';
import { createClock, latest } from './clock.ts';

const fakeSource = (at: number): { now: number; readonly read: () => number } => {
  const source = { now: at, read: () => source.now };
  return source;
};

test('shows what its source shows when nobody says where to start', () => {
  const source = fakeSource(1_000);
  const clock = createClock(source.read, null, () => undefined);
  source.now = 1_500;
  expect(clock.now()).toBe(1_500);
});

test.each([0, 5_000_000])('starts at %i and runs as fast as its source', (startAt) => {
  const source = fakeSource(1_000);
  const clock = createClock(source.read, startAt, () => undefined);
  expect(clock.now()).toBe(startAt);
  source.now += 250;
  expect(clock.now()).toBe(startAt + 250);
});

test('stays at the last moment that has a year of four digits', () => {
  const source = fakeSource(1_000);
  const clock = createClock(source.read, latest, () => undefined);
  source.now += 250;
  expect(new Date(clock.now()).toISOString()).toBe('9999-12-31T23:59:59.999Z');
});

test('moves by what it is told to, however much time goes by meanwhile', () => {
  let time = 1_000;
  const clock = createClock(
    () => (time += 1),
    null,
    () => undefined,
  );
  clock.advance(5_000);
  expect(clock.offset()).toBe(5_000);
  clock.advance(-6_000);
  expect(clock.offset()).toBe(-1_000);
});
