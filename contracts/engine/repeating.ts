// What comes of one request: its answer is taken, or asked for once more after a while, for it is not the API's, or says that the
// target is asked too fast. Each wait has a bound.
import type { Message } from '../curl.ts';
import { operationAt, pathOf } from '../operations.ts';
import { CouldNotRun, NoAnswer, OutOfOrder } from './could-not-run.ts';
import { isOfGateway } from '../failure.ts';
import { isPage, isUnseen, mayBeStray } from './intermediary.ts';
import { isLate } from './outages.ts';
import { retryAfterMs, type Reply } from './reply.ts';
import type { Tempo } from './tempo.ts';

const tries = 3;
/** Of what a page in the place of a refusal is the answer to: one in forty is that by chance. */
const strayTries = 5;
/** Of what waits for its deadline each time. */
const lateTries = 2;
const firstPauseMs = 100;
const longestPauseMs = 4_000;

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

const isRepeatable = ({ method }: Message): boolean => safe.has(method) || method === 'DELETE';

/** Pages of what may be in the place of the API that stayed so often are what it answers. */
const mostKept = 3;

export const isGatewayFailure = ({ status }: Reply): boolean => isOfGateway(status);

/** Of a target that limits, a 503 that is repeated is of its pace, whatever was asked. */
export const isLoss = (reply: Reply, tempo: Pick<Tempo, 'isLimited'>): boolean =>
  isGatewayFailure(reply) && !(isUnseen(reply) && tempo.isLimited());

const pauseMs = (time: number): number => Math.min(firstPauseMs * 2 ** time, longestPauseMs);

export const whatOf = ({ method, path }: Message): string => `${method} ${path}`;

export const operationOf = ({ method, path }: Message): string =>
  operationAt(method, path) ?? method;

/** Harmless, and answered by any target that is there. */
export const harmlessAs = (authorization: string | undefined): readonly Message[] => {
  const headers = { accept: 'application/json', ...(authorization && { authorization }) };
  const asked = ['invitations_list', 'users_current_retrieve'] as const;
  return asked.map((operation) => ({ method: 'GET', path: pathOf(operation), headers }));
};

export const outOfOrder = (message: Message, reply: Reply): OutOfOrder =>
  new OutOfOrder(
    `${whatOf(message)} was answered with ${reply.status} by what stands before the API: ${isPage(reply.text) ? 'an HTML page' : reply.text.slice(0, 120).trim() || '(no body)'}`,
    reply,
  );

const tooLong = (waitMs: number, message: Message): CouldNotRun =>
  new CouldNotRun(
    `the target throttles: it asks to wait ${Math.ceil(waitMs / 1000)} s after ${whatOf(message)}; set CONTRACT_RATE below its limit, or CONTRACT_TIMEOUT above its wait`,
  );

const throttledThroughout = (message: Message, timeoutMs: number): CouldNotRun =>
  new CouldNotRun(
    `the target throttles: ${whatOf(message)} was answered with 429 for ${timeoutMs} ms (CONTRACT_TIMEOUT), without a time to wait that helps; set CONTRACT_RATE below its limit`,
  );

type Circumstances = {
  readonly timeoutMs: number;
  /** Of all that is tried for the request, on the clock of `performance`. */
  readonly deadline: number;
  readonly tempo: Tempo;
  readonly signal: AbortSignal;
  /** By method and status, how often in a row a page stayed when it was asked for again. */
  readonly kept: Map<string, number>;
};

type Repeating = Circumstances & {
  readonly message: Message;
  failures: number;
  throttled: number;
  /** What a page in the place of the API's refusal is known by, and the first loss. */
  stray?: string;
  lost?: NoAnswer | OutOfOrder;
};

/** Throws what it came to. */
const afterLoss = (
  it: Repeating,
  loss: NoAnswer | OutOfOrder,
  mayRepeat = isRepeatable(it.message),
): number => {
  it.failures += 1;
  it.lost ??= loss;
  const most = loss instanceof NoAnswer && isLate(loss) ? lateTries : tries;
  if (it.failures >= most || !mayRepeat || it.signal.aborted) throw loss;
  return pauseMs(it.failures);
};

/** Everybody waits as long as it says, not only who asked. */
const afterThrottle = (it: Repeating, reply: Reply): number => {
  const { message, timeoutMs, deadline, tempo } = it;
  const told = retryAfterMs(reply);
  const waitMs = told ?? pauseMs((it.throttled += 1));
  const until = performance.now() + waitMs;
  if (until > deadline) {
    throw told === undefined ? throttledThroughout(message, timeoutMs) : tooLong(waitMs, message);
  }
  if (told !== undefined) tempo.hold(until);
  return waitMs;
};

const afterFailure = (it: Repeating, reply: Reply, isTooFast: boolean): number => {
  const mayRepeat = isUnseen(reply) || isRepeatable(it.message);
  const waitMs = pauseMs((it.throttled += 1));
  if (isTooFast && mayRepeat && performance.now() + waitMs < it.deadline) return waitMs;
  return afterLoss(it, outOfOrder(it.message, reply), mayRepeat);
};

/** A read that is answered with a page, whatever its status, costs nothing to be made again. */
const isStray = ({ method }: Message, reply: Reply): boolean =>
  mayBeStray(reply) || (safe.has(method) && reply.status < 500 && isPage(reply.text));

/** Nothing speaks for asking once more. */
export const isTaken = (message: Message, reply: Reply): boolean =>
  reply.status !== 429 && !isGatewayFailure(reply) && !isStray(message, reply);

const afterStray = (it: Repeating, { status }: Reply): number | undefined => {
  const key = `${it.message.method} ${status}`;
  const times = it.kept.get(key) ?? 0;
  if (times >= mostKept) return undefined;
  it.stray = key;
  it.failures += 1;
  if (it.failures < strayTries) return firstPauseMs * it.failures;
  it.kept.set(key, times + 1);
  return undefined;
};

export const createRepeating = (message: Message, circumstances: Circumstances) => {
  const it: Repeating = { ...circumstances, message, failures: 0, throttled: 0 };
  return {
    /** How long to wait before it is asked for again, in milliseconds; undefined where it is taken. */
    pauseAfter: (reply: Reply, isTooFast: boolean): number | undefined => {
      if (reply.status === 429) return afterThrottle(it, reply);
      if (isGatewayFailure(reply)) return afterFailure(it, reply, isTooFast);
      if (isStray(message, reply)) return afterStray(it, reply);
      if (it.stray !== undefined) it.kept.delete(it.stray);
      // Whether it was there is not known any more.
      if (it.lost !== undefined && message.method === 'DELETE' && reply.status === 404) {
        throw it.lost;
      }
      return undefined;
    },
    pauseAfterNone: (error: NoAnswer): number =>
      afterLoss(it, error, safe.has(message.method) || (isRepeatable(message) && !isLate(error))),
  };
};
