// JUnit XML as CI systems read it: a suite for each topic of the rules, a case for each check. A divergence that does not
// fail the run is a skipped case that says so, for a failed one would turn the job red.
import { escapeHtml } from '../../spec/escape-html.ts';
import { causesOf } from '../engine/causes.ts';
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

/** A check as an element, and what of it is counted. */
type Case = { readonly outcome: 'passed' | 'skipped' | 'failure'; ms: number; xml: string };

const toCase = (
  outcome: Case['outcome'],
  ms: number,
  attributes: Attributes,
  content: readonly string[],
): Case => {
  const xml = element('testcase', { ...attributes, time: seconds(ms) }, content);
  return { outcome, ms, xml };
};

const ofCheck = (check: CheckResult, strict: boolean): Case => {
  const { title: name, rule: classname, file, ms, verdict, message } = check;
  const at = { name, classname, file };
  if (verdict === 'passed') return toCase('passed', ms, at, []);
  const kind = failureOf(check);
  if (kind === undefined) return toCase('skipped', ms, at, [element('skipped', { message }, [])]);
  const told = { message: `${kind}: ${headlineOf(check)}` };
  const detail = [toContent(message)];
  if (kind === 'violation' || strict) {
    return toCase('failure', ms, at, [element('failure', { ...told, type: kind }, detail)]);
  }
  const output = element('system-out', {}, detail);
  return toCase('skipped', ms, at, [element('skipped', told, []), output]);
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
  return [...topics].map(([name, own]) => ({ name, cases: own.map((it) => ofCheck(it, strict)) }));
};

/** What fails a run beside its checks. */
const toOthers = ({ rulesWithoutCheck }: RunResult): Suite => ({
  name: 'the suites themselves',
  cases: rulesWithoutCheck.map(({ id, sentence }) => {
    const failure = element('failure', { message: `no check: ${sentence}` }, ['']);
    return toCase('failure', 0, { name: 'has a check', classname: id }, [failure]);
  }),
});

export const toJunit = (result: RunResult): string => {
  const suites = [...toTopics(result), toOthers(result)].filter(({ cases }) => cases.length > 0);
  const timestamp = result.startedAt.replace(/(\.\d+)?Z$/, '');
  const written = suites.map(({ name, cases }) =>
    element(
      'testsuite',
      { name, ...countsOf(cases), timestamp },
      cases.map(({ xml }) => `\n    ${xml}`).concat('\n  '),
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
