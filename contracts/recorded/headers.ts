// The headers of a recorded message. Some tools write numbers, a map instead of a list, or each value twice; and what runs
// in a page sees only the headers that it may.
import { isRecord } from '../invitation.ts';

export type Headers = Readonly<Record<string, string>>;

const toTexts = (value: unknown): readonly string[] => {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values
    .filter((it) => typeof it === 'string' || typeof it === 'number' || typeof it === 'boolean')
    .map(String);
};

const toPairs = (value: unknown): readonly (readonly [unknown, unknown])[] => {
  if (isRecord(value)) return Object.entries(value);
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.filter(isRecord).map((header) => [header['name'], header['value']]);
};

const isOneType = (types: readonly string[]): boolean =>
  new Set(types.map((type) => type.split(';', 1).join().trim().toLowerCase())).size === 1;

/** Names in lower case. Several values of one name are joined, each once: a proxy that writes a header again adds nothing. */
export const readHeaders = (value: unknown): Headers => {
  const headers = new Map<string, Set<string>>();
  for (const [name, text] of toPairs(value)) {
    // HTTP/2 recordings have :method and the like among them.
    if (typeof name !== 'string' || name.startsWith(':')) continue;
    const key = name.toLowerCase();
    // Chrome puts a line between the values of one name, fetch a comma.
    const parts = toTexts(text).flatMap((it) => it.split(/\n|, (?=\S)/));
    const known = headers.get(key);
    // One type and its charset, written by two who stand in a row, is one type.
    const isSameType =
      key === 'content-type' && known !== undefined && isOneType([...known, ...parts]);
    if (!isSameType) headers.set(key, new Set([...(known ?? []), ...parts]));
  }
  return Object.fromEntries([...headers].map(([name, parts]) => [name, [...parts].join(', ')]));
};

/** What a page reads of an answer from elsewhere without the server's leave (Fetch, CORS-safelisted response-header names). */
const readableByPages = new Set([
  ...['cache-control', 'content-language', 'content-length', 'content-type'],
  ...['expires', 'last-modified', 'pragma'],
]);

/** Whether a header that is not there was not sent, either. */
export const areComplete = (headers: Headers): boolean =>
  Object.keys(headers).some((name) => !readableByPages.has(name));
