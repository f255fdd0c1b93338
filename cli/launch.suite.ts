// The program as a process of its own, for tests: what it prints, and how it ends.
import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll } from '@jest/globals';
import { program, root } from '../scripts/build-if-stale.ts';

export { program, root };

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

export type Launched = {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves to all that was printed as soon as this text is part of it. */
  readonly said: (text: string) => Promise<string>;
};

export type Surroundings = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
};

const children: ChildProcess[] = [];

/** Whatever of the process's own variables a test does not name is not there. */
export const launchCommand = (
  command: string,
  args: readonly string[],
  { cwd = root, env = {} }: Surroundings = {},
): Launched => {
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  });
  children.push(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
  const said = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (out.includes(text)) resolve(out);
      };
      child.stdout.on('data', look);
      child.on('close', () => {
        reject(new Error(`It ended without saying "${text}": ${err}`));
      });
      look();
    });
  return { child, ended, said };
};

export const launch = (...args: readonly string[]): Launched =>
  launchCommand(process.execPath, [...program(), ...args]);

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});
