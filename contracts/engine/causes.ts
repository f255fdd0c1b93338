// What several failures have in common. A target that does one thing wrong fails many checks; a cause is that one thing: an
// operation that answers another status, a field that its answers lack, a header that all answers lack.
import type { Cause, Fault } from './events.ts';
import { storyKeys, symptomsOf, type Failed, type Symptom } from './symptoms.ts';
import { isFailure } from './verdict.ts';

/** A symptom that is of no operation counts from so many places on. */
const fewestPlaces = 3;

type Candidate = {
  readonly symptom: Symptom;
  /** How often it was said in which words: `… where 200 is due`, or where 406 is. */
  readonly sentences: Map<string, number>;
  readonly checks: Set<Failed>;
  readonly exchanges: Set<number>;
  readonly faults: Fault[];
  readonly places: Set<string>;
};

const faultsOf = ({ rule, message, faults }: Failed): readonly Fault[] =>
  faults.length > 0 ? faults : [{ rule, message, exchange: undefined, finding: undefined }];

const toCandidate = (symptom: Symptom): Candidate => ({
  symptom,
  sentences: new Map(),
  checks: new Set(),
  exchanges: new Set(),
  faults: [],
  places: new Set(),
});

const note = (byKey: Map<string, Candidate>, check: Failed, fault: Fault): void => {
  for (const symptom of symptomsOf(fault, check)) {
    const candidate = byKey.get(symptom.key) ?? toCandidate(symptom);
    const { sentences } = candidate;
    byKey.set(symptom.key, candidate);
    sentences.set(symptom.sentence, (sentences.get(symptom.sentence) ?? 0) + 1);
    if (symptom.place !== undefined) candidate.places.add(symptom.place);
    candidate.checks.add(check);
    candidate.faults.push(fault);
    if (fault.exchange !== undefined) candidate.exchanges.add(fault.exchange.number);
  }
};

const candidatesOf = (failed: readonly Failed[]): readonly Candidate[] => {
  const byKey = new Map<string, Candidate>();
  for (const check of failed) for (const fault of faultsOf(check)) note(byKey, check, fault);
  const candidates = [...byKey.values()].filter(
    ({ symptom, places }) => symptom.place === undefined || places.size >= fewestPlaces,
  );
  for (const check of failed) {
    const keys = storyKeys(check);
    const isShown = ({ symptom: { key } }: Candidate): boolean =>
      keys.some((one) => key === one || key.startsWith(`${one} `));
    for (const { checks } of candidates.filter(isShown)) checks.add(check);
  }
  return candidates;
};

type Said = readonly [sentence: string, times: number];
const saysDue = ([sentence]: Said): number => (sentence.endsWith(' is due') ? 1 : 0);
const byWorth = (one: Said, other: Said): number =>
  saysDue(other) - saysDue(one) || other[1] - one[1];

const toCause = (
  { symptom: { key, sentence }, sentences, exchanges, faults }: Candidate,
  own: readonly Failed[],
): Cause => ({
  key,
  // Of several one that says what is due, the commonest, and of those the first.
  sentence: [...sentences].toSorted(byWorth)[0]?.[0] ?? sentence,
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
