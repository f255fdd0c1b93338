// The check files under Jest, in a process of their own.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { jestArguments } from './jest-arguments.ts';
import type { Target } from './target.ts';

/** Resolves to what Jest complained of; empty when it had nothing to say that the result does not say too. */
export type RunFiles = (env: Target['env'], signal: AbortSignal) => Promise<string>;

const root = fileURLToPath(new URL('..', import.meta.url));
const killAfterMs = 5_000;

export const runJest: RunFiles = (env, signal) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, jestArguments(), {
      cwd: root,
      env: { CONTRACT_PROGRESS: '1', ...env },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    const complaints: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
    const stop = (): void => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref();
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    child.once('error', reject);
    child.once('close', () => {
      signal.removeEventListener('abort', stop);
      resolve(complaints.join(''));
    });
  });
