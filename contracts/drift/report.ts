// What came of a comparison, as text for a person. Its last line is for machines too.
import { isDocumented, type Rule } from '../catalog.ts';
import { toAnswerLine, toCurl } from '../curl.ts';
import type { Difference, Both, StepPair } from './difference.ts';
import type { DriftResult, Found } from './drift.ts';
import type { Known } from './known.ts';
import type { NormalForm } from './normal-form.ts';
import { ruleOfReading, toLine as toReadingLine } from './explain.ts';
import { ruleOf } from './rules.ts';
import { keySlotOf, toLine, type Who } from '../sequences/step.ts';

export type Setting = {
  readonly targets: Both<string>;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly knownFile: string;
  readonly seed: number;
};

const columnWidth = 56;

const indent = (lines: readonly string[], by: number): readonly string[] =>
  lines.map((line) => `${' '.repeat(by)}${line}`.trimEnd());

const toText = ({ status, headers, body }: NormalForm): string =>
  [
    String(status),
    ...Object.entries(headers)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([name, value]) => `${name}: ${value}`),
    '',
    ...(typeof body === 'string' ? [body] : JSON.stringify(body, null, 2).split('\n')),
  ].join('\n');

const toRuleLines = (rule: Rule | undefined, { reading }: Found): readonly string[] => {
  if (rule === undefined) return ['No rule of the contract is about this.'];
  const { id, source, seen, sentence } = rule;
  const from = seen === undefined ? source : `${source} ${seen}`;
  return [
    `${id} (${from}, ${isDocumented(rule) ? 'documented' : 'assumed'}): ${sentence}`,
    ...(reading === undefined
      ? []
      : [`A known alternative; with --readings the fake follows it: ${toReadingLine(reading)}`]),
  ];
};

const statusOf = (pair: StepPair): string => {
  const { fake, deployment } = pair.forms;
  return fake.status === deployment.status
    ? String(fake.status)
    : `${fake.status} / ${deployment.status}`;
};

const toEntry = (pair: StepPair, { path, fake, deployment }: Difference): readonly string[] => [
  `- operation: ${pair.asking.operation}`,
  `  path: ${path}`,
  `  fake: ${JSON.stringify(fake)}`,
  `  deployment: ${JSON.stringify(deployment)}`,
  '  reason: (why this is so)',
];

/** The end of the variable that has the credential; `KEY_1` for the key of the first account. */
const callerOf = (as: Who): string | undefined => {
  const slot = keySlotOf(as);
  if (slot !== undefined) return `KEY_${slot}`;
  return /^[A-Z]+$/.test(as) && as !== 'NOBODY' ? as : undefined;
};

/** A new service account's key is told in the answer that makes it, and in no report. */
const withoutKey = (text: string): string => text.replace(/("apikey":\s*")[^"]*/, '$1[redacted]');

const toCurls = (pairs: readonly StepPair[], last: StepPair, targets: Setting['targets']) => {
  const answer = ({ reply }: StepPair['fake']): string =>
    reply === undefined ? '→ no answer' : toAnswerLine(reply.status, withoutKey(reply.text));
  return [
    ...pairs.flatMap(({ asking, deployment }) => [
      toCurl(targets.deployment, deployment.message, callerOf(asking.as)),
      answer(deployment),
    ]),
    '',
    'The last one at the fake:',
    toCurl(targets.fake, last.fake.message, callerOf(last.asking.as)),
    answer(last.fake),
  ];
};

