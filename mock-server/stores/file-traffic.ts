// The traffic of sandboxes in a folder: beside each journal a file with a line for each exchange. Nobody waits for the disk, and
// a line that was not written to its end is passed over.
import { createReadStream, existsSync } from 'node:fs';
import { appendFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import * as v from 'valibot';
import { toStoreError } from './journal-file.ts';
import { codeOf } from './store.ts';
import type { TrafficBatch, TrafficPosition, TrafficStore, TrafficTail } from './traffic.ts';

export type FileTraffic = TrafficStore & {
  /** The sandbox has ended. */
  readonly remove: (name: string) => void;
  /** Resolves when nothing is under way any longer. */
  readonly close: () => Promise<void>;
};

export const trafficOf = (journal: string): string => `${journal}.traffic`;

type Line = TrafficTail['exchanges'][number];

/** Of one sandbox: what its file says, and how much is in it. */
type State = {
  era: number;
  from: number;
  next: number;
  exchanges: number;
  characters: number;
  /** Up to where it was read last. */
  seen: { readonly sequence: number; readonly bytes: number };
};

const Head = v.object({ version: v.literal(1), era: v.number(), from: v.number() });

const writeHead = ({ era, from }: Pick<State, 'era' | 'from'>): string =>
  JSON.stringify({ version: 1, era, from });

const writeLine = ({ sequence, text }: Line): string => `\n${sequence} ${text.length} ${text}`;

const readLine = (line: string): readonly Line[] => {
  const [, sequence, length, text = ''] = /^(\d+) (\d+) (.*)$/s.exec(line) ?? [];
  return text.length === Number(length) ? [{ sequence: Number(sequence), text }] : [];
};

const measure = ({ era, from }: Pick<State, 'era' | 'from'>, lines: readonly Line[]): State => ({
  ...{ era, from, exchanges: lines.length, seen: { sequence: 0, bytes: 0 } },
  next: (lines.at(-1)?.sequence ?? from - 1) + 1,
  characters: lines.reduce((sum, { text }) => sum + text.length, 0),
});

type Read = { readonly state: State; readonly lines: readonly Line[] };

/** Nothing of a file that is not there, or that another version has written. */
const readTraffic = async (path: string, era: number): Promise<Read> => {
  const nothing = { state: measure({ era, from: 1 }, []), lines: [] };
  try {
    const [head = '', ...rest] = (await readFile(path, 'utf8')).split('\n');
    const { output, success } = v.safeParse(Head, JSON.parse(head));
    const lines = rest.flatMap(readLine);
    return success ? { state: measure(output, lines), lines } : nothing;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return nothing;
    throw error;
  }
};

/** The newest, as much as fits, and the last one in any case. */
const shorten = (
  lines: readonly Line[],
  bounds: NonNullable<TrafficBatch['bounds']>,
): readonly Line[] => {
  let characters = 0;
  const kept = lines
    .slice(-bounds.exchanges)
    .reverse()
    .filter(({ text }, place) => (characters += text.length) <= bounds.characters || place === 0);
  return kept.reverse();
};

/** One thing after the other. */
const createTurns = (path: string) => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: <Given>(work: () => Promise<Given>): Promise<Given> => {
      const done = last.then(work).catch((error: unknown) => {
        throw toStoreError(path, error);
      });
      last = done.catch(() => undefined);
      return done;
    },
    last: () => last,
  };
};

/** `begins`: since when the traffic of one counts. */
const createStates = (fileOf: (name: string) => string, begins: (name: string) => number) => {
  const states = new Map<string, State>();
  /** The places of what came to nothing, or was too much, are not in the file. */
  const keep = (name: string, state: State): State => {
    const kept = { ...state, next: Math.max(state.next, states.get(name)?.next ?? 1) };
    states.set(name, kept);
    return kept;
  };
  const load = async (name: string): Promise<Read> => {
    const { state, lines } = await readTraffic(fileOf(name), begins(name));
    return { state: keep(name, state), lines };
  };
  return {
    load,
    get: async (name: string): Promise<State> => states.get(name) ?? (await load(name)).state,
    forget: (name: string) => {
      states.delete(name);
    },
    replace: async (name: string, head: Pick<State, 'era' | 'from'>, lines: readonly Line[]) => {
      const own = `${fileOf(name)}.new`;
      const text = [writeHead(head), ...lines.map(writeLine)].join('');
      await writeFile(own, text, { mode: 0o600 });
      await rename(own, fileOf(name));
      keep(name, measure(head, lines));
    },
  };
};

