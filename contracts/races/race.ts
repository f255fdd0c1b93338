// Two requests at once, again and again: what comes of them has to be what one after the other could give.
import type { RuleId } from '../../spec/vocabulary.ts';
import { createScope, currentCheck, runAs, type Check } from '../check.ts';
import type { Answer } from '../client.ts';
import { NotExercised } from '../not-exercised.ts';
import { clear } from '../removal.ts';
import { runFolder, settings } from '../run.ts';
import type { Need } from '../settings.ts';

type Pair<T> = readonly [T, T];

export type Lap = {
  readonly runners: Pair<() => Promise<Answer>>;
  /** What has to be so afterwards, whoever came first. */
  readonly after: (answers: Pair<Answer>) => Promise<void>;
};

export type Race = {
  readonly rule: RuleId;
  readonly title: string;
  readonly needs: readonly Need[];
  /** The statuses that the two orders give. */
  readonly outcomes: readonly Pair<number>[];
  /** Makes what is there when both set off. */
  readonly line: (isLast: boolean) => Promise<Lap>;
};

type Ran = { readonly answer: Answer; readonly exchange: string };

/** With a log of its own: which exchange came last, says nothing of two at once. */
const run = async (check: Check, runner: () => Promise<Answer>): Promise<Ran> => {
  const log = { lastExchange: '' };
  const answer = await runAs({ ...check, log }, runner);
  return { answer, exchange: log.lastExchange };
};

const tell = (outcomes: Race['outcomes']): string =>
  outcomes.map((statuses) => statuses.join(' and ')).join(', or ');

const runLap = async ({ outcomes, line }: Race, number: number, isLast: boolean): Promise<void> => {
  const check = currentCheck();
  const { runners, after } = await line(isLast);
  const [one, other] = runners;
  // Each is the first to set off every second time.
  const late = number % 2 === 0 ? undefined : run(check, other);
  const ran = await Promise.all([run(check, one), late ?? run(check, other)]);
  const [first, second] = ran;
  const both = ran.map(({ exchange }) => exchange).join('\n');
  const isRight = outcomes.some(
    ([a, b]) => a === first.answer.status && b === second.answer.status,
  );
  if (!isRight) {
    throw new Error(
      `Lap ${number}: these two at once have to end with ${tell(outcomes)}, but ended with ${first.answer.status} and ${second.answer.status}\n${both}`,
    );
  }
  try {
    await after([first.answer, second.answer]);
  } catch (error) {
    if (error instanceof NotExercised) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`Lap ${number}, after these two at once:\n${both}\n${message}`);
  }
};

/** A third as many laps as there are sequences; none after one that was wrong. */
export const repeat = async (race: Race, laps = Math.ceil(settings.runs / 3)): Promise<void> => {
  if (laps === 0) throw new NotExercised('CONTRACT_RUNS is 0');
  const check = currentCheck();
  for (let number = 1; number <= laps && check.findings.length === 0; number += 1) {
    const scope = createScope();
    try {
      const lap: Check = { ...check, scope, log: { lastExchange: '' } };
      await runAs(lap, () => runLap(race, number, number === laps));
    } finally {
      await clear(scope, settings, runFolder);
    }
  }
};
