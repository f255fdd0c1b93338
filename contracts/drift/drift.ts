// The comparison from start to end: sequences until the budget is spent, each difference that was not known shrunk and
// told once.
import { isOfGateway } from '../failure.ts';
import { isFailure, type Difference, type StepPair } from './difference.ts';
import type { Explain, Reading } from './explain.ts';
import { matches, type Known } from './known.ts';
import { execute, type Meeting, type ExecutedSteps } from './lockstep.ts';
import { shrink } from './shrink.ts';
import { signatureOf, toldWith, withoutNumbers } from './rules.ts';
import { isList, type Step } from '../sequences/step.ts';

export type Found = {
  readonly difference: Difference;
  /** The steps to it, the last one shows it. */
  readonly pairs: readonly StepPair[];
  readonly signature: string;
  /** That makes the fake do as the deployment does. */
  readonly reading?: Reading | undefined;
  /** All that show it. */
  readonly operations: ReadonlySet<string>;
};

export type Budget = {
  /** Sequences one after the other, without end. */
  readonly next: (index: number) => readonly Step[];
  readonly runs: number;
  readonly seconds: number;
};

/** More than these would not be read; most of them have one cause. */
const mostFound = 10;
const mostReplays = 60;
/** What finding the shortest sequence may take beyond the budget. */
const patienceMs = 60_000;

const note = ({ pairs }: ExecutedSteps, { seen, drift: { known } }: Search): void => {
  for (const { asking, differences, additional } of pairs) {
    seen.operations.add(asking.operation);
    for (const path of additional)
      seen.additional.add(`${asking.operation} ${withoutNumbers(path)}`);
    for (const difference of differences) {
      const entry = known.find((it) => matches(it, asking.operation, difference));
      if (entry !== undefined) seen.known.set(entry, (seen.known.get(entry) ?? 0) + 1);
    }
  }
};

type Reduced = Pick<Found, 'difference' | 'pairs'>;

/** An answer that was lost on the way, or came from what stands before the deployment. */
const isOfTheWay = (difference: Difference): boolean => isFailure(difference, isOfGateway);

/** Again, to see whether it is steady, and then with fewer and fewer steps. */
const reduce = async (
  outcome: ExecutedSteps,
  signature: string,
  meeting: Meeting,
): Promise<Reduced | undefined> => {
  const deadline = performance.now() + patienceMs;
  let shortest: Reduced | undefined;
  let replays = 0;
  const shows = async (steps: readonly Step[]): Promise<boolean | undefined> => {
    if (replays >= mostReplays || performance.now() > deadline) return undefined;
    replays += 1;
    const again = await execute(steps, meeting);
    const last = again.pairs.at(-1);
    if (last === undefined || last.step !== steps.at(-1)) return false;
    const difference = again.unknown.find((it) => signatureOf(last, it) === signature);
    if (difference !== undefined) shortest = { difference, pairs: again.pairs };
    return difference !== undefined;
  };
  const steps = outcome.pairs.map(({ step }) => step);
  // What is lost now and then may be lost twice.
  const times = outcome.unknown.some(isOfTheWay) ? 3 : 1;
  for (let time = 0; time < times; time += 1) if ((await shows(steps)) !== true) return undefined;
  await shrink(steps, shows);
  return shortest;
};

/** A list that is refused without a filter is refused so whatever it is asked for, and its answer says nothing of that. */
const isRefusedWith = ({ difference, pairs }: Found, { asking, deployment }: StepPair): boolean => {
  const plain = pairs.at(-1)?.asking;
  return (
    plain?.operation === asking.operation &&
    isList(plain) &&
    Object.keys(plain.query ?? {}).length === 0 &&
    difference.path === 'status' &&
    difference.fake === '200' &&
    difference.deployment === String(deployment.reply?.status)
  );
};

const describe = (operation: string, { path, fake, deployment }: Difference): string =>
  `${operation}, ${path}: ${fake} / ${deployment}`;

export type Drift = {
  readonly meeting: Omit<Meeting, 'isKnown'>;
  readonly known: readonly Known[];
  readonly budget: Budget;
  readonly explain?: Explain | undefined;
  /** What of the deployment is no more as it was at the start, in a sentence: its answers say nothing from then on. */
  readonly lost: () => Promise<string | undefined>;
  /** Whether it is found out only now that the deployment shows late what was written: the steps are taken again. */
  readonly findsLate?: () => Promise<boolean>;
};

