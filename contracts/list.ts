// What `--list` shows: every check that a run would make, by its rule, and what it would send. Nothing is asked of a target.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotRun } from './cannot-run.ts';
import { isDocumented, readRules, refuseUnknownWords, type Rule } from './catalog.ts';
import { runJest } from './jest-process.ts';
import { readRecord } from './record.ts';
import { readResult } from './runner.ts';
import { readSettings, type Need } from './settings.ts';
import type { Target } from './target.ts';

export type Listed = Pick<Rule, 'source' | 'sentence'> & {
  readonly rule: string;
  readonly documented: boolean;
  readonly title: string;
  /** That it asks; empty for a check that may ask any. */
  readonly operations: readonly string[];
  /** Whom it asks as, and what else has to be given. */
  readonly needs: readonly Need[];
  /** Whether it sends anything but GET, HEAD and OPTIONS. */
  readonly changes: boolean;
};

/** In the order of a run. */
export const listChecks = async (
  env: Target['env'],
  signal: AbortSignal,
): Promise<readonly Listed[]> => {
  refuseUnknownWords(readSettings(env).only);
  const folder = mkdtempSync(join(tmpdir(), 'invitations-contracts-'));
  try {
    const listing = { CONTRACT_LIST: '1', CONTRACT_PROGRESS: '0', CONTRACT_RUN: folder };
    const complaints = await runJest({ ...env, ...listing }, signal);
    const { broken } = readResult(join(folder, 'result.json'), complaints);
    if (broken.length > 0) {
      throw new CannotRun(broken.map(({ file, message }) => `${file}: ${message}`).join('\n'));
    }
    const rules = readRules();
    return readRecord(folder).flatMap((line) => {
      const rule = line.kind === 'check' ? rules.get(line.rule) : undefined;
      if (line.kind !== 'check' || rule === undefined) return [];
      const { title, needs, changes, operation } = line;
      const operations = operation === undefined ? (rule.operations ?? []) : [operation];
      const { id, source, sentence } = rule;
      const documented = isDocumented(rule);
      return [{ rule: id, source, documented, sentence, title, operations, needs, changes }];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const describe = ({ title, operations, needs, changes }: Listed): string => {
  const what = operations.length === 1 ? `${operations.join()}, ` : '';
  return `  ${title} (${what}${changes ? 'writes' : 'reads'}, as ${needs.join(', ') || 'nobody'})`;
};

export const toListing = (checks: readonly Listed[]): string => {
  const rules = [...new Set(checks.map(({ rule }) => rule))];
  const lines = rules.flatMap((rule) => {
    const those = checks.filter((check) => check.rule === rule);
    const [first] = those;
    return [
      `${rule} (${first?.source ?? ''}): ${first?.sentence ?? ''}`,
      ...those.map(describe),
      '',
    ];
  });
  const reading = checks.filter(({ changes }) => !changes).length;
  return [
    ...lines,
    `${checks.length} checks of ${rules.length} rules; ${reading} of them only read`,
  ].join('\n');
};
