// What becomes of an error that nobody foresaw: one line in the log, and one answer or a closed connection.
import { ClientGoneError } from './body.ts';
import type { HttpRequest, Wire } from './exchange-port.ts';
import { replyDetail } from './reply.ts';

/** Told of a mistake of ours: what failed, and the error that it failed with. */
export type OnFault = (message: string, error: unknown) => void;

const detail = 'The fake failed to answer; its log says why. Please report it.';

export const answerFailure = (
  { method, target }: Pick<HttpRequest, 'method' | 'target'>,
  wire: Wire,
  error: unknown,
  onFault: OnFault,
): void => {
  if (error instanceof ClientGoneError) return;
  onFault(`${method} ${target.replace(/\?.*/s, '')} failed`, error);
  if (!wire.hasBegun()) wire.write(replyDetail(500, detail));
  // Half an answer must not be taken for a whole one.
  else if (!wire.hasEnded()) wire.cut();
};
