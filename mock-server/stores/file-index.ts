// What finds a sandbox whose journal nobody has read: beside each journal a small file says what would follow from it. It
// counts as long as the journal is as it was; otherwise it is made anew from the journal.
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { Description } from './store.ts';

export type Entry = Description & {
  /** Something is yet to happen in it by itself. */
  readonly waits: boolean;
};

const Kept = v.object({
  version: v.literal(1),
  /** Of the journal, as it was. */
  bytes: v.number(),
  modifiedMs: v.number(),
  keys: v.array(v.string()),
  timeToLiveMs: v.nullable(v.number()),
  usedAt: v.number(),
  waits: v.boolean(),
});

const measure = async (journal: string): Promise<{ bytes: number; modifiedMs: number }> => {
  const { size, mtimeMs } = await stat(journal);
  return { bytes: size, modifiedMs: mtimeMs };
};

export const indexOf = (journal: string): string => `${journal}.index`;

/** Undefined where there is none that counts. */
export const readIndex = async (journal: string): Promise<Entry | undefined> => {
  try {
    const kept: unknown = JSON.parse(await readFile(indexOf(journal), 'utf8'));
    const { output, success } = v.safeParse(Kept, kept);
    const { bytes, modifiedMs } = await measure(journal);
    const counts = success && output.bytes === bytes && output.modifiedMs === modifiedMs;
    return counts ? output : undefined;
  } catch {
    return undefined;
  }
};

/** Of a journal that nobody writes to. Where it cannot be written the next start makes it anew. */
export const writeIndex = async (
  journal: string,
  { keys, timeToLiveMs, usedAt, waits }: Entry,
): Promise<void> => {
  const path = indexOf(journal);
  const own = `${path}.new`;
  try {
    const kept: v.InferOutput<typeof Kept> = {
      ...{ version: 1, ...(await measure(journal)) },
      ...{ keys: [...keys], timeToLiveMs, usedAt, waits },
    };
    await writeFile(own, JSON.stringify(kept), { mode: 0o600 });
    await rename(own, path);
  } catch {
    // Nothing rests on it.
  }
};

export type Catalog = {
  readonly find: (key: string) => string | undefined;
  readonly get: (name: string) => Entry | undefined;
  readonly set: (name: string, entry: Entry) => void;
  readonly delete: (name: string) => void;
  readonly entries: () => readonly (readonly [string, Entry])[];
};

/** Of all sandboxes of a folder. */
export const createCatalog = (): Catalog => {
  const entries = new Map<string, Entry>();
  const names = new Map<string, string>();
  const remove = (name: string): void => {
    for (const key of entries.get(name)?.keys ?? []) {
      if (names.get(key) === name) names.delete(key);
    }
    entries.delete(name);
  };
  return {
    find: (key) => names.get(key),
    get: (name) => entries.get(name),
    set: (name, entry) => {
      remove(name);
      entries.set(name, entry);
      for (const key of entry.keys) names.set(key, name);
    },
    delete: remove,
    entries: () => [...entries],
  };
};
