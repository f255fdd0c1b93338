// Asking the testers' API. What it refuses becomes an error with the server's own sentence.
import createClient from 'openapi-fetch';
import type { paths } from './wire.ts';

const script = import.meta.url;

/** /_mock/, with a slash at its end: the script is in a folder of it, whichever page it belongs to. */
const base = new URL('..', script);

const detailIn = (value: unknown): string | null => {
  if (typeof value !== 'object' || value === null || !('detail' in value)) return null;
  return typeof value.detail === 'string' ? value.detail : null;
};

/** What the server refused, in its own words. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, words: string) {
    super(words);
    this.status = status;
  }
}

const refusal = async (response: Response): Promise<Refusal> => {
  const { status, statusText } = response;
  const text = await response.text();
  try {
    const detail = detailIn(JSON.parse(text));
    if (detail !== null) return new Refusal(status, detail);
  } catch {
    // What is no JSON is shown as it came.
  }
  const words = text.slice(0, 300) || 'no more than that.';
  return new Refusal(status, `The server answered ${status} ${statusText}: ${words}`);
};

const silence = (cause: unknown): Error =>
  new Error('The server does not answer. Does it still run?', { cause });

export const api = createClient<paths>({ baseUrl: base.href.slice(0, -1) });

api.use({
  onResponse: async ({ response }) => {
    if (!response.ok) throw await refusal(response);
  },
  onError: ({ error }) => silence(error),
});

/** The body of an answer; a refusal has been thrown before. */
export const bodyOf = async <Body>(asked: Promise<{ readonly data?: Body }>): Promise<Body> => {
  const { data } = await asked;
  if (data === undefined) throw new Error('The server answered without the body that was due.');
  return data;
};

const put = async (
  path: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> => {
  const asked = fetch(new URL(path, base), { method: 'PUT', headers, body });
  const response = await asked.catch((error: unknown) => {
    throw silence(error);
  });
  if (!response.ok) throw await refusal(response);
};

/** Sends JSON that a person wrote or chose, whose shape the server judges. `path` is relative to /_mock/. */
export const putText = (path: string, json: string): Promise<void> =>
  put(path, json, { 'content-type': 'application/json' });

/** Makes a sandbox of a seed file; where it may replace none, a name that is taken is refused with 412. */
export const sendYaml = (sandbox: string, text: string, replaces: boolean): Promise<void> =>
  put(pathOf(sandbox), text, {
    'content-type': 'application/yaml',
    ...(!replaces && { 'if-none-match': '*' }),
  });

export const pathOf = (sandbox: string, ...parts: readonly string[]): string =>
  ['sandboxes', sandbox, ...parts].map(encodeURIComponent).join('/');

export const addressOf = (path: string): string => new URL(path, base).href;
