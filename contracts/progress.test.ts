// What is seen while a run goes on.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Event } from './engine/events.ts';
import type { CheckVerdict } from './engine/verdict.ts';
import { createProgress } from './progress.ts';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

const setUp = (isTTY: boolean, columns = 80) => {
  const written: string[] = [];
  const write = (text: string): void => {
    written.push(text);
  };
  const { listen: tell, end } = createProgress({ isTTY, columns, write });
  return { tell, end, written };
};

const said = 'a is checked by edition 2024-05-30; --edition takes another\n';

const started = (checks: number): Event => ({
  ...{
    kind: 'started',
    target: 'http://a',
    name: 'a',
    edition: '2024-05-30',
    startedAt: '',
    checks,
  },
});
const ended = (title: string, verdict: CheckVerdict): Event => ({
  ...{ kind: 'check ended', rule: 'a.b', source: 'seed', documented: true, title },
  ...{ file: '', verdict, message: '', ms: 1, faults: [] },
});
const over: Event = {
  ...{ kind: 'run ended', ms: 1, requests: 1, rulesWithoutCheck: [], leftBehind: [] },
};

describe('on a terminal', () => {
  test('each check writes over the one before, and the line goes away at the end', () => {
    const { tell, written } = setUp(true);
    for (const event of [started(2), ended('a', 'passed'), ended('b', 'violation'), over])
      tell(event);
    expect(written).toEqual([
      said,
      '\r\u001B[K1 of 2 checks, 1 made, 0 failed  [a.b] a',
      '\r\u001B[K2 of 2 checks, 2 made, 1 failed  [a.b] b',
      '\r\u001B[K',
    ]);
  });

  test('no line is longer than the terminal is wide', () => {
    const { tell, written } = setUp(true, 30);
    tell(ended('a title that does not fit in any more', 'passed'));
    expect(written[0]).toHaveLength('\r\u001B[K'.length + 29);
  });
});

describe('elsewhere', () => {
  test('nothing comes any more of a run that has broken off', () => {
    const { tell, end, written } = setUp(false);
    tell(started(2));
    end();
    jest.advanceTimersByTime(20_000);
    expect(written).toEqual([said]);
  });

  test('what is found beyond the checks that were counted at first counts as well', () => {
    const { tell, written } = setUp(false);
    for (const event of [started(1), ended('a', 'passed'), ended('b', 'violation')]) tell(event);
    jest.advanceTimersByTime(10_000);
    expect(written).toEqual([said, '2 of 2 checks, 2 made, 1 failed, 10 s\n']);
  });

  test('a line comes every ten seconds, also while one check takes long', () => {
    const { tell, written } = setUp(false);
    for (const event of [started(2), ended('b', 'not exercised')]) tell(event);
    expect(written).toEqual([said]);
    jest.advanceTimersByTime(20_000);
    expect(written).toEqual([
      said,
      '1 of 2 checks, 0 made, 0 failed, 10 s\n',
      '1 of 2 checks, 0 made, 0 failed, 20 s\n',
    ]);
  });

  test('and none after the end', () => {
    const { tell, written } = setUp(false);
    for (const event of [started(1), over]) tell(event);
    jest.advanceTimersByTime(60_000);
    expect(written).toEqual([said]);
  });
});
