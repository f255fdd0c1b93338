// What a run makes, so that all of it is removed again: by whoever may, and also where the answer that would have told was
// lost. Not judged: removing is no check, and must not stop at a strange answer.
import type { Caller } from '../settings.ts';
import type { Listener } from './events.ts';
import type { Line } from './line.ts';
import { findByAddress, lagOf, remove, removeAll, type Remover } from './remove.ts';
import { sleepUntil } from './waits.ts';

/** What has to be removed when its owner, a check or a file, is done. */
export type Scope = {
  readonly made: { readonly id: string; readonly as: Caller }[];
  readonly addresses: { readonly email: string; readonly as: Caller }[];
  /** Requests that got no answer, or one without an id: they may have made something that nobody knows of. */
  lostAnswers: number;
};

export const createScope = (): Scope => ({ made: [], addresses: [], lostAnswers: 0 });

export type Made = {
  readonly add: (id: string, as: Caller, scope: Scope) => void;
  /** An address was given to a check, that may make an invitation of it. */
  readonly give: (email: string, as: Caller, scope: Scope) => void;
  /**
   * A create to an address that exists once, and that others may have before and after it: where nothing was there and the
   * answer was lost, what is there then is ours. It is looked at once, as soon as the scope is cleared, and not later.
   */
  readonly claim: <T>(
    email: string,
    as: Caller,
    scope: Scope,
    create: () => Promise<T>,
  ) => Promise<T>;
  /** Whether this run made it, and removed it as far as the target says. */
  readonly wasRemoved: (id: string) => boolean;
  /** What cannot be removed is tried once more at the end. */
  readonly clear: (scope: Scope) => Promise<void>;
  /** All that is left, however the run ended. Gives the ids of what could not be removed, and shared addresses that nobody could look at. */
  readonly clearAll: (line: Line) => Promise<readonly string[]>;
};

const hopeless = 3;

const createIds = (by: Remover, emit: Listener) => {
  const left = new Map<string, Caller>();
  const removed = new Set<string>();
  /** Done with, and still there. */
  const kept = new Set<string>();
  /** Not known to the target when they were to be removed: gone, unless it was not known yet that it shows them late. */
  const unknown = new Map<string, Caller>();
  let failures = 0;
  const note = (id: string): void => {
    left.delete(id);
    if (removed.has(id)) return;
    removed.add(id);
    emit({ kind: 'removed', id });
  };
  const add: Made['add'] = (id, as, scope) => {
    scope.made.push({ id, as });
    left.set(id, as);
    emit({ kind: 'created', id });
  };
  const tryToRemove = async (id: string, as: Caller): Promise<void> => {
    // Where removing fails, it is tried less and less often, and at the end.
    const isDue = failures < hopeless || Number.isInteger(Math.log2(failures));
    const onUnknown = (one: string): unknown => unknown.set(one, as);
    const isGone = isDue ? await remove(id, as, { ...by, onUnknown }) : undefined;
    failures = isGone === undefined ? failures + 1 : 0;
    if (isGone === true) note(id);
    else kept.add(id);
  };
  return { left, removed, kept, unknown, note, add, tryToRemove };
};

/** Those of which something may have been made that no answer told of. */
const createAddresses = (by: Remover, of: ReturnType<typeof createIds>) => {
  const { left, removed, kept, add, tryToRemove } = of;
  const addresses = new Map<string, Caller>();
  const shared = new Set<string>();
  const unseen = new Set<string>();
  const find = async (email: string, as: Caller, from = by, scope = createScope()) => {
    const ids = await findByAddress(email, as, from).catch(() => undefined);
    for (const id of ids ?? []) if (!left.has(id)) add(id, as, scope);
    const isOver = shared.delete(email) && addresses.delete(email);
    if (isOver && ids === undefined) unseen.add(email);
  };
  const give: Made['give'] = (email, as, scope) => {
    scope.addresses.push({ email, as });
    addresses.set(email, as);
  };
  const isFree = async (email: string, as: Caller): Promise<boolean> => {
    const ids = await findByAddress(email, as, by).catch(() => undefined);
    for (const id of ids ?? []) if (kept.has(id) && left.has(id)) await tryToRemove(id, as);
    // What was just removed may show for a while.
    return ids?.every((id) => removed.has(id)) ?? false;
  };
  const claim: Made['claim'] = async (email, as, scope, create) => {
    const wasFree = await isFree(email, as);
    const lostBefore = scope.lostAnswers;
    try {
      return await create();
    } finally {
      if (wasFree && scope.lostAnswers > lostBefore) {
        give(email, as, scope);
        shared.add(email);
      }
    }
  };
  return { addresses, shared, unseen, find, give, claim };
};

export const createMade = (by: Remover, emit: Listener): Made => {
  const ids = createIds(by, emit);
  const { left, removed, unknown, note, add, tryToRemove } = ids;
  const { addresses, shared, unseen, find, give, claim } = createAddresses(by, ids);
  const untilShown = (): Promise<void> => sleepUntil(performance.now() + lagOf(by));
  return {
    ...{ add, give, claim },
    wasRemoved: (id) => removed.has(id),
    clear: async (scope) => {
      for (const { email, as } of scope.addresses.splice(0)) {
        if (scope.lostAnswers === 0) addresses.delete(email);
        // The others can wait until the end; to this one the next check wants to send.
        else if (shared.has(email)) await untilShown().then(() => find(email, as, by, scope));
      }
      for (const { id, as } of scope.made.splice(0)) await tryToRemove(id, as);
    },
    clearAll: async (line) => {
      const last = { ...by, line, lag: { ms: 0 } };
      if (left.size + addresses.size > 0) await untilShown();
      for (const [email, as] of addresses) await find(email, as, last);
      if (lagOf(by) > 0) for (const [id, as] of unknown) left.set(id, as);
      await removeAll(
        [...left].map(([id, as]) => ({ id, as })),
        last,
        note,
      );
      return [...left.keys(), ...unseen];
    },
  };
};
