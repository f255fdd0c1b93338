// Pages that were answered before and have not changed since: a front end that polls asks for little else.
import type { InvitationIndex } from '../../domain/invitation-index.ts';
import type { Reply } from '../web/reply.ts';

type Kept = { version: number; readonly replies: Map<string, Reply> };

/** Of one organization. A page may weigh megabytes, and who polls asks for few of them. */
const mostPages = 16;

const kept = new WeakMap<InvitationIndex, Kept>();

const keptFor = (index: InvitationIndex): Map<string, Reply> => {
  const known = kept.get(index);
  if (known === undefined) {
    const replies = new Map<string, Reply>();
    kept.set(index, { version: index.version, replies });
    return replies;
  }
  if (known.version !== index.version) {
    known.version = index.version;
    known.replies.clear();
  }
  return known.replies;
};

/** `key` names all that the page depends on besides the invitations. Refusals are made anew each time. */
export const keepPage = (index: InvitationIndex, key: string, make: () => Reply): Reply => {
  const replies = keptFor(index);
  const known = replies.get(key);
  if (known !== undefined) return known;
  const reply = make();
  if (reply.page === undefined || reply.body === undefined) return reply;
  if (replies.size >= mostPages) replies.clear();
  const withBytes = { ...reply, bytes: Buffer.from(reply.body) };
  replies.set(key, withBytes);
  return withBytes;
};