const toFound = (found: Found, setting: Setting): readonly string[] => {
  const { difference, pairs, operations, reading } = found;
  const last = pairs.at(-1);
  if (last === undefined) return [];
  const rule =
    reading === undefined
      ? setting.rules.get(ruleOf(last, difference) ?? '')
      : ruleOfReading(reading);
  const { path, fake, deployment } = difference;
  const others = [...operations].filter((it) => it !== last.asking.operation);
  return [
    `✗ ${last.asking.operation}, ${path}: the fake has ${fake}, the deployment ${deployment}`,
    ...indent(toRuleLines(rule, found), 2),
    ...(others.length === 0 ? [] : [`  The same shows at ${others.join(', ')}.`]),
    '',
    `  ${pairs.length === 1 ? 'The step' : `The ${pairs.length} steps`} to it:`,
    ...pairs.map((pair, index) => `  ${index + 1}. ${toLine(pair.step)}  [${statusOf(pair)}]`),
    '',
    ...indent(
      [
        `${'the fake'.padEnd(columnWidth)} │ the deployment`,
        ...besideEachOther(toText(last.forms.fake), toText(last.forms.deployment), columnWidth),
      ],
      2,
    ),
    '',
    '  To repeat it at the deployment:',
    ...indent(toCurls(pairs, last, setting.targets), 4),
    '',
    `  If it is to stay, it belongs into ${setting.knownFile}, under "known" (operation "*": any):`,
    ...indent(toEntry(last, difference), 4),
    '',
  ];
};

const toKnownLine = ({ operation, path, reason }: Known, times?: number): string =>
  `${operation}, ${path}: ${reason}${times === undefined ? '' : ` (seen ${times} times)`}`;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...indent(lines, 2), ''];

export const toReport = (result: DriftResult, setting: Setting): string => {
  const { found, known, stale, additional, unsteady, ended, sequences, steps, ms } = result;
  const showed = [...known].map(([entry, times]) => toKnownLine(entry, times));
  const hidden = stale.map((entry) => toKnownLine(entry));
  const readings = found.flatMap(({ reading }) => (reading ? [toReadingLine(reading)] : []));
  return [
    ...found.flatMap((one) => toFound(one, setting)),
    ...section('Known differences that showed', showed),
    ...section(
      `Known differences that did not show; if they are gone, take them out of ${setting.knownFile}`,
      hidden,
    ),
    ...section('Differences that did not show a second time, and do not count', unsteady),
    ...section('Only the deployment has these, which breaks nothing', additional),
    ...section(
      'A file for --readings that makes the fake read the contract as the deployment does',
      readings,
    ),
    ...(ended === undefined ? [] : [`It ended before its time. ${ended}`, '']),
    `${sequences} sequences, ${steps} steps on each, ${(ms / 1000).toFixed(1)} s, --seed ${setting.seed}`,
    `${found.length} unknown differences, ${known.size} known, ${stale.length} stale`,
  ].join('\n');
};

const wrap = (line: string, width: number): readonly string[] => {
  const parts = line.match(new RegExp(`.{1,${width}}`, 'gu'));
  return parts ?? [''];
};

/** Lines that begin alike are kept beside each other: what only one side has pushes the other down. */
const pair = (
  left: readonly string[],
  right: readonly string[],
): readonly (readonly [string | undefined, string | undefined])[] => {
  const rows: [string | undefined, string | undefined][] = [];
  let [row, other] = [0, 0];
  const keyOf = (line: string): string => line.split(':')[0] ?? '';
  const isAhead = (line: string | undefined, lines: readonly string[], from: number): boolean =>
    line !== undefined && lines.slice(from).some((it) => keyOf(it) === keyOf(line));
  while (row < left.length || other < right.length) {
    const [one, two] = [left[row], right[other]];
    const isAlike = one !== undefined && two !== undefined && keyOf(one) === keyOf(two);
    const isOnlyRight = !isAlike && two !== undefined && isAhead(one, right, other);
    const isOnlyLeft = !isAlike && !isOnlyRight && one !== undefined && isAhead(two, left, row);
    rows.push([isOnlyRight ? undefined : one, isOnlyLeft ? undefined : two]);
    if (!isOnlyRight) row += 1;
    if (!isOnlyLeft) other += 1;
  }
  return rows;
};

const besideEachOther = (left: string, right: string, width: number): readonly string[] =>
  pair(left.split('\n'), right.split('\n')).flatMap(([one, two]) => {
    const mark = one === two ? '│' : '≠';
    const [wrapped, others] = [wrap(one ?? '', width), wrap(two ?? '', width)];
    return Array.from({ length: Math.max(wrapped.length, others.length) }, (_, index) =>
      `${(wrapped[index] ?? '').padEnd(width)} ${mark} ${others[index] ?? ''}`.trimEnd(),
    );
  });
