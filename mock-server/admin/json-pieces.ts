// A large JSON object in its pieces: the items of its long lists, some at a time, and the rest of it.

export class Malformed extends Error {}
/** Whoever takes the pieces has seen enough. */
export class Ended extends Error {}

/** Bytes of items that are parsed together. */
export const pieceBytes = 262_144;
/** Of one item, and of all that is no item. */
const mostBytes = 1_048_576;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Malformed(`The body is not JSON that can be parsed: ${reason.slice(0, 200)}.`);
  }
};

const refuseLonger = (bytes: number, what: string): void => {
  if (bytes <= mostBytes) return;
  throw new Malformed(
    `${what} is larger than ${mostBytes} bytes, the most that this server reads.`,
  );
};

/** Items in the bytes from the first to before the last. False ends the reading. */
export type TakeItems = (list: string, items: readonly unknown[]) => boolean;

const createRest = (bytes: Buffer) => {
  const texts: string[] = [];
  let from = 0;
  let size = 0;
  return {
    keep: (to: number): void => {
      size += to - from;
      refuseLonger(size, 'All but its lists');
      texts.push(bytes.toString('utf8', from, to));
    },
    goOn: (place: number): void => {
      from = place;
    },
    check: (place: number): void => {
      refuseLonger(size + place - from, 'All but its lists');
    },
    parse: (): unknown => parse(texts.join('')),
  };
};

export type Pieces = {
  readonly isInList: () => boolean;
  /** `place` is that of the bracket. */
  readonly beginList: (name: string, place: number) => void;
  readonly endList: (place: number) => void;
  /** A comma between two items. */
  readonly separate: (place: number) => void;
  /** Refuses what is too large, though its end has not been seen. */
  readonly check: (place: number) => void;
  readonly rest: () => unknown;
};

export const createPieces = (bytes: Buffer, takeItems: TakeItems): Pieces => {
  const rest = createRest(bytes);
  let list: string | undefined;
  let itemFrom = 0;
  let pieceFrom = 0;
  let isFirst = true;

  const handOver = (name: string, to: number, isLast: boolean): void => {
    const text = bytes.toString('utf8', pieceFrom, to);
    const isBlank = text.trim() === '';
    // A list of nothing is none; nothing behind a comma is a mistake.
    const items = isBlank && isLast && isFirst ? [] : parse(`[${isBlank ? ',' : text}]`);
    if (!Array.isArray(items) || !takeItems(name, items)) throw new Ended();
    isFirst = false;
    pieceFrom = to + 1;
  };
  return {
    isInList: () => list !== undefined,
    beginList: (name, place) => {
      rest.keep(place + 1);
      list = name;
      [itemFrom, pieceFrom, isFirst] = [place + 1, place + 1, true];
    },
    endList: (place) => {
      handOver(list ?? '', place, true);
      list = undefined;
      rest.goOn(place);
    },
    separate: (place) => {
      if (list !== undefined && place - pieceFrom >= pieceBytes) handOver(list, place, false);
      itemFrom = place + 1;
    },
    check: (place) => {
      if (list === undefined) rest.check(place);
      else refuseLonger(place - itemFrom, `An item of "${list}"`);
    },
    rest: () => {
      if (list === undefined) rest.keep(bytes.length);
      return rest.parse();
    },
  };
};
