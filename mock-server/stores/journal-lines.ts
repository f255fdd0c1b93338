// How a journal is written: a line for each event, with a checksum, and a mark at the last line of what belongs together.
import { crc32 } from 'node:zlib';
import { createPauses } from './pauses.ts';
import { UnreadableError, type StoredEvent } from './store.ts';

const format = 'invitations-mock/journal';
const version = 1;

/** `+`: more of the same follows; `.`: what was written together ends here. */
const writeLine = (text: string, mark: '+' | '.'): string =>
  `${crc32(`${mark}${text}`).toString(16).padStart(8, '0')}${mark}${text}\n`;

export const head = writeLine(JSON.stringify({ type: format, version }), '.');

/** `isEnd`: the last of them ends what belongs together. */
export const writeLines = (events: readonly StoredEvent[], isEnd: boolean): string =>
  events
    .map((event, place) =>
      writeLine(JSON.stringify(event), isEnd && place === events.length - 1 ? '.' : '+'),
    )
    .join('');

export type Journal = {
  readonly events: readonly StoredEvent[];
  /** Of what is whole. */
  readonly bytes: number;
  /** What came behind it and was not written to its end. */
  readonly tornBytes: number;
};

type Line = { readonly event: StoredEvent; readonly isEnd: boolean };

const lineFeed = 0x0a;

const isStored = (value: unknown): value is StoredEvent =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const readLine = (text: string): Line | undefined => {
  const mark = text[8];
  const written = text.slice(8);
  if (mark !== '+' && mark !== '.') return undefined;
  if (Number.parseInt(text.slice(0, 8), 16) !== crc32(written)) return undefined;
  const event: unknown = JSON.parse(text.slice(9));
  return isStored(event) ? { event, isEnd: mark === '.' } : undefined;
};

const isHead = ({ event }: Line): boolean =>
  event.type === format && 'version' in event && event.version === version;

/** Undefined for what is not whole, and did not become so by being cut off at its end. Throws for another version. */
export const readJournal = async (bytes: Buffer): Promise<Journal | undefined> => {
  const events: StoredEvent[] = [];
  const pause = createPauses();
  let [whole, wholeBytes, isTorn] = [0, 0, false];
  for (let from = 0, line = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(lineFeed, from);
    const read = end < 0 ? undefined : readLine(bytes.toString('utf8', from, end));
    if (line === 0 && read !== undefined && !isHead(read)) {
      throw new UnreadableError('it is no journal of a version that this program knows');
    }
    if (read === undefined) isTorn = true;
    // What was written later was written after all before it was safe.
    else if (isTorn && read.isEnd) return undefined;
    else if (!isTorn && line > 0) events.push(read.event);
    await pause((end < 0 ? bytes.length : end) - from);
    from = end < 0 ? bytes.length : end + 1;
    if (isTorn || read?.isEnd !== true) continue;
    [whole, wholeBytes] = [events.length, from];
  }
  return {
    events: events.slice(0, whole),
    bytes: wholeBytes,
    tornBytes: bytes.length - wholeBytes,
  };
};
