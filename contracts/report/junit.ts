// JUnit XML as CI systems read it: a suite for each topic of the rules, a case for each check. A divergence that does not
// fail the run is a skipped case that says so, for a failed one would turn the job red.
import { escapeHtml } from '../../spec/escape-html.ts';
import { causesOf } from '../engine/causes.ts';
import { isExercised } from '../engine/verdict.ts';
import { failureOf, headlineOf, type CheckResult, type RunResult } from '../result.ts';
import { toReach } from './verdict.ts';
import { groupBy } from './group-by.ts';

/** What XML 1.0 has no way to write, escaped or not. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const toContent = (text: string): string =>
  escapeHtml(text.replaceAll(forbidden, '')).replaceAll('\r', '&#13;');

/** Whoever reads an attribute takes white space for blanks. */
const toValue = (text: string): string =>
  toContent(text).replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');

type Attributes = Readonly<Record<string, string | number>>;

const element = (name: string, attributes: Attributes, content: readonly string[]): string => {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${toValue(String(value))}"`,
  );
  const open = `<${name}${written.join('')}`;
  return content.length === 0 ? `${open}/>` : `${open}>${content.join('')}</${name}>`;
};

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

type Case = {
  readonly name: string;
  readonly classname: string;
  readonly file?: string;
  readonly ms: number;
  readonly outcome: 'passed' | 'skipped' | 'failure';
  readonly message: string;
  readonly type?: string;
  readonly detail?: string;
};

const toCase = (check: CheckResult, strict: boolean): Case => {
  const { title, rule, file, ms, verdict, message } = check;
  const base = { name: title, classname: rule, file, ms };
  if (verdict === 'passed') return { ...base, outcome: 'passed', message: '' };
  if (!isExercised(verdict)) return { ...base, outcome: 'skipped', message };
  const kind = failureOf(check) ?? 'violation';
  const outcome = kind === 'violation' || strict ? 'failure' : 'skipped';
  const headline = `${kind}: ${headlineOf(check)}`;
  return { ...base, outcome, message: headline, type: kind, detail: message };
};

const toOutcome = ({ outcome, message, type, detail = '' }: Case): readonly string[] => {
  if (outcome === 'passed') return [];
  if (outcome !== 'skipped') {
    const attributes = { message, ...(type === undefined ? {} : { type }) };
    return [element(outcome, attributes, [toContent(detail)])];
  }
  const output = detail === '' ? [] : [element('system-out', {}, [toContent(detail)])];
  return [element('skipped', { message }, []), ...output];
};

const toTestCase = (one: Case): string => {
  const { name, classname, file, ms } = one;
  const place = file === undefined ? {} : { file };
  return element('testcase', { name, classname, ...place, time: seconds(ms) }, toOutcome(one));
};

type Suite = { readonly name: string; readonly cases: readonly Case[] };

const countsOf = (cases: readonly Case[]): Attributes => {
  const of = (outcome: Case['outcome']): number =>
    cases.filter((one) => one.outcome === outcome).length;
  return {
    tests: cases.length,
    failures: of('failure'),
    errors: 0,
    skipped: of('skipped'),
    time: seconds(cases.reduce((sum, { ms }) => sum + ms, 0)),
  };
};

const toTopics = ({ checks, strict }: RunResult): readonly Suite[] => {
  const topics = groupBy(checks, ({ rule }) => rule.split('.')[0] ?? '');
  return [...topics].map(([name, own]) => ({ name, cases: own.map((it) => toCase(it, strict)) }));
};

/** What fails a run beside its checks. */
const toOthers = ({ rulesWithoutCheck }: RunResult): Suite => ({
  name: 'the suites themselves',
  cases: [
    ...rulesWithoutCheck.map(({ id, sentence }): Case => ({
      ...{ name: 'has a check', classname: id, ms: 0 },
      ...{ outcome: 'failure', message: `no check: ${sentence}` },
    })),
  ],
});

export const toJunit = (result: RunResult): string => {
  const suites = [...toTopics(result), toOthers(result)].filter(({ cases }) => cases.length > 0);
  const timestamp = result.startedAt.replace(/(\.\d+)?Z$/, '');
  const written = suites.map(({ name, cases }) =>
    element(
      'testsuite',
      { name, ...countsOf(cases), timestamp },
      cases.map((one) => `\n    ${toTestCase(one)}`).concat('\n  '),
    ),
  );
  const all = suites.flatMap(({ cases }) => cases);
  const causes = causesOf(result.checks).map(
    (cause, index) =>
      `\n    ${element('property', { name: `probable cause ${index + 1}`, value: `${cause.verdict}: ${cause.sentence} (${toReach(cause)})` }, [])}`,
  );
  const properties =
    causes.length === 0 ? [] : [`\n  ${element('properties', {}, causes.concat('\n  '))}`];
  const name = `The contract of the Invitations API, against ${result.name}`;
  const root = element('testsuites', { name, ...countsOf(all), time: seconds(result.ms) }, [
    ...properties,
    ...written.map((suite) => `\n  ${suite}`),
    '\n',
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
};
