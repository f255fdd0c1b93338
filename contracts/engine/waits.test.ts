// What a target that is wrong in everything costs in waits.
import { describe, expect, test } from '@jest/globals';
import { createWaits, sleepUntil } from './waits.ts';

const timeoutMs = 10_000;

const inVain = (kinds: readonly string[]): number => {
  const waits = createWaits();
  let waitedMs = 0;
  for (const kind of kinds) {
    waitedMs += waits.patienceMs(kind, timeoutMs);
    waits.note(kind, false);
  }
  return waitedMs;
};

const many = Array.from({ length: 500 }, (_, index) => index);

test('a wait until a time does not end before it', async () => {
  for (const fraction of Array.from({ length: 40 }, (_, index) => index / 40)) {
    const at = performance.now() + 2 + fraction;
    await sleepUntil(at);
    expect(performance.now()).toBeGreaterThanOrEqual(at);
  }
});

describe('waits in vain', () => {
  test('the same one five hundred times costs little more than one deadline', () => {
    expect(inVain(many.map(() => 'state sent'))).toBeLessThan(1.2 * timeoutMs);
  });

  test('a few kinds, one after the other, cost few deadlines', () => {
    expect(inVain(many.map((index) => `rule ${index % 10}`))).toBeLessThan(4 * timeoutMs);
  });

  test('between waits that hold, a few kinds cost a few deadlines', () => {
    const waits = createWaits();
    let waitedMs = 0;
    for (const index of many) {
      const kind = `rule ${index % 10}`;
      waitedMs += waits.patienceMs(kind, timeoutMs);
      waits.note(kind, false);
      waits.note('state sent', true);
    }
    expect(waitedMs).toBeLessThan(5 * timeoutMs);
  });

  test('one that holds again has the whole deadline again', () => {
    const waits = createWaits();
    waits.note('state sent', false);
    expect(waits.patienceMs('state sent', timeoutMs)).toBeLessThan(timeoutMs);
    waits.note('state sent', true);
    expect(waits.patienceMs('state sent', timeoutMs)).toBe(timeoutMs);
  });
});
