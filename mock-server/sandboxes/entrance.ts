// How requests come to the sandbox that they are for.
import type { Awaited, Matches } from '../sandbox/outbox.ts';
import type { TurnKind } from '../stores/store.ts';
import type { Authorization } from '../web/authorization.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';

/** What a request does in a sandbox. It may have to be done again, on what another process has changed. */
export type Work<Found, Given> = {
  readonly kind: TurnKind;
  /** What takes its time and nobody else shall wait for. */
  readonly prepare: () => Promise<unknown>;
  readonly run: (found: Found) => Given | Promise<Given>;
};

/** What they give comes once it is kept, where processes share a store; else `kept` says so. Reject with a `StoreError`. */
export type Entrance = {
  /** Into the sandbox that credentials belong to; `default` where they belong to none. Counts as use of it. */
  readonly enter: <Given>(
    authorization: Authorization | undefined,
    work: Work<HostedSandbox, Given>,
  ) => Given | Promise<Given>;
  /** Undefined where there is none of that name. */
  readonly enterNamed: <Given>(
    name: string,
    work: Work<HostedSandbox | undefined, Given>,
  ) => Given | Promise<Given>;
  /**
   * Waits until a message that matches is there. `stop` ends it before its time, as if that were over; so does that there
   * is no such sandbox.
   */
  readonly awaitMessage: (
    name: string,
    matches: Matches,
    milliseconds: number,
    stop: AbortSignal,
  ) => Promise<Awaited | 'too-many'>;
  /** Resolves when the traffic of that sandbox has all that was answered by now, by this process or by whichever. */
  readonly refreshTraffic: (name: string, whose: 'own' | 'all') => Promise<void>;
  /** A look at every sandbox that there is, as it is now. Counts as use of none. */
  readonly each: <Given>(
    look: (hosted: HostedSandbox) => Given,
  ) => readonly Given[] | Promise<readonly Given[]>;
};

/** Requests that wait for messages of one sandbox: each of them holds a connection. */
export const mostWaiting = 100;

export type EntranceOptions = {
  readonly select: (authorization: Authorization | undefined) => HostedSandbox;
  readonly find: (name: string) => HostedSandbox | undefined;
  readonly list: () => readonly HostedSandbox[];
};

/** Of the one process that has them all. */
export const createEntrance = ({ select, find, list }: EntranceOptions): Entrance => ({
  enter: (authorization, { run }) => run(select(authorization)),
  enterNamed: (name, { run }) => run(find(name)),
  awaitMessage: async (name, matches, milliseconds, stop) => {
    const hosted = find(name);
    if (hosted === undefined) return 'over';
    const { sandbox } = hosted;
    sandbox.state();
    if (sandbox.outbox.list().some(matches)) return 'matched';
    return sandbox.outbox.waiting() < mostWaiting
      ? sandbox.outbox.wait(matches, milliseconds, stop)
      : 'too-many';
  },
  refreshTraffic: () => Promise.resolve(),
  each: (look) => list().map(look),
});
