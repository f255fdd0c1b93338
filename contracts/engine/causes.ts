// What several failures have in common. A target that does one thing wrong fails many checks; a cause is that one thing: an
// operation that answers another status, a field that its answers lack, a header that all answers lack.
import { operationOf } from './located.ts';
import type { Cause, CheckEnded, Fault } from './events.ts';
import { isFailure } from './verdict.ts';

type Failed = Omit<CheckEnded, 'kind'>;

/** One reading of a fault. Of two that explain as much, the earlier in a fault's list is told. */
type Symptom = { readonly key: string; readonly sentence: string };

const placeOf = ({ method, path }: { readonly method: string; readonly path: string }): string =>
  `${method} ${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '{id}')}`;

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

const symptomsOf = (
  { rule, message, exchange, finding }: Fault,
  own: string,
): readonly Symptom[] => {
  const words = toWords(finding?.message ?? message);
  const about = rule ?? own;
  if (exchange === undefined) return [{ key: about, sentence: `${about}: ${words}` }];
  const { status } = exchange;
  const operation = operationOf(exchange) ?? placeOf(exchange);
  const due = mismatch.exec(message);
  if (
    finding === undefined &&
    due !== null &&
    due[2] === String(status) &&
    !due[1]?.split(', ').includes(due[2])
  ) {
    return [
      {
        key: `${operation} ${status}`,
        sentence: `${operation} answers ${status} where ${due[1] ?? ''} is due`,
      },
    ];
  }
  const what =
    finding === undefined ? about : `${finding.code} ${finding.location.join('.')} ${words}`;
  const header = finding?.location[1] === 'header' || finding?.location[1] === 'headers';
  return [
    { key: `${operation} ${status} ${what}`, sentence: `${operation} ${status}: ${words}` },
    { key: `* ${about}`, sentence: `${about}: ${words}` },
    ...(header ? [{ key: `* ${what}`, sentence: `answers of several operations: ${words}` }] : []),
  ];
};

type Candidate = {
  readonly symptom: Symptom;
  readonly checks: Set<Failed>;
  readonly exchanges: Set<number>;
  readonly faults: Fault[];
};

const candidatesOf = (failed: readonly Failed[]): readonly Candidate[] => {
  const byKey = new Map<string, Candidate>();
  for (const check of failed) {
    const faults: readonly Fault[] =
      check.faults.length > 0
        ? check.faults
        : [{ rule: check.rule, message: check.message, exchange: undefined, finding: undefined }];
    for (const fault of faults) {
      for (const symptom of symptomsOf(fault, check.rule)) {
        const fresh = {
          symptom,
          checks: new Set<Failed>(),
          exchanges: new Set<number>(),
          faults: [],
        };
        const candidate = byKey.get(symptom.key) ?? fresh;
        byKey.set(symptom.key, candidate);
        candidate.checks.add(check);
        candidate.faults.push(fault);
        if (fault.exchange !== undefined) candidate.exchanges.add(fault.exchange.number);
      }
    }
  }
  return [...byKey.values()];
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
