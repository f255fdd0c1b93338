// Where a command writes to, and how it ends when it could not run as asked.
import { CannotRun } from '../cannot-run.ts';
import { NotExercised } from '../not-exercised.ts';

export type Output = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
};

export const terminal: Output = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
};

/** 2 and one line for what nobody but the caller can help. */
export const orExplain = async (
  body: () => number | Promise<number>,
  { err }: Output,
): Promise<number> => {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof CannotRun) && !(error instanceof NotExercised)) throw error;
    err(error.message);
    return 2;
  }
};
