// One sandbox while somebody looks at it: what is known of it, its traffic as it comes, and who the commands act as.
import { api, bodyOf, Refusal } from './api.ts';
import { createSignal, type Signal } from './signal.ts';
import { followTraffic, type Connection } from './stream.ts';
import type { Exchange, Sandbox } from './wire.ts';

/** What the Invitations API answered to a command. */
export type CommandAnswer = {
  readonly as: string;
  readonly method: string;
  readonly path: string;
  readonly requestId: string;
  /** 0 when the connection broke before an answer was there. */
  readonly status: number;
  readonly statusText: string;
  readonly body: string;
  /** Of a person who accepted: a JWT with the organization's scope can be had for it. */
  readonly memberEmail: string | null;
};

export type Session = {
  readonly name: string;
  /** What every path below the sandbox needs. */
  readonly path: { readonly name: string };
  /** As it was when last asked. */
  readonly sandbox: () => Sandbox;
  /** By id, the oldest first. */
  readonly exchanges: Map<string, Exchange>;
  /** Whom commands act as: the id of one of `callersOf`. */
  readonly actsAs: { caller: string };
  /** What the view in sight narrows its list to: what the address says of it. */
  readonly narrowed: { by: () => Readonly<Record<string, string>> };
  /** Something may have changed: views read anew what they show. */
  readonly changed: Signal<undefined>;
  readonly heard: Signal<Exchange>;
  /** The exchanges that were heard are gone. */
  readonly cleared: Signal<undefined>;
  readonly answered: Signal<CommandAnswer>;
  /** The sandbox is no more, and why: told once. */
  readonly ended: Signal<string>;
  readonly connection: Signal<Connection>;
  /** How many look at it, this page included. */
  readonly followers: Signal<number>;
  /** Resolves when the sandbox has been read anew and the views know. */
  readonly refresh: () => Promise<void>;
  /** Waits for something that was asked, and refreshes. */
  readonly after: <Result>(asked: Promise<Result>) => Promise<Result>;
  readonly signal: AbortSignal;
};

/** Whom commands act as where nobody has chosen. */
export const usualCaller = 'OWNER.api_key';

/** The server keeps as many. */
const mostExchanges = 1_000;
const settleMs = 150;
/** How often a delivery that only waits for time is looked for. */
const deliveryMs = 1_000;

const waitsForTime = ({ delivery, clock }: Sandbox): boolean =>
  delivery.mode === 'after-delay' && delivery.waiting > 0 && !clock.frozen;

/** Calls `act` a while after it was first wanted, and never again before it has ended. */
const createReminder = (
  act: () => Promise<void>,
  signal: AbortSignal,
): ((delayMs: number) => void) => {
  let wantedInMs: number | null = null;
  let isBusy = false;
  const remind = (delayMs: number): void => {
    wantedInMs = Math.min(delayMs, wantedInMs ?? delayMs);
    if (isBusy || signal.aborted) return;
    isBusy = true;
    setTimeout(() => {
      wantedInMs = null;
      // That the server is gone, the connection's own state says.
      void (signal.aborted ? Promise.resolve() : act().catch(() => undefined)).then(() => {
        isBusy = false;
        if (wantedInMs !== null) remind(wantedInMs);
      });
    }, delayMs);
  };
  return remind;
};

type Known = {
  readonly sandbox: () => Sandbox;
  /** Rejects where it is not to be had; `reason` is why it may have ended. */
  readonly read: (reason: string) => Promise<Sandbox>;
};

/** The sandbox as it was when last asked; tells `ended` when it is not found any more. */
const readSandbox = async (name: string, ended: Signal<string>): Promise<Known> => {
  const params = { path: { name } };
  const ask = (): Promise<Sandbox> => bodyOf(api.GET('/sandboxes/{name}', { params }));
  let sandbox = await ask();
  return {
    sandbox: () => sandbox,
    read: async (reason) => {
      try {
        sandbox = await ask();
        return sandbox;
      } catch (error) {
        const isGone = error instanceof Refusal && error.status === 404;
        if (isGone && ended.last() === undefined) ended.emit(reason || error.message);
        throw error;
      }
    },
  };
};

const remember = (exchanges: Map<string, Exchange>, exchange: Exchange): void => {
  const { id } = exchange;
  exchanges.set(id, exchange);
  const [oldest = id] = exchanges.keys();
  if (exchanges.size > mostExchanges) exchanges.delete(oldest);
};

const createSignals = () => ({
  changed: createSignal<undefined>(),
  heard: createSignal<Exchange>(),
  cleared: createSignal<undefined>(),
  answered: createSignal<CommandAnswer>(),
  connection: createSignal<Connection>(),
  followers: createSignal<number>(),
});

export const openSession = async (name: string, signal: AbortSignal): Promise<Session> => {
  const path = { name };
  const ended = createSignal<string>();
  const { sandbox, read } = await readSandbox(name, ended);
  const exchanges = new Map<string, Exchange>();
  const signals = { ...createSignals(), ended };
  const { changed, heard, cleared, connection, followers } = signals;

  const refresh = async (reason = ''): Promise<void> => {
    const known = await read(reason);
    if (signal.aborted) return;
    if (waitsForTime(known)) refreshIn(deliveryMs);
    changed.emit(undefined);
  };
  const refreshIn = createReminder(() => refresh(), signal);
  const after = async <Result>(asked: Promise<Result>): Promise<Result> => {
    const result = await asked;
    await refresh();
    return result;
  };

  if (waitsForTime(sandbox())) refreshIn(deliveryMs);
  followTraffic({
    sandbox: name,
    hear: (exchange) => {
      remember(exchanges, exchange);
      heard.emit(exchange);
      refreshIn(settleMs);
    },
    clear: () => {
      exchanges.clear();
      cleared.emit(undefined);
      refreshIn(settleMs);
    },
    tell: connection.emit,
    count: followers.emit,
    end: (reason) => {
      // A server that stops ends the stream too; only a sandbox that is not found has ended.
      void refresh(reason).catch(() => undefined);
    },
    signal,
  });
  return {
    ...{ name, path, sandbox, exchanges, after, signal },
    ...signals,
    refresh: () => refresh(),
    actsAs: { caller: usualCaller },
    narrowed: { by: () => ({}) },
  };
};
