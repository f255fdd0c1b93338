// Which faults strike which requests, how that is counted, and how chance can be repeated.
import { describe, expect, test } from '@jest/globals';
import { drawDelay, longestWaitMs, type FaultRule, type FaultyRequest } from './fault-rule.ts';
import { aFault } from './fault.suite.ts';
import { createFaults, type Faults } from './faults.ts';
import { createRandom, seedFor } from './random.ts';

const list: FaultyRequest = {
  operation: 'invitations_list',
  method: 'GET',
  role: 'OWNER',
  isRefused: false,
};

const setup = (...rules: readonly Partial<FaultRule>[]): Faults => {
  const faults = createFaults({ answers: 2, characters: 100 }, () => undefined);
  faults.replace(rules.map(aFault), 7);
  return faults;
};

const struck = (faults: Faults, count: number, request = list): readonly boolean[] =>
  Array.from({ length: count }, () => faults.meet(request) !== undefined);

describe('a fault concerns', () => {
  test.each<[string, Partial<FaultRule>, Partial<FaultyRequest>, boolean]>([
    ['everything', {}, {}, true],
    ['its operations', { operations: ['invitations_list'] }, {}, true],
    ['no other operation', { operations: ['invitations_create'] }, {}, false],
    [
      'no request without operation',
      { operations: ['invitations_list'] },
      { operation: null },
      false,
    ],
    ['its methods', { methods: ['GET', 'PUT'] }, {}, true],
    ['no other method', { methods: ['HEAD'] }, {}, false],
    ['its roles', { roles: ['VIEWER', 'OWNER'] }, {}, true],
    ['no other role', { roles: ['VIEWER'] }, {}, false],
    ['nobody known', { roles: ['none'] }, { role: 'none' }, true],
    ['what was refused before', { roles: null }, { isRefused: true }, true],
  ])('%s', (_what, rule, request, expected) => {
    const faults = setup(rule);
    expect(struck(faults, 1, { ...list, ...request })).toEqual([expected]);
    expect(faults.list()).toMatchObject([{ seen: Number(expected), hit: Number(expected) }]);
  });

  test('as throttling nothing that was refused before the rate counts', () => {
    const effect = { kind: 'status', status: 429, retryAfter: 1 } as const;
    const faults = setup({ effect });
    expect(struck(faults, 1, { ...list, isRefused: true })).toEqual([false]);
    expect(struck(faults, 1)).toEqual([true]);
  });
});

describe('a fault strikes', () => {
  test('the first few', () => {
    const faults = setup({ occasion: { kind: 'first', count: 2 } });
    expect(struck(faults, 4)).toEqual([true, true, false, false]);
    expect(faults.list()).toMatchObject([{ seen: 4, hit: 2, skipped: 0 }]);
  });

  test('every so-manieth', () => {
    const faults = setup({ occasion: { kind: 'every', count: 3 } });
    expect(struck(faults, 7)).toEqual([false, false, true, false, false, true, false]);
  });

  test('by chance, which the seed repeats', () => {
    const occasion = { kind: 'probability', probability: 0.3 } as const;
    const one = struck(setup({ occasion }), 1_000);
    expect(struck(setup({ occasion }), 1_000)).toEqual(one);
    expect(struck(setup({ occasion, seed: 8 }), 1_000)).not.toEqual(one);
    const hits = one.filter(Boolean).length;
    expect(hits).toBeGreaterThan(250);
    expect(hits).toBeLessThan(350);
  });

  test('never or always at the ends of chance', () => {
    const never = setup({ occasion: { kind: 'probability', probability: 0 } });
    const always = setup({ occasion: { kind: 'probability', probability: 1 } });
    expect(struck(never, 50)).not.toContain(true);
    expect(struck(always, 50)).not.toContain(false);
  });

  test('before those that stand behind it, which see what it lets pass', () => {
    const faults = setup({ id: 'a', occasion: { kind: 'every', count: 2 } }, { id: 'b' });
    const ids = Array.from({ length: 4 }, () => faults.meet(list)?.rule.id);
    expect(ids).toEqual(['b', 'a', 'b', 'a']);
    expect(faults.list()).toMatchObject([
      { seen: 4, hit: 2 },
      { seen: 2, hit: 2 },
    ]);
  });

  test('two rules of the same chance not alike', () => {
    const occasion = { kind: 'probability', probability: 0.5 } as const;
    const faults = setup(
      { id: 'a', roles: ['OWNER'], occasion },
      { id: 'b', roles: ['ADMIN'], occasion },
    );
    expect(struck(faults, 100)).not.toEqual(struck(faults, 100, { ...list, role: 'ADMIN' }));
  });
});

