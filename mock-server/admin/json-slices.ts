// Reads a large JSON object in slices, between which other requests have their turn. Its long lists are handed over a
// piece at a time and never stand in memory as a whole; what is left of it is small.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createPieces, Ended, Malformed, pieceBytes, type TakeItems } from './json-pieces.ts';

export type SliceOptions = {
  /** Members whose items are handed over. */
  readonly lists: readonly string[];
  /** Objects and lists within each other. */
  readonly depth: number;
  readonly onItems: TakeItems;
  /** The name of a member of the whole. False ends the reading. */
  readonly onName: (name: string) => boolean;
};

export type Sliced =
  /** What there is beside the items of the lists. */
  | { readonly kind: 'read'; readonly rest: unknown }
  | { readonly kind: 'ended' }
  | { readonly kind: 'malformed'; readonly detail: string };

/** Bytes that are looked at in one turn. */
export const sliceBytes = pieceBytes;

const codes = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  opening: 0x5b,
  backslash: 0x5c,
  closing: 0x5d,
  brace: 0x7b,
  closingBrace: 0x7d,
} as const;

const createScanner = (bytes: Buffer, { lists, depth: deepest, onItems, onName }: SliceOptions) => {
  const pieces = createPieces(bytes, onItems);
  let depth = 0;
  let place = 0;
  let isInString = false;
  let stringFrom = 0;
  let name = '';

  const open = (code: number): void => {
    depth += 1;
    if (depth > deepest) {
      throw new Malformed(
        `The JSON is nested more than ${deepest} levels deep; this server reads no deeper.`,
      );
    }
    const isList = code === codes.opening && depth === 2 && lists.includes(name);
    if (isList) pieces.beginList(name, place);
  };
  const shut = (): void => {
    if (depth === 2 && pieces.isInList()) pieces.endList(place);
    depth -= 1;
  };
  const endString = (): void => {
    isInString = false;
    if (depth !== 1) return;
    pieces.check(place);
    name = bytes.toString('utf8', stringFrom + 1, place);
  };
  const see = (code: number): void => {
    if (isInString) {
      if (code === codes.backslash) place += 1;
      else if (code === codes.quote) endString();
    } else if (code === codes.quote) [isInString, stringFrom] = [true, place];
    else if (code === codes.opening || code === codes.brace) open(code);
    else if (code === codes.closing || code === codes.closingBrace) shut();
    else if (code === codes.comma && depth === 2) pieces.separate(place);
    else if (code === codes.colon && depth === 1 && !onName(name)) throw new Ended();
  };
  return {
    /** Looks at one slice. Whether there is more. */
    scan: (): boolean => {
      const to = Math.min(place + sliceBytes, bytes.length);
      for (; place < to; place += 1) see(bytes[place] ?? 0);
      pieces.check(place);
      return place < bytes.length;
    },
    rest: pieces.rest,
  };
};

export const readJsonInSlices = async (bytes: Buffer, options: SliceOptions): Promise<Sliced> => {
  const scanner = createScanner(bytes, options);
  try {
    while (scanner.scan()) await nextTurn();
    return { kind: 'read', rest: scanner.rest() };
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', detail: error.message };
    if (error instanceof Ended) return { kind: 'ended' };
    throw error;
  }
};
