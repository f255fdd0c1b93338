// What is seen while a run goes on.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createProgress, type Progress } from './progress.ts';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

const setUp = (isTTY: boolean, columns = 80): { progress: Progress; written: string[] } => {
  const written: string[] = [];
  const write = (text: string): void => {
    written.push(text);
  };
  return { progress: createProgress({ isTTY, columns, write }), written };
};

describe('on a terminal', () => {
  test('each check writes over the one before, and the line goes away at the end', () => {
    const { progress, written } = setUp(true);
    progress.begin(2);
    progress.check('a', 'passed');
    progress.file();
    progress.check('b', 'failed');
    progress.end();
    expect(written).toEqual([
      '\r\u001B[K0 of 2 files, 1 checks, 0 failed  a',
      '\r\u001B[K1 of 2 files, 2 checks, 1 failed  b',
      '\r\u001B[K',
    ]);
  });

  test('no line is longer than the terminal is wide', () => {
    const { progress, written } = setUp(true, 30);
    progress.check('a title that does not fit in any more', 'passed');
    expect(written[0]).toHaveLength('\r\u001B[K'.length + 29);
  });
});

describe('elsewhere', () => {
  test('a line comes every ten seconds, also while one check takes long', () => {
    const { progress, written } = setUp(false);
    progress.begin(2);
    progress.check('a', 'passed');
    progress.check('b', 'skipped');
    expect(written).toEqual([]);
    jest.advanceTimersByTime(20_000);
    expect(written).toEqual([
      '0 of 2 files, 1 checks, 0 failed, 10 s\n',
      '0 of 2 files, 1 checks, 0 failed, 20 s\n',
    ]);
  });

  test('and none after the end', () => {
    const { progress, written } = setUp(false);
    progress.begin(1);
    progress.end();
    jest.advanceTimersByTime(60_000);
    expect(written).toEqual([]);
  });
});