const createFiles = (fileOf: (name: string) => string, begins: (name: string) => number) => {
  const { get, load, replace, forget } = createStates(fileOf, begins);
  const add = async ({ name, missed, exchanges, bounds }: TrafficBatch): Promise<void> => {
    const state = await get(name);
    // Nothing that counts is in the file, if there is one.
    const isFirst = state.exchanges === 0;
    state.next += missed;
    const lines = exchanges
      .filter(({ at }) => at >= begins(name))
      .map(({ text }): Line => ({ sequence: state.next++, text }));
    for (const { text } of lines) state.characters += text.length;
    state.exchanges += lines.length;
    const text = `${isFirst ? writeHead(state) : ''}${lines.map(writeLine).join('')}`;
    await (isFirst ? writeFile : appendFile)(fileOf(name), text, { mode: 0o600 });
    if (bounds === undefined) return;
    const isLong =
      state.exchanges > 2 * bounds.exchanges || state.characters > 2 * bounds.characters;
    if (isLong) await replace(name, state, shorten((await load(name)).lines, bounds));
  };
  const read = async ({ name, after, era: known }: TrafficPosition): Promise<TrafficTail> => {
    const state = await get(name);
    const { era, from, next, seen } = state;
    const last = era === known ? after : 0;
    if (next - 1 <= last) return { era, from, exchanges: [] };
    const start = last < seen.sequence ? 0 : seen.bytes;
    const added = await buffer(createReadStream(fileOf(name), { start }));
    state.seen = { sequence: next - 1, bytes: start + added.length };
    const lines = added.toString().split('\n').flatMap(readLine);
    return { era, from, exchanges: lines.filter(({ sequence }) => sequence > last) };
  };
  /** After a failure nobody knows any longer what is in the file. */
  const orForget =
    <Asked extends { readonly name: string }, Given>(work: (asked: Asked) => Promise<Given>) =>
    (asked: Asked): Promise<Given> =>
      work(asked).catch((error: unknown) => {
        forget(asked.name);
        throw error;
      });
  return {
    add: orForget(add),
    read: orForget(read),
    clear: async (name: string, era: number): Promise<void> => {
      const { next: from } = await get(name);
      await replace(name, { era, from }, []);
    },
    remove: async (name: string): Promise<void> => {
      forget(name);
      await rm(fileOf(name), { force: true });
    },
  };
};

/** How long what was seen may be on its way. */
const lateMs = 60_000;

/** `pathOf`: of its journal. */
export const createFileTraffic = (
  folder: string,
  pathOf: (name: string) => string,
  clock: () => number,
): FileTraffic => {
  let latest = 0;
  // What comes after all was cleared counts, also where the clock was set back meanwhile.
  const now = (): number => (latest = Math.max(latest, clock()));
  /** Since when traffic counts, of those that were cleared or ended a while ago. By this process: all others have ended. */
  const begun = new Map<string, number>();
  const begin = (name: string, at: number): void => {
    for (const [other, before] of begun) if (before + lateMs < at) begun.delete(other);
    begun.set(name, at);
  };
  const turns = createTurns(`The traffic in ${folder}`);
  const files = createFiles(
    (name) => trafficOf(pathOf(name)),
    (name) => begun.get(name) ?? 0,
  );
  const isThere = (name: string): boolean => existsSync(pathOf(name));
  return {
    now,
    append: (batches) =>
      turns.take(async () => {
        for (const batch of batches) if (isThere(batch.name)) await files.add(batch);
      }),
    read: (known) =>
      turns.take(async () => {
        const tails: (TrafficTail | undefined)[] = [];
        for (const one of known) tails.push(isThere(one.name) ? await files.read(one) : undefined);
        return tails;
      }),
    clear: (name) => {
      const at = now();
      begin(name, at);
      return turns.take(() => files.clear(name, at));
    },
    remove: (name) => {
      begin(name, now() + 1);
      turns.take(() => files.remove(name)).catch(() => undefined);
    },
    close: async () => {
      await turns.last();
    },
  };
};
