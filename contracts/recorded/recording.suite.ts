// Recordings for tests: written to a file, and judged as the command does.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import { CannotRun } from '../../settings/cannot-run.ts';
import { judgeFile, type JudgeOptions } from './judge-file.ts';

export type Headers = Readonly<Record<string, string>>;

const folder = mkdtempSync(join(tmpdir(), 'har-'));
let files = 0;

/** Bytes and text as they are, anything else as JSON. */
export const write = (content: unknown, name = 'recording.har'): string => {
  files += 1;
  const file = join(folder, `${files}`, name);
  mkdirSync(dirname(file), { recursive: true });
  const isRaw = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(file, isRaw ? content : JSON.stringify(content));
  return file;
};

export const toHar = (...entries: readonly unknown[]) => ({
  log: { version: '1.2', creator: { name: 'test', version: '1' }, entries },
});

export const har = (...entries: readonly unknown[]): string => write(toHar(...entries));

export const toList = (headers: Headers) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

export type Requested = {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
};
export type Answered = {
  readonly status: number;
  readonly headers?: Headers;
  readonly body?: unknown;
};

export const entry = ({ method = 'GET', path, body: sent }: Requested, answered: Answered) => {
  const text = answered.body === undefined ? '' : JSON.stringify(answered.body);
  const usual = { 'Content-Type': 'application/json', Allow: 'GET, POST', 'Set-Cookie': 'a=b' };
  return {
    startedDateTime: '2026-01-01T00:00:00Z',
    request: {
      method,
      url: path.startsWith('http') ? path : `https://api.example.com/below${path}`,
      headers: toList({
        Authorization: 'Bearer open.sesame.now',
        Cookie: 'session=sesame',
        ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }),
      }),
      ...(sent === undefined
        ? {}
        : { postData: { mimeType: 'application/json', text: JSON.stringify(sent) } }),
    },
    response: {
      status: answered.status,
      headers: toList({ ...usual, ...answered.headers }),
      content: {
        size: text.length,
        mimeType: 'application/json',
        ...(text === '' ? {} : { text }),
      },
    },
  };
};

export const id = '0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908';
export const base = 'https://api.example.com/below/api/v1';
export const invitation = {
  url: `${base}/invitations/${id}/`,
  id,
  email: 'ada@example.com',
  role: 'VIEWER',
  inviter: `${base}/users/${id}/`,
  inviter_name: 'Grace',
  state: 'pending',
  state_detail: '',
  membership: null,
  organization: `${base}/organizations/${id}/`,
};
export const page = { count: 1, next: null, previous: null, results: [invitation] };
export const list = '/api/v1/invitations/';
export const one = `${list}${id}/`;

export const good = entry({ path: list }, { status: 200, body: page });
export const wrongPage = { ...page, results: [{ ...invitation, role: 'KING' }] };
export const wrong = entry({ path: list }, { status: 200, body: wrongPage });

export const clean = { code: 0, text: expect.stringContaining('0 violations, 0 divergences') };
export const shown = (text: string, code = 0) => ({ code, text: expect.stringContaining(text) });

type Ended = { readonly code: number; readonly text: string };

/** As the command ends: 2 and one line where nothing can be judged. */
export const judge = async (file: string, asked: Partial<JudgeOptions> = {}): Promise<Ended> => {
  try {
    const { text, isWrong } = await judgeFile({ isStrict: false, ...asked, file });
    return { code: isWrong ? 1 : 0, text };
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    return { code: 2, text: error.message };
  }
};

export const strictly = { isStrict: true } as const;

/** Judged strictly nothing is wrong, and this is told besides. */
export const expectClean = async (file: string, told = ''): Promise<void> => {
  const ended = await judge(file, strictly);
  expect(ended).toMatchObject(clean);
  expect(ended.text).toContain(told);
};