const createSearch = (drift: Drift) => {
  const started = performance.now();
  const [found, unsteady]: [Found[], string[]] = [[], []];
  const ended: { by?: string | undefined } = {};
  return {
    ...{ drift, started, found, ended },
    /** Differences that did not show a second time. */
    unsteady,
    seen: {
      /** What was known and showed, with how often. */
      known: new Map<Known, number>(),
      /** Of what was found, with the operations that show it. */
      signatures: new Map<string, Set<string>>(),
      operations: new Set<string>(),
      /** Fields and headers that only the deployment has: `invitations_create body.more`. */
      additional: new Set<string>(),
    },
    /** Of the addresses that exist once, those that stay taken. */
    taken: new Set<string>(),
    isSpent: (): boolean => performance.now() - started > drift.budget.seconds * 1000,
  };
};
type Search = ReturnType<typeof createSearch>;

const onceIn = (sequence: readonly Step[]): readonly string[] =>
  JSON.stringify(sequence)
    .toLowerCase()
    .match(/<(?:invitee|bounce)>/g) ?? [];

/** What it begins with cannot be made any more. */
const isLost = (sequence: readonly Step[], { taken }: Search): boolean =>
  onceIn(sequence).some((address) => taken.has(address));

/** Walks a sequence; if it shows something, once more, past that, for what comes after. Returns the steps taken. */
const walk = async (sequence: readonly Step[], search: Search): Promise<number> => {
  const { drift, seen, found, unsteady, ended, isSpent } = search;
  const isKnown: Meeting['isKnown'] = (pair, difference) => {
    const { operation } = pair.asking;
    if (drift.known.some((it) => matches(it, operation, difference))) return true;
    const signature = signatureOf(pair, difference);
    const signatures = found.map((one) => one.signature);
    const refused = found.find((one) => isRefusedWith(one, pair));
    const told = toldWith(signatures, signature) ?? refused?.signature;
    return seen.signatures.get(told ?? signature)?.add(operation) !== undefined;
  };
  const meeting: Meeting = { ...drift.meeting, isKnown };
  let steps = 0;
  do {
    const outcome = await execute(sequence, meeting);
    note(outcome, search);
    steps += outcome.pairs.length;
    if (outcome.leftBehind) onceIn(sequence).forEach((it) => search.taken.add(it));
    const [difference] = outcome.unknown;
    const last = outcome.pairs.at(-1);
    if (difference === undefined || last === undefined) break;
    ended.by = await drift.lost();
    if (ended.by !== undefined) break;
    if ((await drift.findsLate?.()) === true) continue;
    const { operation } = last.asking;
    const signature = signatureOf(last, difference);
    const reduced = await reduce(outcome, signature, meeting);
    const operations = new Set([operation]);
    seen.signatures.set(signature, operations);
    // What could not be removed may be why it does not show again: it is told as it was seen.
    const whole = { difference, pairs: outcome.pairs };
    const isKept = outcome.leftBehind && !isOfTheWay(difference);
    const shown = reduced ?? (isKept ? whole : undefined);
    if (shown === undefined) unsteady.push(describe(operation, difference));
    else {
      const reading = await drift.explain?.(shown, whole, drift.meeting);
      found.push({ ...shown, signature, operations, reading });
    }
  } while (found.length < mostFound && !isSpent() && !isLost(sequence, search));
  return steps;
};

export const runDrift = async (drift: Drift) => {
  const { known, budget } = drift;
  const search = createSearch(drift);
  const { seen, found, ended, unsteady } = search;
  let [sequences, steps] = [0, 0];
  const isOver = (): boolean => ended.by !== undefined || found.length >= mostFound;
  while (sequences < budget.runs && !search.isSpent() && !isOver()) {
    const sequence = budget.next(sequences);
    if (!isLost(sequence, search)) steps += await walk(sequence, search);
    sequences += 1;
  }
  return {
    ...{ found, sequences, steps, unsteady, known: seen.known },
    /** Known, but not seen though their operation was asked for. */
    stale: known.filter(
      (it) => !seen.known.has(it) && (it.operation === '*' || seen.operations.has(it.operation)),
    ),
    additional: [...seen.additional].sort(),
    /** Why the comparison came to no end of its own. */
    ended: ended.by,
    ms: performance.now() - search.started,
  };
};

export type DriftResult = Awaited<ReturnType<typeof runDrift>>;
