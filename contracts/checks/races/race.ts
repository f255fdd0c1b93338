// Two requests at once, again and again: what comes of them has to be what one after the other could give.
import { reasonOf } from '../../../settings/cannot-run.ts';
import type { RuleId } from '../../../spec/vocabulary.ts';
import type { Kit } from '../../kit/kit.ts';
import { createScope } from '../../engine/made.ts';
import { createLog, type Current } from '../../kit/current.ts';
import { CouldNotRun } from '../../engine/could-not-run.ts';
import type { Answer } from '../../kit/client.ts';
import { NotExercised } from '../../not-exercised.ts';
import type { Need } from '../../settings.ts';

type Pair<T> = readonly [T, T];

export type Round = {
  readonly requests: Pair<() => Promise<Answer>>;
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
  readonly prepare: (isLast: boolean) => Promise<Round>;
};

const tell = (outcomes: Race['outcomes']): string =>
  outcomes.map((statuses) => statuses.join(' and ')).join(', or ');

const runRound = async (
  { outcomes, prepare }: Race,
  number: number,
  isLast: boolean,
): Promise<void> => {
  const { requests, after } = await prepare(isLast);
  const [one, other] = requests;
  // Each is the first to set off every second time.
  const late = number % 2 === 0 ? undefined : other();
  const ran = await Promise.all([one(), late ?? other()]);
  const [first, second] = ran;
  const both = (): string => ran.map(({ exchange }) => exchange.text).join('\n');
  const isRight = outcomes.some(([a, b]) => a === first.status && b === second.status);
  if (!isRight) {
    throw new Error(
      `Round ${number}: these two at once have to end with ${tell(outcomes)}, but ended with ${first.status} and ${second.status}\n${both()}`,
    );
  }
  try {
    await after([first, second]);
  } catch (error) {
    if (error instanceof NotExercised || error instanceof CouldNotRun) throw error;
    const message = reasonOf(error);
    throw new Error(`${message}\nThat was round ${number}, after these two at once:\n${both()}`);
  }
};

export const createRacing = (kit: Kit) => {
  const { clear, currentCheck, runAs, settings } = kit;

  /** A third as many rounds as there are sequences; none after one that was wrong. */
  const repeat = async (race: Race, rounds = Math.ceil(settings.runs / 3)): Promise<void> => {
    if (rounds === 0) throw new NotExercised('CONTRACT_RUNS is 0');
    const check = currentCheck();
    for (let number = 1; number <= rounds && check.faults.length === 0; number += 1) {
      const scope = createScope();
      try {
        const round: Current = { ...check, scope, log: createLog() };
        await runAs(round, () => runRound(race, number, number === rounds));
      } finally {
        await clear(scope);
      }
    }
  };

  return { repeat };
};
