// What may be wrong where a check failed: the readings of a fault, of which a cause is one that many faults share.
import { readRules, isDocumented } from '../catalog.ts';
import type { CheckEnded, Fault, RuledFinding } from './events.ts';
import { isPage, pageSentence } from './intermediary.ts';
import { askedAt, mismatchOf, templateOf } from './mismatch.ts';
import { withoutIds } from './without-ids.ts';

export type Failed = Omit<CheckEnded, 'kind'>;

/** One reading of a fault. Of two that explain as much, the earlier in a fault's list is told. */
export type Symptom = {
  readonly key: string;
  readonly sentence: string;
  /** For one that is of no operation: where the fault is. It is a reading of faults in several places alone. */
  readonly place?: string;
};

/** What is wrong, not what the validator's schema wanted. */
const toWords = (message: string): string =>
  message
    .replace(/^.*must have required property '([^']+)'.*$/s, '"$1" is missing')
    .replace(/^Error: /, '')
    .split('\n', 1)
    .join('')
    .replace(/, but got (\d{3}) .*$/s, ', but got $1')
    .replace(/^\S+ \S+ as [^:]+: /, '')
    .replaceAll(/\{"(?:[^{}]|\{[^{}]*\}){40,}\}/g, '{…}');

const undocumented = /^Unable to match the returned status code/;

/** What never came is one thing, whichever invitation was waited for, and for whatever rule. */
const waited = /^This did not come within .*?(?=\. Last seen: )/s;

const waitSymptoms = (message: string): readonly Symptom[] =>
  [...(waited.exec(message) ?? [])].map((words) => ({
    key: `wait ${withoutIds(words)}`,
    sentence: withoutIds(words),
  }));

/** The same words, whatever the numbers in them and for whatever rule; what begins like this is about one operation's answer. */
const sameWords = (words: string): readonly Symptom[] =>
  /^expected /i.test(words)
    ? []
    : [{ key: `said ${withoutIds(words).replaceAll(/\d+/g, '0')}`, sentence: withoutIds(words) }];

const statusSymptom = (operation: string, status: number, due: string | undefined): Symptom => ({
  key: `${operation} ${status}`,
  sentence:
    due === undefined || status >= 500
      ? `${operation} answers ${status}${status >= 500 ? '' : ', which the spec does not have'}`
      : `${operation} answers ${status} where ${due} is due`,
});

/** `expected 200 and a PaginatedInvitationList, but got 200 {}` */
const unreadable = /expected (\d{3}) and an? \w+, but got \1\b/;

/** What is only assumed explains no violation, but what is missing in a body explains that it cannot be read. */
const mayExplain =
  ({ documented: isDocumentedCheck }: Failed, { message }: Fault) =>
  ({ severity, rule, location }: RuledFinding): boolean => {
    if (severity === 'information') return false;
    if (location[1] === 'body' && unreadable.test(message)) return true;
    const known = rule === undefined ? undefined : readRules().get(rule);
    return !isDocumentedCheck || known === undefined || isDocumented(known);
  };

const findingSymptoms = (
  { rule, message, location }: RuledFinding,
  operation: string,
  status: number,
): readonly Symptom[] => {
  if (undocumented.test(message)) return [statusSymptom(operation, status, undefined)];
  const words = toWords(message);
  const what = `${location.join('.')} ${words}`;
  return [
    { key: `${operation} ${status} ${what}`, sentence: `${operation} ${status}: ${words}` },
    ...(rule === undefined ? [] : [{ key: `* ${rule}`, sentence: `${rule}: ${words}` }]),
  ];
};

/** A page in the place of an answer is of what stands before the API, which knows methods and no operations. */
const pageSymptoms = ({ exchange }: Fault): readonly Symptom[] => {
  const [, body = ''] = /^→ \d{3} (.*)/m.exec(exchange?.text ?? '') ?? [];
  if (exchange === undefined || !isPage(body)) return [];
  const { method, status } = exchange;
  return [{ key: `page ${method} ${status}`, sentence: pageSentence(method, status) }];
};

const broadKeys = (method: string, path: string, status: number): readonly string[] => [
  `all ${method} ${status}`,
  `all ${path} ${status}`,
];

/** What fails, or succeeds otherwise than it should, may do so by its method or path, and what is not found by its id. */
const broadSymptoms = (fault: Fault): readonly Symptom[] => {
  const { due, status, method, path: asked } = mismatchOf(fault);
  const path = templateOf(asked);
  const place = `${method} ${path}`;
  const isGone = status === 404 && fault.finding === undefined && due.startsWith('2');
  if (isGone && withoutIds(asked).includes('{id}')) {
    return [{ key: 'gone', sentence: 'What was made is not found afterwards: 404', place }];
  }
  if (status < 500 && (status >= 300 || !due.startsWith('2'))) return [];
  const rest = `is answered with ${status}, whatever the`;
  const sentences = [`${method} ${rest} path`, `${path} ${rest} method`];
  return broadKeys(method, path, status).map((key, index) => ({
    ...{ key, place },
    sentence: sentences[index] ?? '',
  }));
};

const ownSymptoms = (fault: Fault, check: Failed): readonly Symptom[] => {
  const { rule, message, exchange, finding } = fault;
  const words = toWords(finding?.message ?? message);
  const about = rule ?? check.rule;
  const { operation, status, due, isUnlike } = mismatchOf(fault);
  if (operation !== undefined && isUnlike) return [statusSymptom(operation, status, due)];
  if (operation === undefined || exchange === undefined) {
    const missed = { key: `* ${about}`, sentence: `${about}: ${words}` };
    return [...waitSymptoms(words), missed, ...sameWords(words)];
  }
  // What the judge found in the exchange says more than what a check missed because of it.
  const own = exchange.findings.filter((one) => one.rule === check.rule);
  const judged = own.length > 0 ? own : exchange.findings.filter(mayExplain(check, fault));
  const found = finding === undefined ? judged : [{ ...finding, rule }];
  const missed = [
    { key: `${operation} ${status} ${about}`, sentence: `${operation} ${status}: ${words}` },
    { key: `* ${about}`, sentence: `${about}: ${words}` },
  ];
  const shown = found.flatMap((one) => findingSymptoms(one, operation, status));
  return [...shown, ...waitSymptoms(words), ...missed, ...sameWords(words)];
};

/** As if nothing had been looked at: done, or refused for what is looked at later. */
const isLetThrough = (status: number): boolean => status < 300 || status === 400 || status === 404;

/** One rule that several operations break alike, each with a status where another is due. */
const ruleSymptoms = (fault: Fault, check: Failed): readonly Symptom[] => {
  const { operation: place, status, due, isUnlike } = mismatchOf(fault);
  if (place === undefined || !isUnlike) return [];
  const about = fault.rule ?? check.rule;
  const wanted = due.startsWith('2') ? 'success' : due;
  const where = `where ${wanted} is due, at several operations`;
  const all = {
    ...{ key: `rule ${about} ${status} ${wanted}`, place },
    sentence: `${about}: ${status} ${where}`,
  };
  const otherwise = {
    ...{ key: `rule ${about} let ${wanted}`, place: `${place} ${status}` },
    sentence: `${about}: another answer ${where}`,
  };
  return due.startsWith('4') && isLetThrough(status) ? [all, otherwise] : [all];
};

export const symptomsOf = (fault: Fault, check: Failed): readonly Symptom[] => [
  ...ownSymptoms(fault, check),
  ...pageSymptoms(fault),
  ...broadSymptoms(fault),
  ...ruleSymptoms(fault, check),
];

/**
 * A failure that tells a whole story, such as a sequence of steps, or that has no exchange at hand, belongs to a cause that one
 * of its exchanges shows: what begins with one of these keys.
 */
export const storyKeys = ({
  message,
  rule,
}: Pick<Failed, 'message' | 'rule'>): readonly string[] => {
  const steps = [
    ...message.matchAll(/curl -i -X (\S+) '([^']+)'[^\n]*\n\s*→ (\d{3})/g),
    ...message.matchAll(/^(\S+) (\S+) as [^:]+: expected .*?but got (\d{3})/gs),
  ];
  return steps.flatMap(([, method = '', url = '', status = '']) => [
    `${askedAt(method, url)} ${status}`,
    `page ${method} ${status}`,
    `rule ${rule} ${status}`,
    ...(isLetThrough(Number(status)) ? [`rule ${rule} let`] : []),
    ...broadKeys(method, templateOf(url.replace(/^https?:\/\/[^/]+/, '')), Number(status)),
  ]);
};
