// The command `judge FILE.har`: what recorded traffic shows to be wrong, by rule, and an exit code.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createJudge, type Judge } from '../../../spec/judge.ts';
import { CannotRun } from '../../cannot-run.ts';
import { readRules } from '../../catalog.ts';
import { toAnswerLine, toCurl } from '../../curl.ts';
import type { Target } from '../../target.ts';
import { orExplain, terminal, type Output } from '../output.ts';
import { parseHar, type HarEntry } from '../../recorded/har.ts';
import { judgeTraffic, type Complaint, type Verdict } from '../../recorded/judge-traffic.ts';

const toHelp = (program: string): string => `${program} FILE.har [--strict]

Judges traffic that a browser or a proxy has recorded (HAR 1.2): the answers of the Invitations API in
it by the spec, and by the rules that one exchange alone can show to be broken.

  --strict        what breaks an assumption fails too, not only what violates
                  the contract                                               CONTRACT_STRICT=1
  --help

Exit code: 0 nothing, or only broken assumptions; 1 violations; 2 could not run as asked, nothing in
the file is about the API, say.`;

const options = { help: { type: 'boolean' }, strict: { type: 'boolean' } } as const;

const readFlags = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length > 1) throw new Error(`More than one file: ${positionals.join(', ')}`);
    return { ...values, file: positionals[0] };
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
};

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CannotRun(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
};

/** Of the headers only those that the API looks at: a recording has cookies, and whatever else a browser sends. */
const shownHeaders = ['accept', 'authorization', 'content-type'];

const toExchange = ({ method, url, requestHeaders, requestBody, status, body }: HarEntry) => {
  const headers = Object.fromEntries(
    Object.entries(requestHeaders).filter(([name]) => shownHeaders.includes(name)),
  );
  const message = {
    method,
    path: `${url.pathname}${url.search}`,
    headers,
    ...(requestBody === undefined ? {} : { body: requestBody }),
  };
  return [
    toCurl(url.origin, message),
    body === undefined ? `→ ${status} (body not recorded)` : toAnswerLine(status, body),
  ];
};

/** Of each rule so many are told with their exchange. */
const fullyTold = 2;

const toGroups = (complaints: readonly Complaint[]): readonly string[] => {
  const titleOf = ({ rule }: Complaint): string =>
    rule === undefined ? 'spec/openapi.yaml' : `${rule.id} (${rule.source}): ${rule.sentence}`;
  return [...new Set(complaints.map(titleOf))].flatMap((title) => [
    `  ${title}`,
    ...complaints
      .filter((complaint) => titleOf(complaint) === title)
      .flatMap(({ entry, message }, index) => [
        `    entry ${entry.index}: ${message}`,
        ...(index < fullyTold ? toExchange(entry).map((line) => `      ${line}`) : []),
      ]),
    '',
  ]);
};

const toText = (file: string, verdict: Verdict): string => {
  const { complaints, judged, ignored, unanswered, withoutBody } = verdict;
  const violations = complaints.filter(({ isViolation }) => isViolation);
  const divergences = complaints.filter(({ isViolation }) => !isViolation);
  return [
    `The traffic in ${file}`,
    '',
    ...(violations.length === 0 ? [] : ['Violates the contract:', ...toGroups(violations)]),
    ...(divergences.length === 0 ? [] : ['Does other than assumed:', ...toGroups(divergences)]),
    `${judged} exchanges judged (${withoutBody} without a recorded body), ${unanswered} without an answer of their own, ${ignored} about other things`,
    `${violations.length} violations, ${divergences.length} divergences`,
  ].join('\n');
};

const run = async (
  args: readonly string[],
  env: Target['env'],
  program: string,
  output: Output,
  getJudge: () => Promise<Judge>,
): Promise<number> => {
  const flags = readFlags(args);
  if (flags.help === true) {
    output.out(toHelp(program));
    return 0;
  }
  const { file } = flags;
  if (file === undefined) throw new CannotRun('Which traffic? Give a HAR file. See --help.');
  const entries = parseHar(readText(file), file);
  const verdict = judgeTraffic(entries, await getJudge(), readRules());
  if (verdict.judged === 0) {
    throw new CannotRun(
      `Nothing in ${file} is an answer of the Invitations API: of its ${entries.length} entries ${verdict.ignored} are about other things, ${verdict.unanswered} have no answer of their own.`,
    );
  }
  output.out(toText(file, verdict));
  const isStrict = flags.strict === true || env['CONTRACT_STRICT'] === '1';
  const isWrong = verdict.complaints.some(({ isViolation }) => isViolation || isStrict);
  return isWrong ? 1 : 0;
};

export const judgeMain = (
  args: readonly string[],
  env: Target['env'],
  program: string,
  output: Output = terminal,
  getJudge: () => Promise<Judge> = createJudge,
): Promise<number> => orExplain(() => run(args, env, program, output, getJudge), output);
