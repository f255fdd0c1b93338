// The reports of real runs: which files there are, that they agree, and that no credential is in any of them, though the
// target repeats all that it was sent.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isRecord } from '../invitation.ts';
import { editBody } from '../../proof/edit.ts';
import { onReply, together } from '../../proof/fault.ts';
import type { StartFault } from '../../proof/mutant.ts';
import { setUp } from '../../proof/deployment.ts';
import { count, failuresOf } from '../result.ts';
import { runContracts, type Ended } from '../engine/run.ts';
import { readSettings, type Settings } from '../settings.ts';
import { toCoverage } from './coverage.ts';
import { aResult } from './results.suite.ts';
import { writeReports } from './write-reports.ts';

/** Lets everybody in, and tells them how they came. */
const talkative = onReply({ on: 'invitations_list', status: 401 }, (reply, ask) => ({
  ...reply,
  status: 200,
  body: JSON.stringify({ count: 'many', path: ask.path, headers: ask.headers }),
}));

/** Its pages cannot be read, which breaks a documented rule. */
const countless = onReply(
  { on: 'invitations_list', status: 200 },
  editBody(({ count: _, ...page }) => page),
);

/** Has to be asked again now and then. */
const busy: StartFault = () => {
  let asked = 0;
  return (ask, next) => {
    asked += 1;
    const headers = { 'content-type': 'application/json', 'retry-after': '0' };
    return asked % 50 === 0 ? { status: 429, headers, body: '{"detail":"Slow."}' } : next(ask);
  };
};

const folder = mkdtempSync(join(tmpdir(), 'contract-reports-'));
let ended: Ended;
let settings: Settings;
let files: ReadonlyMap<string, string>;

beforeAll(async () => {
  const { target } = await setUp({ start: together(busy, talkative, countless) });
  const env = {
    ...process.env,
    ...target.env,
    CONTRACT_ONLY: 'authentication.missing,authentication.challenge,list.answer',
  };
  settings = readSettings(env);
  ended = await runContracts({
    target: { ...target, env },
    signal: new AbortController().signal,
    warn: () => undefined,
  });
  const paths = writeReports(ended.result, ended.events, join(folder, 'made', 'as', 'needed'));
  files = new Map(paths.map((path) => [basename(path), readFileSync(path, 'utf8')]));
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('there is a page, JSON, JUnit XML and Markdown, the page first', () => {
  expect([...files.keys()]).toEqual(['index.html', 'result.json', 'junit.xml', 'summary.md']);
});

test('no file has a credential in it, though the target repeats them', () => {
  const secrets = [...settings.credentials.values()].map((value) => value.replace(/^\S+ /, ''));
  expect(secrets.length).toBeGreaterThan(5);
  for (const [name, text] of files) {
    const found = secrets.filter((secret) => text.includes(secret));
    expect({ name, found }).toEqual({ name, found: [] });
  }
  expect(files.get('result.json')).toContain('[redacted]');
});

test('all files have every violation, and no file calls it otherwise', () => {
  const violations = failuresOf(ended.result, 'violation').length;
  expect(violations).toBeGreaterThan(0);
  expect(files.get('summary.md')).toContain(`## Violations: ${violations}`);
  expect(files.get('index.html')).toContain(`Violations: ${violations}`);
  expect(files.get('junit.xml')?.match(/<failure message="violation: /g)).toHaveLength(violations);
});

test('the JSON has the result and its coverage', () => {
  const json: unknown = JSON.parse(files.get('result.json') ?? '');
  const coverage = isRecord(json) ? json['coverage'] : undefined;
  expect(json).toMatchObject({ counts: { passed: count(ended.result, 'passed') }, exitCode: 1 });
  expect(coverage).toMatchObject({
    matrices: [{ id: 'answers' }, { id: 'callers' }, { id: 'states' }],
    undocumented: [],
  });
});

test('a cell fails by the exchange that made a check fail', () => {
  const json: unknown = JSON.parse(files.get('result.json') ?? '');
  expect(JSON.stringify(json)).toContain('{"at":["invitations_list","NOBODY"],"state":"failed"');
});

test('an answer 429 that a check waited after is seen all the same', () => {
  const { matrices } = toCoverage(ended.result, ended.events);
  const seen = matrices.flatMap(({ cells }) =>
    cells.filter(({ at, count: times }) => at[1] === '429' && times > 0),
  );
  expect(seen.length).toBeGreaterThan(0);
});

test('a file that is there already is written anew', () => {
  const place = join(folder, 'twice');
  writeReports(aResult({ name: 'the first' }), [], place);
  const [page = ''] = writeReports(aResult({ name: 'the second' }), [], place);
  expect(existsSync(page)).toBe(true);
  expect(readFileSync(page, 'utf8')).not.toContain('the first');
});
