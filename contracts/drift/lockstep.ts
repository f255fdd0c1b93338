// One execution of a sequence: each step on both targets at once, until they part ways in a way that was not known. What
// it made is removed when it ends, however it ends.
import type { Difference, Both, StepPair } from './difference.ts';
import { clean, type Kept } from './clean.ts';
import { openSession, type Side } from './side.ts';
import { tokensOf, type Step } from '../sequences/step.ts';
import { take, type Execution } from './take.ts';

export type Meeting = {
  readonly sides: Both<Side>;
  readonly answersPending: boolean;
  /** Part of the addresses of this execution alone. */
  readonly newExecution: () => string;
  readonly isKnown: (pair: StepPair, difference: Difference) => boolean;
  readonly onLeftBehind: (kept: Kept) => void;
  readonly signal: AbortSignal;
};

export type ExecutedSteps = {
  /** Every step that was taken; the last one is where they parted ways, if they did. */
  readonly pairs: readonly StepPair[];
  /** Of the last pair, what was not known. */
  readonly unknown: readonly Difference[];
  /** Something of it could not be removed from the deployment: what comes after is another world. */
  readonly leftBehind: boolean;
};

export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const isSuccess = (status: number | undefined): boolean =>
  status !== undefined && status >= 200 && status < 300;

/** One of them has done what the other has refused. */
const haveParted = ({ fake, deployment }: StepPair): boolean =>
  isSuccess(fake.reply?.status) !== isSuccess(deployment.reply?.status);

/** What a step is about, and whatever else any step has to do with that: it cannot be compared any more. */
const spread = (step: Step, steps: readonly Step[]): ReadonlySet<string> => {
  const tainted = new Set(tokensOf(step));
  for (let before = -1; tainted.size > before;) {
    before = tainted.size;
    for (const tokens of steps.map(tokensOf)) {
      if (tokens.some((token) => tainted.has(token))) tokens.forEach((it) => tainted.add(it));
    }
  }
  return tainted;
};

const run = async (
  steps: readonly Step[],
  execution: Execution,
  { isKnown, signal }: Meeting,
): Promise<Omit<ExecutedSteps, 'leftBehind'>> => {
  const pairs: StepPair[] = [];
  const tainted = new Set<string>();
  for (const step of steps) {
    if (signal.aborted) throw new Interrupted('The run was interrupted.');
    if (tokensOf(step).some((token) => tainted.has(token))) continue;
    const pair = await take(step, execution);
    if (pair === undefined) continue;
    pairs.push(pair);
    const unknown = pair.differences.filter((difference) => !isKnown(pair, difference));
    if (unknown.length > 0) return { pairs, unknown };
    if (haveParted(pair)) spread(step, steps).forEach((token) => tainted.add(token));
  }
  return { pairs, unknown: [] };
};

export const execute = async (steps: readonly Step[], meeting: Meeting): Promise<ExecutedSteps> => {
  const id = meeting.newExecution();
  const { sides, answersPending, onLeftBehind, signal } = meeting;
  const sessions = {
    fake: openSession(sides.fake, id),
    deployment: openSession(sides.deployment, id),
  };
  const tidyUp = async (): Promise<boolean> => {
    await clean(sessions.fake);
    const kept = await clean(sessions.deployment);
    onLeftBehind(kept);
    return kept.left.length + kept.unseen.length > 0;
  };
  try {
    const execution = { sessions, picked: new Set<number>(), answersPending, signal };
    const outcome = await run(steps, execution, meeting);
    return { ...outcome, leftBehind: await tidyUp() };
  } catch (error) {
    await tidyUp();
    throw error;
  }
};
