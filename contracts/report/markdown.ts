// The result as Markdown, for the page of a CI job: verdict, counts, what failed with its exchange, coverage. What comes
// from a target is never Markdown or HTML in it.
import { toLeftBehind } from '../left-behind.ts';
import { toOrigin } from '../catalog.ts';
import { causesOf } from '../engine/causes.ts';
import { count, failuresOf, unexercisedOf, type CheckResult, type RunResult } from '../result.ts';
import { toCausesTitle, toExample, toReach, plural, toVerdict } from './verdict.ts';
import { sharesOf, type Coverage } from './coverage.ts';
import { groupBy } from './group-by.ts';

/** Less than what GitHub takes for one step, and GitLab for one comment. */
const longest = 60_000;
const longestFailure = 4_000;

/** Character references are text and nothing else: no link, no mention, no cell, no tag comes of them. */
const escape = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[!-/:-@[-`{-~]/g, (one) => `&#${one.codePointAt(0) ?? 0};`);

const fence = (text: string): string => {
  const runs = text.match(/`+/g) ?? [];
  const ticks = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  const cut = text.length > longestFailure ? `${text.slice(0, longestFailure)}\n…` : text;
  return `${ticks}text\n${cut}\n${ticks}`;
};

const toFailure = ({ rule, title, message, ...from }: CheckResult): string =>
  [
    `<details><summary>✗ <code>${escape(rule)}</code> (${toOrigin(from)}): ${escape(title)}</summary>`,
    '',
    fence(message),
    '',
    '</details>',
  ].join('\n');

const section = (title: string, note: string, checks: readonly CheckResult[]): readonly string[] =>
  checks.length === 0 ? [] : [`## ${title}: ${checks.length}`, note, ...checks.map(toFailure)];

/** First, for they are what a person acts on. */
const toCauses = ({ checks }: RunResult): readonly string[] => {
  const causes = causesOf(checks);
  if (causes.length === 0) return [];
  const lines = causes.map(
    (cause) => `1. **${escape(cause.sentence)}** (${cause.verdict}: ${escape(toReach(cause))})`,
  );
  const [first] = causes;
  const example = first === undefined || first.example === '' ? [] : [fence(toExample(first))];
  return [`## ${toCausesTitle(causes)}`, lines.join('\n'), ...example];
};

const toCoverageTable = (coverage: Coverage): string =>
  [
    '| coverage | exercised | failed |',
    '| --- | --: | --: |',
    ...sharesOf(coverage).map(
      ({ title, all, exercised, failed }) => `| ${title} | ${exercised} of ${all} | ${failed} |`,
    ),
    ...coverage.undocumented.map(
      ({ operation, status, count: times }) =>
        `| ${operation} answered ${status}, which the contract does not have | ${times} × | |`,
    ),
  ].join('\n');

const toUnexercised = (result: RunResult): readonly string[] => {
  const reasons = groupBy(unexercisedOf(result), ({ message }) => message);
  const lines = [...reasons].map(([reason, { length }]) => `- ${length} × ${escape(reason)}`);
  return lines.length === 0 ? [] : ['## Not exercised', lines.join('\n')];
};

const toTroubles = ({ rulesWithoutCheck, leftBehind, target }: RunResult): readonly string[] => {
  const list = (title: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : [`## ${title}`, items.map((item) => `- ${item}`).join('\n')];
  return [
    ...list(
      'Rules without a check',
      rulesWithoutCheck.map(({ id }) => escape(id)),
    ),
    ...list('Made by the run and not removed', toLeftBehind(leftBehind, target).map(escape)),
  ];
};

const toFacts = (result: RunResult): string =>
  [
    `Target: ${escape(result.name)}`,
    `${plural(count(result, 'passed'), 'check')} passed, ${plural(failuresOf(result, 'violation').length, 'violation')}, ${plural(failuresOf(result, 'divergence').length, 'divergence')}, ${unexercisedOf(result).length} not exercised`,
    `${plural(result.requests, 'request')} in ${(result.ms / 1000).toFixed(1)} s, seed ${result.seed}, started ${escape(result.startedAt)}`,
  ].join('  \n');

/** Blocks from the first on, as many as there is room for. */
const fit = (blocks: readonly string[]): string => {
  const kept: string[] = [];
  let room = longest;
  for (const block of blocks) {
    room -= Buffer.byteLength(block) + 2;
    if (room < 0) break;
    kept.push(block);
  }
  const lost = blocks.length - kept.length;
  const remark = lost === 0 ? [] : [`… and ${lost} more: see the other reports of this run.`];
  return `${[...kept, ...remark].join('\n\n')}\n`;
};

export const toMarkdown = (result: RunResult, coverage: Coverage): string => {
  const { symbol, sentence } = toVerdict(result);
  const assumed = result.strict
    ? 'The target does other than assumed, and is held to it: the run is strict.'
    : 'The target does other than assumed. That fails no run that is not strict.';
  return fit([
    `# ${symbol} ${sentence}`,
    toFacts(result),
    ...toCauses(result),
    toCoverageTable(coverage),
    ...section(
      'Violations',
      'The target breaks what is documented.',
      failuresOf(result, 'violation'),
    ),
    ...section('Divergences', assumed, failuresOf(result, 'divergence')),
    ...toTroubles(result),
    ...toUnexercised(result),
  ]);
};