test('what cannot be carried out is no hit', () => {
  const faults = setup({});
  faults.meet(list)?.skip();
  expect(faults.list()).toMatchObject([{ seen: 1, hit: 0, skipped: 1 }]);
});

test('other rules begin to count anew', () => {
  const faults = setup({ occasion: { kind: 'first', count: 1 } });
  expect(faults.areSet()).toBe(true);
  struck(faults, 3);
  faults.replace([aFault({ occasion: { kind: 'first', count: 1 } })], 7);
  expect(struck(faults, 1)).toEqual([true]);
  faults.clear();
  expect(faults.areSet()).toBe(false);
  expect(struck(faults, 1)).toEqual([false]);
});

describe('answers that are held back', () => {
  test('are bounded in their number, until one goes', () => {
    const faults = setup();
    const release = faults.hold(() => undefined, 1);
    expect(faults.hold(() => undefined, 1)).toBeDefined();
    expect(faults.hold(() => undefined, 1)).toBeUndefined();
    release?.();
    release?.();
    expect(faults.hold(() => undefined, 1)).toBeDefined();
    expect(faults.hold(() => undefined, 1)).toBeUndefined();
  });

  test('are bounded in their size, until one goes', () => {
    const faults = setup();
    const release = faults.hold(() => undefined, 60);
    expect(faults.hold(() => undefined, 41)).toBeUndefined();
    release?.();
    expect(faults.hold(() => undefined, 100)).toBeDefined();
  });

  test.each(['replace', 'clear'] as const)('are let go by %s', (what) => {
    const faults = setup({});
    let letGo = 0;
    faults.hold(() => (letGo += 1), 1);
    if (what === 'clear') faults.clear();
    else faults.replace([], 7);
    expect(letGo).toBe(1);
  });
});

describe('latency', () => {
  const drawn = (latency: FaultRule['latency'], count = 2_000): readonly number[] => {
    const random = createRandom(1);
    return Array.from({ length: count }, () => drawDelay(latency, random)).sort((a, b) => a - b);
  };

  test('is fixed, or none', () => {
    expect(new Set(drawn({ kind: 'fixed', ms: 12 }))).toEqual(new Set([12]));
    expect(new Set(drawn(null))).toEqual(new Set([0]));
  });

  test('is spread evenly between two bounds', () => {
    const delays = drawn({ kind: 'uniform', minMs: 100, maxMs: 200 });
    expect(delays[0]).toBeGreaterThanOrEqual(100);
    expect(delays.at(-1)).toBeLessThan(200);
    expect(delays[1_000]).toBeGreaterThan(145);
    expect(delays[1_000]).toBeLessThan(155);
  });

  test('is lognormal around its median, and never longer than the longest', () => {
    const delays = drawn({ kind: 'lognormal', medianMs: 100, sigma: 1 });
    expect(delays[1_000]).toBeGreaterThan(92);
    expect(delays[1_000]).toBeLessThan(108);
    // 84 in a hundred lie below e^sigma times the median.
    expect(delays[1_680]).toBeGreaterThan(240);
    expect(delays[1_680]).toBeLessThan(300);
    expect(drawn({ kind: 'lognormal', medianMs: longestWaitMs, sigma: 5 }).at(-1)).toBe(
      longestWaitMs,
    );
  });
});

test('seeds that are neighbours have nothing in common', () => {
  const firsts = Array.from({ length: 100 }, (_none, place) => createRandom(seedFor(1, place))());
  expect(new Set(firsts).size).toBe(100);
  expect(Math.min(...firsts)).toBeLessThan(0.1);
  expect(Math.max(...firsts)).toBeGreaterThan(0.9);
});
