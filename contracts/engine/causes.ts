// What several failures have in common. A target that does one thing wrong fails many checks; a cause is that one thing: an
// operation that answers another status, a field that its answers lack, a header that all answers lack.
import { isDocumented, readRules } from '../catalog.ts';
import { operationOf } from './located.ts';
import { withoutIds } from './without-ids.ts';
import type { Cause, CheckEnded, Fault, RuledFinding } from './events.ts';
import { isFailure } from './verdict.ts';

type Failed = Omit<CheckEnded, 'kind'>;

/** One reading of a fault. Of two that explain as much, the earlier in a fault's list is told. */
type Symptom = { readonly key: string; readonly sentence: string };

const placeOf = ({ method, path }: { readonly method: string; readonly path: string }): string =>
  `${method} ${withoutIds(path)}`;

/** What is wrong, not what the validator's schema wanted. */
const toWords = (message: string): string =>
  message
    .replace(/^.*must have required property '([^']+)'.*$/s, '"$1" is missing')
    .replace(/^Error: /, '')
    .split('\n', 1)
    .join('')
    .replace(/, but got (\d{3}) .*$/s, ', but got $1')
    .replace(/^\S+ \S+ as [^:]+: /, '');

const mismatch = /expected ((?:one of )?\d{3}(?:, \d{3})*)(?: and [^,]*)?, but got (\d{3})\b/;
const undocumented = /^Unable to match the returned status code/;

const operationAt = (method: string, url: string): string => {
  const path = url.replace(/^https?:\/\/[^/]+/, '').replace(/\?.*$/s, '');
  const at = path.indexOf('/api/v1/');
  const asked = { method, path: at < 0 ? path : path.slice(at), operation: undefined };
  return operationOf(asked) ?? placeOf(asked);
};

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

/** `POST /api/v1/invitations/ as OWNER: expected 201, but got 200` without an exchange at hand. */
const said = /^(\S+) (\S+) as [^:]+: /;

const statusSymptom = (operation: string, status: number, due: string | undefined): Symptom => ({
  key: `${operation} ${status}`,
  sentence:
    due === undefined
      ? `${operation} answers ${status}, which the spec does not have`
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
  if (exchange === undefined || !/^→ \d{3} <(!doctype html|html)\b/im.test(exchange.text))
    return [];
  const { method, status } = exchange;
  const sentence = `${method} is answered with ${status} and an HTML page by what stands before the API`;
  return [{ key: `page ${method} ${status}`, sentence }];
};

const symptomsOf = (fault: Fault, check: Failed): readonly Symptom[] => {
  const { rule, message, exchange, finding } = fault;

  const words = toWords(finding?.message ?? message);
  const about = rule ?? check.rule;
  const [, due, got] = mismatch.exec(message) ?? [];
  const [, method = '', path = ''] = said.exec(message) ?? [];
  const status = exchange?.status ?? Number(got);
  const operation =
    exchange === undefined
      ? path === ''
        ? undefined
        : operationAt(method, path)
      : (operationOf(exchange) ?? placeOf(exchange));
  const isUnlike = due !== undefined && got === String(status) && !due.split(', ').includes(got);
  if (operation !== undefined && finding === undefined && isUnlike) {
    return [statusSymptom(operation, status, due)];
  }
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

/**
 * A failure that tells a whole story, such as a sequence of steps, or that has no exchange at hand, belongs to a cause that one
 * of its exchanges shows: what begins with one of these keys.
 */
const storyKeys = (message: string): readonly string[] => {
  const steps = [
    ...message.matchAll(/curl -i -X (\S+) '([^']+)'[^\n]*\n\s*→ (\d{3})/g),
    ...message.matchAll(/^(\S+) (\S+) as [^:]+: expected .*?but got (\d{3})/gs),
  ];
  return steps.map(
    ([, method = '', url = '', status = '']) => `${operationAt(method, url)} ${status}`,
  );
};

type Candidate = {
  readonly symptom: Symptom;
  readonly checks: Set<Failed>;
  readonly exchanges: Set<number>;
  readonly faults: Fault[];
};

const faultsOf = ({ rule, message, faults }: Failed): readonly Fault[] =>
  faults.length > 0 ? faults : [{ rule, message, exchange: undefined, finding: undefined }];

const note = (byKey: Map<string, Candidate>, check: Failed, fault: Fault): void => {
  for (const symptom of [...symptomsOf(fault, check), ...pageSymptoms(fault)]) {
    const fresh = { symptom, checks: new Set<Failed>(), exchanges: new Set<number>(), faults: [] };
    const candidate = byKey.get(symptom.key) ?? fresh;
    byKey.set(symptom.key, candidate);
    candidate.checks.add(check);
    candidate.faults.push(fault);
    if (fault.exchange !== undefined) candidate.exchanges.add(fault.exchange.number);
  }
};

const candidatesOf = (failed: readonly Failed[]): readonly Candidate[] => {
  const byKey = new Map<string, Candidate>();
  for (const check of failed) for (const fault of faultsOf(check)) note(byKey, check, fault);
  const candidates = [...byKey.values()];
  for (const check of failed) {
    const keys = storyKeys(check.message);
    const isShown = ({ symptom: { key } }: Candidate): boolean =>
      keys.some((one) => key === one || key.startsWith(`${one} `));
    for (const { checks } of candidates.filter(isShown)) checks.add(check);
  }
  return candidates;
};

const toCause = ({ symptom, exchanges, faults }: Candidate, own: readonly Failed[]): Cause => ({
  ...symptom,
  verdict: own.some(({ verdict }) => verdict === 'violation') ? 'violation' : 'divergence',
  rules: [...new Set(own.map(({ rule }) => rule))],
  checks: own.map(({ rule, title }) => `[${rule}] ${title}`),
  exchanges: exchanges.size,
  example: faults.find(({ exchange }) => exchange !== undefined)?.exchange?.text ?? '',
});

/** The fewest causes that explain all failures: again and again the one that explains most of what is left. */
export const causesOf = (checks: readonly Failed[]): readonly Cause[] => {
  const left = new Set(checks.filter(({ verdict }) => isFailure(verdict)));
  const candidates = candidatesOf([...left]);
  const causes: Cause[] = [];
  while (left.size > 0) {
    let best: { readonly candidate: Candidate; readonly own: readonly Failed[] } | undefined;
    for (const candidate of candidates) {
      const own = [...candidate.checks].filter((check) => left.has(check));
      if (own.length > (best?.own.length ?? 0)) best = { candidate, own };
    }
    if (best === undefined) break;
    causes.push(toCause(best.candidate, best.own));
    for (const check of best.own) left.delete(check);
  }
  const weight = ({ verdict }: Cause): number => (verdict === 'violation' ? 0 : 1);
  return causes.toSorted((one, other) => weight(one) - weight(other));
};
