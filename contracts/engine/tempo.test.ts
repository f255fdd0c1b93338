// How near to its limit a target is asked that says no more than that it was too fast.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createTempo } from './tempo.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** As nginx does: so many a second, and five more at once. */
const createLimit = (perSecond: number) => {
  let [excess, at] = [0, 0];
  return (): boolean => {
    const now = performance.now();
    excess = Math.max(0, excess - ((now - at) * perSecond) / 1000);
    at = now;
    if (excess > 5) return false;
    excess += 1;
    return true;
  };
};

/** Of a machine that is busy now and then: what was to leave meanwhile leaves together. */
const wakes = (at: number): number => {
  const busyFor = 100 - (at % 900);
  return busyFor > 0 ? at + busyFor : at;
};

/** What is answered in so many seconds, a second. */
const askFor = (seconds: number, perSecond: number): number => {
  const tempo = createTempo(Infinity);
  const isWithin = createLimit(perSecond);
  const started = performance.now();
  let answered = 0;
  for (let index = 0; performance.now() < started + seconds * 1000; index += 1) {
    const turns = Array.from({ length: 4 }, () => wakes(tempo.next()));
    for (const [place, startedAt] of turns.entries()) {
      jest.advanceTimersByTime(Math.max(1, startedAt - performance.now()));
      const status = isWithin() ? 200 : 429;
      if (status === 200) answered += 1;
      tempo.note({ operation: `${(index + place) % 5}`, startedAt, status });
    }
  }
  return answered / seconds;
};

test('what is asked slowly for a while raises nothing: what leaves together then keeps to the limit', () => {
  const tempo = createTempo(Infinity);
  const isWithin = createLimit(60);
  const ask = (turns: number, everyMs: number): void => {
    for (let turn = 0; turn < turns; turn += 1) {
      jest.advanceTimersByTime(Math.max(everyMs, tempo.next() - performance.now()));
      const status = isWithin() ? 200 : 429;
      tempo.note({ operation: `${turn % 5}`, startedAt: performance.now(), status });
    }
  };
  ask(1_000, 1);
  ask(1_000, 100);
  const started = performance.now();
  const turns = Array.from({ length: 21 }, () => tempo.next());
  expect((turns.at(-1) ?? 0) - started).toBeGreaterThan(20 * (1000 / 80));
});

test.each([20, 60])('of %i that it answers a second it is asked for most', (perSecond) => {
  const share = askFor(120, perSecond) / perSecond;
  expect(share).toBeGreaterThan(0.87);
});
