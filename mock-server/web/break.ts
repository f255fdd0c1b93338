// Puts a reply on the wire in the ways that clients fear: in small pieces, cut off in the middle, or not at all.
import { setTimeout } from 'node:timers/promises';
import type { Wire } from './exchange-port.ts';
import type { Patience } from './patience.ts';
import type { Reply } from './reply.ts';

export type Pieces = { readonly bytes: number; readonly everyMs: number };

const settleMs = 20;

/** Nothing, until the client goes away; after `longestMs` or when let go the connection is reset. */
export const hang = async (wire: Wire, patience: Patience, longestMs: number): Promise<void> => {
  await patience.wait(longestMs);
  if (!wire.isClosed()) wire.cut();
};

export type Broken = {
  readonly reply: Reply;
  /** Null: in one piece. */
  readonly pieces: Pieces | null;
  readonly patience: Patience | null;
  /** The connection is reset in the middle of the body. */
  readonly isCut: boolean;
  readonly longestMs: number;
};

/** How many bytes of the body were sent, in how many pieces. */
export type Written = { readonly bytes: number; readonly count: number };

export const writeBroken = async (wire: Wire, broken: Broken): Promise<Written> => {
  const { reply, pieces, patience, isCut, longestMs } = broken;
  const whole = reply.bytes ?? Buffer.from(reply.body ?? '');
  const end = isCut ? Math.ceil(whole.length / 2) : whole.length;
  const mostPieces = pieces === null ? 1 : Math.floor(longestMs / pieces.everyMs);
  let [bytes, count] = [0, 0];
  wire.begin(reply);
  while (bytes < end && !wire.isClosed()) {
    count += 1;
    const isLast = pieces === null || patience?.isOver() === true || count >= mostPieces;
    const next = isLast ? end : Math.min(bytes + pieces.bytes, end);
    await wire.push(whole.subarray(bytes, next));
    bytes = next;
    if (bytes < end && pieces !== null) await patience?.wait(pieces.everyMs);
  }
  if (isCut) {
    // A client that finds the reset together with the bytes may take it for the end of the connection.
    await setTimeout(settleMs);
    wire.cut();
  } else wire.end();
  return { bytes, count };
};
