// Within a check: whatever is drawn, the target has to be right about it; else the simplest that it is wrong about is told.
import type fc from 'fast-check';
import { currentCheck, runAs, type Check } from '../check.ts';
import { NotExercised } from '../not-exercised.ts';
import { settings } from '../run.ts';
import { search, type Failure } from '../search.ts';

type Wrong = Failure & { readonly exchange: string };

/** There are many such checks, each about little. */
const share = 10;

export const forAll = async <T>(
  draw: fc.Arbitrary<T>,
  body: (value: T) => Promise<void>,
): Promise<void> => {
  const check = currentCheck();
  const attempt = async (value: T): Promise<Wrong | undefined> => {
    const own: Check = { ...check, findings: [], log: { lastExchange: '' } };
    const wrong = (message: string): Wrong => ({
      kind: 'wrong',
      message,
      exchange: own.log.lastExchange,
    });
    try {
      await runAs(own, () => body(value));
    } catch (error) {
      if (error instanceof NotExercised) throw error;
      return wrong(error instanceof Error ? error.message : String(error));
    }
    const [first] = own.findings;
    if (first === undefined) return undefined;
    const { code, message } = first.finding;
    return {
      ...wrong(`An answer breaks the spec (${code}): ${message}`),
      exchange: first.exchange,
    };
  };
  const found = await search({ draw, attempt, runs: Math.ceil(settings.runs / share) });
  if (found === undefined) return;
  const { failure, seed } = found;
  check.log.lastExchange = failure.exchange;
  throw new Error(`${failure.message}\nRepeat it with CONTRACT_SEED=${seed}.`);
};
