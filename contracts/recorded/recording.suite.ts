// Recordings for tests: written to a file, and judged by the command.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJudge, type Judge } from '../../spec/judge.ts';
import { judgeMain } from '../drift/har/judge-command.ts';

export type Headers = Readonly<Record<string, string>>;

const folder = mkdtempSync(join(tmpdir(), 'har-'));
let files = 0;

export const write = (content: unknown): string => {
  files += 1;
  const file = join(folder, `${files}.har`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

export const har = (...entries: readonly unknown[]): string =>
  write({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } });

export const toList = (headers: Headers) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

type Ended = { readonly code: number; readonly text: string };

let made: Promise<Judge> | undefined;

/** Made once: it takes longer than all else. */
const getJudge = (): Promise<Judge> => (made ??= createJudge());

export const judge = async (...args: readonly string[]): Promise<Ended> => {
  const lines: string[] = [];
  const output = {
    out: (text: string) => lines.push(text),
    err: (text: string) => lines.push(text),
  };
  return { code: await judgeMain(args, {}, 'judge', output, getJudge), text: lines.join('\n') };
};
