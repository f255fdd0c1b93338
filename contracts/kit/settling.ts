// A target whose reads lag behind its writes: a read waits until what was written before it has had its time, and where it
// plainly does not show that yet, it is made once more, as is a write to what its replica does not know yet. One that does not
// lag pays nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../curl.ts';
import { parse, type Reply } from '../engine/reply.ts';
import { longestLagMs, type Running } from '../engine/running.ts';
import { sleepUntil } from '../engine/waits.ts';
import { toInvitation, toPage, type Invitation, type Page } from '../invitation.ts';
import { pathOf } from '../operations.ts';
import type { Caller } from '../settings.ts';

export const isReading = ({ method }: Message): boolean =>
  method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

type Lagging = Pick<Running, 'lag' | 'waits' | 'settings'> & {
  readonly made: Pick<Running['made'], 'wasRemoved'>;
};

/** Whose it is: nobody else has to see it. */
type Organization = 'ours' | 'theirs';

type Written = {
  readonly at: number;
  readonly invitation: Invitation | undefined;
  readonly of: Organization | undefined;
};

const listPath = pathOf('invitations_list');

/** The collection, and the id of an item. */
const placeOf = ({ path }: Pick<Message, 'path'>): readonly [kind: string, id: string] => {
  const [, kind = '', id = ''] = /^\/api\/v1\/([^/?]*)\/?([^/?]*)/.exec(path) ?? [];
  return [kind, id];
};

/** What goes on by itself, the state of a message, is no difference. */
const shows = (seen: Invitation | undefined, written: Invitation | undefined): boolean =>
  seen === undefined || written === undefined
    ? seen === written
    : seen.email === written.email &&
      seen.role === written.role &&
      (written.state !== 'accepted' || seen.state === 'accepted');

/** Whether the page has all that there is, and the invitation belongs to it by what stays as it was written. */
const isDueOn = (
  path: string,
  page: Page | undefined,
  invitation: Invitation | undefined,
): boolean => {
  const { pathname, searchParams } = new URL(path, 'http://target');
  const isWhole = page?.next === null && page.previous === null;
  const isOf = ([name, value]: [string, string]): boolean =>
    (name === 'email' || name === 'role') && value === invitation?.[name];
  return isWhole && pathname === listPath && [...searchParams].every(isOf);
};

export const createWritten = ({ made, settings: { credentials } }: Lagging) => {
  const written = new Map<string, Written>();
  const none: readonly Caller[] = ['INVITEE', 'EXPIRED'];
  const organizations = new Map<string | undefined, Organization>();
  for (const [name, value] of credentials) {
    if (none.includes(name) || organizations.has(value)) continue;
    organizations.set(value, name === 'OUTSIDER' ? 'theirs' : 'ours');
  }
  const organizationOf = ({ headers }: Message): Organization | undefined =>
    organizations.get(headers['authorization']);

  const note = (message: Message, { status, text }: Reply, at = performance.now()): void => {
    const [kind, id] = placeOf(message);
    if (kind !== 'invitations' || status < 200 || status >= 300) return;
    const invitation = toInvitation(parse(text));
    const isDeleted = message.method === 'DELETE' && status === 204;
    if (invitation === undefined && !isDeleted) return;
    const key = invitation?.id ?? id;
    const of = written.get(key)?.of ?? organizationOf(message);
    written.set(key, { at, invitation, of });
  };

  /** When that was written which the answer to what was asked by then plainly does not show. */
  const missedAt = (
    message: Message,
    reply: Reply,
    by = performance.now(),
    withinMs = longestLagMs,
  ): number | undefined => {
    const { method, path } = message;
    const reader = organizationOf(message);
    if (method !== 'GET' || reader === undefined) return undefined;
    const [kind, id] = placeOf({ path });
    if (kind !== 'invitations' || (reply.status !== 200 && reply.status !== 404)) return undefined;
    const content = parse(reply.text);
    const page = toPage(content);
    const isShown = (key: string, invitation: Invitation | undefined): boolean => {
      if (id !== '') return id !== key || shows(toInvitation(content), invitation);
      const seen = page?.results.find((one) => one.id === key);
      const isAbsent = seen === undefined && !isDueOn(path, page, invitation);
      return page === undefined || isAbsent || shows(seen, invitation);
    };
    const missed = [...written].filter(
      ([key, { at, invitation, of }]) =>
        of === reader &&
        at > by - withinMs &&
        at <= by &&
        !made.wasRemoved(key) &&
        !isShown(key, invitation),
    );
    return missed.length === 0 ? undefined : Math.max(...missed.map(([, { at }]) => at));
  };

  /** When that was made which the answer to a write knows nothing of. */
  const unknownAt = (message: Message, { status }: Reply): number | undefined => {
    const [kind, id] = placeOf(message);
    const { at, invitation } = written.get(id) ?? {};
    return kind === 'invitations' && status === 404 && invitation !== undefined ? at : undefined;
  };
  return { note, missedAt, unknownAt };
};

export const createSettling = (run: Lagging) => {
  const { lag, waits } = run;
  const written = createWritten(run);
  const settledAt = new Map<string, number>();

  const write = async (
    message: Message,
    send: () => Promise<Reply>,
    onRepeated: (reply: Reply) => void,
  ): Promise<Reply> => {
    try {
      for (;;) {
        const reply = await send();
        const unknown = written.unknownAt(message, reply) ?? -Infinity;
        if (performance.now() > unknown + lag.ms) {
          written.note(message, reply);
          return reply;
        }
        onRepeated(reply);
        await sleep(50);
      }
    } finally {
      const [kind] = placeOf(message);
      // Who accepts becomes a member.
      const kinds = message.path.endsWith('/accept/') ? [kind, 'memberships', 'users'] : [kind];
      for (const one of kinds) settledAt.set(one, performance.now() + lag.ms);
    }
  };

  /** Gives the answer of `send`, which is told each that is not taken. */
  return async (
    message: Message,
    send: () => Promise<Reply>,
    onRepeated: (reply: Reply) => void,
  ): Promise<Reply> => {
    if (lag.ms === 0) return send();
    if (!isReading(message)) return write(message, send, onRepeated);
    await sleepUntil(settledAt.get(placeOf(message)[0]) ?? 0);
    let missedAt: number | undefined;
    for (;;) {
      const reply = await send();
      const now = performance.now();
      const missing = written.missedAt(message, reply);
      if (missing === undefined) {
        if (missedAt !== undefined) {
          waits.note('lag', true);
          lag.ms = Math.max(lag.ms, Math.ceil(now - missedAt));
        }
        return reply;
      }
      if (now > missing + waits.patienceMs('lag', longestLagMs)) {
        if (missedAt !== undefined) waits.note('lag', false);
        return reply;
      }
      missedAt = missing;
      onRepeated(reply);
      await sleep(50);
    }
  };
};
