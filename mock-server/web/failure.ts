// What becomes of an error that nobody foresaw: one line in the log, and one answer or a closed connection.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { replyDetail } from './reply.ts';
import { writeReply } from './write.ts';

/** The client hung up in the middle of its request: no mistake of ours, and nobody is left to be told. */
export class ClientGoneError extends Error {}

/** Told of a mistake of ours: what failed, and the error that it failed with. */
export type OnFault = (message: string, error: unknown) => void;

const detail = 'The fake failed to answer; its log says why. Please report it.';

export const answerFailure = (
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  onFault: OnFault,
): void => {
  if (error instanceof ClientGoneError) return;
  const [path = ''] = (request.url ?? '').split('?', 1);
  onFault(`${request.method ?? ''} ${path} failed`, error);
  if (!response.headersSent) writeReply(response, replyDetail(500, detail));
  // Half an answer must not be taken for a whole one.
  else if (!response.writableEnded) response.destroy();
};
