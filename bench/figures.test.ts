// The pure parts of the bench: a wrong median or verdict would be believed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { median, ratioOfMedians } from './median.ts';
import { CannotRun } from '../settings/cannot-run.ts';
import { readOptions } from './options.ts';
import { toTable } from './table.ts';
import { judge, toTargetTable } from './targets.ts';

describe('medians', () => {
  test.each([
    { samples: [7], middle: 7 },
    { samples: [9, 1, 5], middle: 5 },
    { samples: [10, 9, 100, 1], middle: 9.5 },
  ])('the median of $samples is $middle', ({ samples, middle }) => {
    expect(median(samples)).toBe(middle);
  });

  test('no samples have no median', () => {
    expect(() => median([])).toThrow('no median');
  });

  test('one spoiled sample does not move the ratio', () => {
    expect(ratioOfMedians([20, 1, 20], [10, 10, 900])).toBe(2);
  });
});

describe('targets', () => {
  test('a ratio may reach its limit and not go beyond', () => {
    const target = { bound: 'at-most', limit: 2 } as const;
    expect(judge('list', 2, target).isMet).toBe(true);
    expect(judge('list', 2.01, target).isMet).toBe(false);
  });

  test('a cost has to stay below its limit', () => {
    const target = { bound: 'below', limit: 120 } as const;
    expect(judge('memory', 119.9, target).isMet).toBe(true);
    expect(judge('memory', 120, target).isMet).toBe(false);
  });

  test('a target that could not be measured is missed', () => {
    expect(judge('memory', Number.NaN, { bound: 'below', limit: 120 }).isMet).toBe(false);
  });

  test('the verdict stands beside what was measured and wanted', () => {
    const verdicts = [judge('list', 2.016, { bound: 'at-most', limit: 2 })];
    expect(toTargetTable(verdicts)).toContain('list        2.02  <= 2.00   missed');
  });
});

describe('tables', () => {
  test('text is aligned at its left end, figures at their right end', () => {
    const table = toTable(
      ['name', 'rate'],
      [
        ['list', '5'],
        ['retrieve', '12,345'],
      ],
    );
    expect(table).toBe(
      ['name        rate', '--------  ------', 'list           5', 'retrieve  12,345'].join('\n'),
    );
  });
});

describe('options', () => {
  test('without flags everything is measured but the soak, which takes its time', () => {
    expect(readOptions([])).toMatchObject({ seconds: 5, rounds: 5, check: false });
    const only = 'list retrieve create startup scale sandboxes'.split(' ');
    expect(readOptions([])).toMatchObject({ only });
    const soak = ['--only', 'soak', '--requests', '4000'];
    expect(readOptions(soak)).toMatchObject({ only: ['soak'], requests: 4_000 });
  });

  test.each([
    { args: ['--seconds', '0'], complaint: '--seconds is "0"' },
    { args: ['--rounds', 'many'], complaint: '--rounds is "many"' },
    { args: ['--only', 'list,speed'], complaint: '--only is "list,speed"' },
    { args: ['--fast'], complaint: '--fast' },
  ])('refuses $args by name', ({ args, complaint }) => {
    expect(() => readOptions(args)).toThrow(CannotRun);
    expect(() => readOptions(args)).toThrow(complaint);
  });

  test('end the bench with 2 where it could not run', () => {
    const bench = fileURLToPath(new URL('main.ts', import.meta.url));
    const command = ['--import', 'tsx', bench, '--fast'];
    expect(spawnSync(process.execPath, command).status).toBe(2);
  });
});
