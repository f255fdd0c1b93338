// Pages that were answered before and have not changed since: a front end that polls asks for little else.
import type { InvitationIndex } from '../../domain/invitation-index.ts';
import type { Reply } from '../web/reply.ts';

type Kept = { version: number; readonly replies: Map<string, Reply> };

/** Of one organization. A page may weigh megabytes, and who polls asks for few of them. */
const mostPages = 16;

/** Of all together, so that many who poll take no more than few; beyond it every page is made anew once. */
const mostCharacters = 16_000_000;

let kept = new WeakMap<InvitationIndex, Kept>();
let characters = 0;

const makeRoom = (body: string): void => {
  characters += body.length;
  if (characters <= mostCharacters) return;
  characters = body.length;
  kept = new WeakMap();
};

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
  const known = keptFor(index).get(key);
  if (known !== undefined) return known;
  const reply = make();
  if (reply.page === undefined || reply.body === undefined) return reply;
  makeRoom(reply.body);
  const replies = keptFor(index);
  if (replies.size >= mostPages) replies.clear();
  const withBytes = { ...reply, bytes: Buffer.from(reply.body) };
  replies.set(key, withBytes);
  return withBytes;
};
