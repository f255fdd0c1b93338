// What a test file gives, looked at before anything else: not everybody has types.
import { CannotRun } from '../../settings/cannot-run.ts';

const known = ['target', 'env', 'listen'];

/** Throws a CannotRun. */
export const refuseOptions = (options: { readonly target: unknown }): void => {
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new CannotRun(
      `defineContracts takes ${known.join(', ')}, and no "${unknown.join('", "')}".`,
    );
  }
  const { target } = options;
  if (typeof target === 'function' || (typeof target === 'string' && target !== '')) return;
  throw new CannotRun(
    `The target is ${target === '' ? 'empty' : String(target)}, but it has to be the base address of an API or a function of (request, response), such as an Express app.`,
  );
};

/** Throws a CannotRun. */
export const refuseRunner = (runner: Readonly<Record<string, unknown>>): void => {
  const missing = ['describe', 'test', 'afterAll'].filter(
    (name) => typeof runner[name] !== 'function',
  );
  if (missing.length === 0) return;
  throw new CannotRun(
    `defineContracts needs ${missing.join(', ')} of the test runner; node:test has afterAll as "after".`,
  );
};

/** Told without its stack: where in here something was found helps nobody. */
export const inASentence = (error: unknown): unknown =>
  error instanceof Error
    ? Object.assign(error, { stack: `${error.name}: ${error.message}` })
    : error;
