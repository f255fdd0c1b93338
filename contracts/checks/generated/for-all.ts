// Within a check: whatever is drawn, the target has to be right about it; else the simplest that it is wrong about is told.
import { reasonOf } from '../../../settings/cannot-run.ts';
import type { Kit } from '../../kit/kit.ts';
import type fc from 'fast-check';
import { createLog, type Current } from '../../kit/current.ts';
import { CouldNotRun } from '../../engine/could-not-run.ts';
import { NotExercised } from '../../not-exercised.ts';
import { search, type Failure } from '../../sequences/search.ts';

type Wrong = Failure & { readonly log: Current['log'] };

/** There are many such checks, each about little. */
const share = 10;

export const createForAll = (kit: Kit) => {
  const { currentCheck, runAs, settings } = kit;

  const forAll = async <T>(
    drawn: () => fc.Arbitrary<T>,
    body: (value: T) => Promise<void>,
  ): Promise<void> => {
    const check = currentCheck();
    const attempt = async (value: T): Promise<Wrong | undefined> => {
      const own: Current = { ...check, faults: [], log: createLog() };
      const wrong = (message: string): Wrong => ({ kind: 'wrong', message, log: own.log });
      try {
        await runAs(own, () => body(value));
      } catch (error) {
        if (error instanceof NotExercised || error instanceof CouldNotRun) throw error;
        return wrong(reasonOf(error));
      }
      const [first] = own.faults;
      if (first === undefined) return undefined;
      const { exchange, message } = first;
      const log = { last: () => exchange?.text ?? '', exchange };
      return { ...wrong(`An answer ${message}`), log };
    };
    const found = await search({
      draw: drawn(),
      attempt,
      runs: Math.ceil(settings.runs / share),
      seed: settings.seed,
    });
    if (found === undefined) return;
    const { failure, seed } = found;
    Object.assign(check.log, failure.log);
    throw new Error(`${failure.message}\nRepeat it with CONTRACT_SEED=${seed}.`);
  };

  return { forAll };
};
