// No answer leaves that rests on what could still be lost.
import { StoreError, UnsureError } from '../stores/store.ts';
import { replyDetail, type Reply } from '../web/reply.ts';
import type { Answered } from './answer-request.ts';

/** The contract knows no such answers; it is the fake that cannot keep what was asked of it. */
export const refuseUnkept = (error: StoreError): Reply =>
  error.reason === 'full'
    ? replyDetail(507, 'The fake has no room left to keep this; nothing of it has happened.')
    : replyDetail(
        503,
        error instanceof UnsureError
          ? 'The fake lost the word that this was kept. Look whether it has happened before you send it again.'
          : 'The fake cannot keep anything at the moment; nothing of this has happened.',
        undefined,
        { 'retry-after': '1' },
      );

const wait = async (answered: Answered, kept: Promise<void>): Promise<Answered> => {
  try {
    await kept;
    return answered;
  } catch (error) {
    if (error instanceof StoreError) return { ...answered, reply: refuseUnkept(error) };
    throw error;
  }
};

/** At once where everything is kept, so that it costs no turn of the event loop. */
export const onceKept = (answered: Answered): Answered | Promise<Answered> => {
  const kept = answered.sandbox.kept();
  return kept === undefined ? answered : wait(answered, kept);
};
