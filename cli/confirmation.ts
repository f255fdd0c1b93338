// Before anything is written to a target that is not on this machine: somebody has to have said that this is meant.
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { CannotRun } from '../settings/cannot-run.ts';
import type { Target } from '../contracts/target.ts';

export type Writing = {
  readonly target: Target;
  /** By `--yes`, say. */
  readonly isConfirmed: boolean;
  readonly signal: AbortSignal;
  readonly terminal?: Terminal;
};

export type Terminal = {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
};

const isLoopback = (address: string): boolean => {
  const { hostname } = new URL(address);
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
};

const ask = async (
  question: string,
  { input, output }: Terminal,
  signal: AbortSignal,
): Promise<string> => {
  // As no terminal, because Ctrl-C then is a signal to the process, which already knows what to do.
  const lines = createInterface({ input, output, terminal: false });
  try {
    const closed = once(lines, 'close', { signal }).then(() => '');
    return await Promise.race([lines.question(question, { signal }), closed]);
  } finally {
    lines.close();
  }
};

/** Throws a CannotRun where nobody confirms. */
export const confirmWriting = async ({
  target: { env, name },
  isConfirmed,
  signal,
  terminal = { input: process.stdin, output: process.stderr },
}: Writing): Promise<void> => {
  if (isConfirmed || isLoopback(env['CONTRACT_TARGET'] ?? '')) return;
  if (terminal.input.isTTY !== true || terminal.output.isTTY !== true) {
    throw new CannotRun(
      `${name} is not on this machine, and the run would write to it: it makes invitations, and deletes them. Say --yes (CONTRACT_YES=1) if that is meant, or --read-only to change nothing.`,
    );
  }
  const answer = await ask(
    `The run makes invitations at ${name}, and deletes them. Go on? [y/N] `,
    terminal,
    signal,
  );
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new CannotRun('Nothing was asked of the target.');
};
