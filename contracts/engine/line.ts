// The way to the target, shared by all that a run asks: at one pace, which a 429 slows down for everybody, and asking once
// more where an answer is not the API's and asking again is safe. Every wait has a bound, and ends with the run.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../curl.ts';
import { CouldNotRun, NoAnswer, OutOfOrder } from './could-not-run.ts';
import { isOfGateway } from '../failure.ts';
import { pathOf } from '../operations.ts';
import { isLate, patience, weightOf } from './outages.ts';
import { retryAfterMs, type Reply } from './reply.ts';
import type { Way } from '../reach/way.ts';
import { createTransport, type Transport } from './transport.ts';

export type LineSettings = {
  readonly target: string;
  readonly timeoutMs: number;
  /** Requests a second, at most. */
  readonly rate: number;
  readonly way?: Way;
};

export type LineOptions = {
  /** Of another service than the target. */
  readonly target?: string;
  /** Told each answer that is not taken, for the request is made once more. */
  readonly onRepeated?: (reply: Reply) => void;
};

/** Throws a CouldNotRun. */
export type Line = (message: Message, asked?: LineOptions) => Promise<Reply>;

const tries = 3;
/** Of what waits for its deadline each time. */
const lateTries = 2;
const firstPauseMs = 100;
const longestPauseMs = 4_000;

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A gateway's, or all that the API has to say: one that comes again is its answer, and a failure of its own stays one. */
const isPage = ({ status, headers }: Reply): boolean =>
  status < 500 && /^text\/html\b/i.test(headers['content-type'] ?? '');

const pauseMs = (time: number): number => Math.min(firstPauseMs * 2 ** time, longestPauseMs);

const whatOf = ({ method, path }: Message): string => `${method} ${path}`;

const tooLong = (waitMs: number, message: Message): CouldNotRun =>
  new CouldNotRun(
    `the target throttles: it asks to wait ${Math.ceil(waitMs / 1000)} s after ${whatOf(message)}; set CONTRACT_RATE below its limit, or CONTRACT_TIMEOUT above its wait`,
  );

const throttledThroughout = (message: Message, timeoutMs: number): CouldNotRun =>
  new CouldNotRun(
    `the target throttles: ${whatOf(message)} was answered with 429 for ${timeoutMs} ms (CONTRACT_TIMEOUT), without a time to wait that helps; set CONTRACT_RATE below its limit`,
  );

const outOfOrder = (message: Message, reply: Reply): OutOfOrder =>
  new OutOfOrder(
    `${whatOf(message)} was answered with ${reply.status} by what stands before the API: ${reply.text.slice(0, 120).trim() || '(no body)'}`,
    reply,
  );

type Pace = {
  free: number;
  heldUntil: number;
  silent: number;
  throttled: number;
  last: string;
  /** Whether the last that failed waited for its deadline, and whether something else was answered when such did. */
  isLate: boolean;
  isExcused: boolean;
  lateAt: number;
  isGone?: Promise<boolean> | undefined;
};

type Shared = {
  readonly settings: LineSettings;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly transport: Transport;
};

const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw new NoAnswer('The run was interrupted.');
  }
};

const takeTurn = async ({ settings: { rate }, pace, signal }: Shared): Promise<void> => {
  const now = performance.now();
  const start = Math.max(now, pace.heldUntil, rate === Infinity ? 0 : pace.free);
  if (rate !== Infinity) pace.free = start + 1000 / rate;
  if (start > now) await pause(start - now, signal);
};

/** Everybody waits after a 429, not only who asked. */
const hold = (
  reply: Reply,
  message: Message,
  { settings: { timeoutMs }, pace }: Shared,
  { time, deadline }: { readonly time: number; readonly deadline: number },
): void => {
  pace.throttled += 1;
  pace.last = `${whatOf(message)} was answered with 429`;
  const told = retryAfterMs(reply);
  const waitMs = told ?? pauseMs(time + 1);
  const until = performance.now() + waitMs;
  if (until > deadline) {
    throw told === undefined ? throttledThroughout(message, timeoutMs) : tooLong(waitMs, message);
  }
  pace.heldUntil = Math.max(pace.heldUntil, until);
};

