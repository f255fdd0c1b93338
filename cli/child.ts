// A command that runs in our place: with our terminal, our signals, and its exit code for ours.
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import spawn from 'cross-spawn';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** As shells have it: a signal's number above 128. */
const exitCodeOf = (code: number | null, signal: NodeJS.Signals | null): number =>
  code ?? 128 + (signal === null ? 0 : constants.signals[signal]);

/** A terminal has sent Ctrl-C to the child already, and a second one tells many programs to leave their tidying up. */
const hasComeFromTerminal = (signal: NodeJS.Signals): boolean =>
  signal === 'SIGINT' && [0, 1, 2].some(isatty);

/** Gives the exit code, 128 and its number for a signal. Rejects when the command cannot be started. */
export const runChild = (
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> => {
  const child = spawn(command, [...args], { env, stdio: 'inherit' });
  const listeners = signals.map((signal) => {
    const pass = (): void => {
      if (!hasComeFromTerminal(signal)) child.kill(signal);
    };
    process.on(signal, pass);
    return { signal, pass };
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve(exitCodeOf(code, signal));
    });
  });
  return ended.finally(() => {
    for (const { signal, pass } of listeners) process.off(signal, pass);
  });
};