const isGivenUp = ({ silent, throttled }: Pace): boolean =>
  silent >= patience || throttled >= 2 * patience;

/** Whether the target answers something else than what has failed in a row. */
const answersOther = async (
  { headers: { authorization } }: Message,
  target: string,
  shared: Shared,
): Promise<boolean> => {
  const { settings, signal, transport } = shared;
  const headers = { accept: 'application/json', ...(authorization && { authorization }) };
  for (const operation of ['invitations_list', 'users_current_retrieve'] as const) {
    const asked = { method: 'GET', path: pathOf(operation), headers };
    const sending = { target, timeoutMs: settings.timeoutMs, signal };
    await takeTurn(shared);
    const reply = await transport(asked, sending).catch(() => undefined);
    if (reply !== undefined && !isOfGateway(reply.status) && reply.status !== 429) return true;
  }
  return false;
};

const askOnce = async (
  message: Message,
  target: string,
  shared: Shared,
): Promise<Reply | NoAnswer> => {
  const { settings, pace, signal, transport } = shared;
  // Deadlines cost too much to be waited for at one operation after the other.
  const mayBeAlone = target === settings.target && !(pace.isLate && pace.isExcused);
  if (pace.silent >= patience && mayBeAlone) {
    pace.isGone ??= answersOther(message, target, shared).then((answers) => !answers);
    if (!(await pace.isGone)) {
      const isExcused = pace.isExcused || pace.isLate;
      Object.assign(pace, { silent: 0, isGone: undefined, isExcused });
    }
  }
  if (isGivenUp(pace)) throw new CouldNotRun(`the target stopped answering: ${pace.last}`);
  await takeTurn(shared);
  const began = performance.now();
  try {
    const reply = await transport(message, { target, timeoutMs: settings.timeoutMs, signal });
    const isFailure = isOfGateway(reply.status);
    Object.assign(
      pace,
      isFailure ? { silent: pace.silent + 1 } : { silent: 0, isGone: undefined, isExcused: false },
    );
    if (isFailure) Object.assign(pace, { last: outOfOrder(message, reply).message, isLate: false });
    if (reply.status !== 429) pace.throttled = 0;
    return reply;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    pace.last = error.message;
    pace.isLate = isLate(error);
    // One that waited for its deadline says more than one that was cut off; those that waited together are one.
    if (!pace.isLate || began >= pace.lateAt) pace.silent += weightOf(error);
    if (pace.isLate) pace.lateAt = performance.now();
    return error;
  }
};

type Ways = { readonly signal?: AbortSignal; readonly transport?: Transport };

export const createLine = (
  settings: LineSettings,
  { signal = new AbortController().signal, transport = createTransport(settings.way) }: Ways = {},
): Line => {
  const pace: Pace = {
    ...{ free: 0, heldUntil: 0, silent: 0, throttled: 0, last: '' },
    ...{ isLate: false, isExcused: false, lateAt: -Infinity },
  };
  const shared: Shared = { settings, pace, signal, transport };
  return async (message, { target = settings.target, onRepeated = () => undefined } = {}) => {
    const deadline = performance.now() + settings.timeoutMs;
    let failures = 0;
    for (let time = 0; ; time += 1) {
      const came = await askOnce(message, target, shared);
      if (!(came instanceof NoAnswer) && came.status === 429) {
        onRepeated(came);
        hold(came, message, shared, { time, deadline });
        continue;
      }
      const answer = came instanceof NoAnswer || isOfGateway(came.status) ? undefined : came;
      if (answer !== undefined && !isPage(answer)) return answer;
      failures += 1;
      const most = came instanceof NoAnswer && isLate(came) ? lateTries : tries;
      const isLast = failures >= most || !safe.has(message.method) || signal.aborted;
      if (isLast && answer !== undefined) return answer;
      if (!(came instanceof NoAnswer)) onRepeated(came);
      if (isLast) throw came instanceof NoAnswer ? came : outOfOrder(message, came);
      await pause(pauseMs(failures), signal);
    }
  };
};
