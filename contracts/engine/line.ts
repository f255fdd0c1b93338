// The way to the target, shared by all that a run asks: at one pace, which a 429 slows down for everybody, and asking once
// more where an answer is not the API's and asking again is safe. Every wait has a bound, and ends with the run.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../curl.ts';
import { CouldNotRun, NoAnswer } from './could-not-run.ts';
import { createLosses, type Losses } from './losses.ts';
import { isLate, patience, weightOf } from './outages.ts';
import {
  createRepeating,
  harmlessAs,
  isGatewayFailure,
  isLoss,
  isTaken,
  operationOf,
  outOfOrder,
  whatOf,
} from './repeating.ts';
import { retryAfterMs, type Reply } from './reply.ts';
import type { Way } from '../reach/way.ts';
import { createTempo, type Tempo } from './tempo.ts';
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
  /** Told each answer that is not taken, and whether it is a loss after which the request is made once more. */
  readonly onRepeated?: (reply: Reply, isLoss?: boolean) => void;
};

/** Throws a CouldNotRun. */
export type Line = (message: Message, asked?: LineOptions) => Promise<Reply>;

type Pace = {
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
  readonly tempo: Tempo;
  readonly losses: Losses;
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

const takeTurn = async ({ tempo, signal }: Shared): Promise<void> => {
  const waitMs = tempo.next() - performance.now();
  if (waitMs > 0) await pause(waitMs, signal);
};

const isGivenUp = ({ silent, throttled }: Pace): boolean =>
  silent >= patience || throttled >= 2 * patience;

/** Whether the target answers something else than what has failed in a row. */
const answersOther = async (
  { headers }: Message,
  target: string,
  shared: Shared,
): Promise<boolean> => {
  const { settings, signal, transport } = shared;
  for (const asked of harmlessAs(headers['authorization'])) {
    const sending = { target, timeoutMs: settings.timeoutMs, signal };
    await takeTurn(shared);
    const reply = await transport(asked, sending).catch(() => undefined);
    if (reply !== undefined && !isGatewayFailure(reply) && reply.status !== 429) return true;
  }
  return false;
};

type Came = { readonly reply: Reply; readonly isTooFast: boolean };

const note = (
  { reply, startedAt, message }: { reply: Reply; startedAt: number; message: Message },
  target: string,
  { settings, pace, tempo, losses }: Shared,
): Came => {
  const { status } = reply;
  const isFailure = isGatewayFailure(reply);
  const operation = operationOf(message);
  const isOwn = target === settings.target;
  const isTimed = status === 429 && retryAfterMs(reply) !== undefined;
  const isTooFast = isOwn && !isTimed && tempo.note({ operation, startedAt, status });
  const loss = isFailure ? outOfOrder(message, reply).message : undefined;
  const isOfPace = status === 429 || (status === 503 && !tempo.isInVain());
  if (isOwn && !isOfPace) losses.note(operation, loss);
  if (loss === undefined) {
    [pace.silent, pace.isGone, pace.isExcused] = [0, undefined, false];
  } else Object.assign(pace, { last: loss, isLate: false });
  if (isFailure && !isTooFast) pace.silent += 1;
  if (status !== 429) pace.throttled = 0;
  else if (isTimed || tempo.isInVain()) {
    pace.throttled += 1;
    pace.last = `${whatOf(message)} was answered with 429`;
  }
  return { reply, isTooFast };
};

const askOnce = async (
  message: Message,
  target: string,
  shared: Shared,
): Promise<Came | NoAnswer> => {
  const { settings, pace, losses, signal, transport } = shared;
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
  const told = target === settings.target ? losses.told() : undefined;
  if (told !== undefined) throw new CouldNotRun(told);
  await takeTurn(shared);
  const startedAt = performance.now();
  try {
    const reply = await transport(message, { target, timeoutMs: settings.timeoutMs, signal });
    return note({ reply, startedAt, message }, target, shared);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    pace.last = error.message;
    pace.isLate = isLate(error);
    // One that waited for its deadline says more than one that was cut off; those that waited together are one.
    if (!pace.isLate || startedAt >= pace.lateAt) pace.silent += weightOf(error);
    if (pace.isLate) pace.lateAt = performance.now();
    if (target === settings.target) losses.note(operationOf(message), error.message);
    return error;
  }
};

export type Ways = {
  readonly signal?: AbortSignal;
  readonly transport?: Transport;
  /** What other lines to the target have found out. */
  readonly tempo?: Tempo;
  readonly losses?: Losses;
};

export const createLine = (
  settings: LineSettings,
  {
    signal = new AbortController().signal,
    transport = createTransport(settings.way),
    tempo = createTempo(settings.rate),
    losses = createLosses(),
  }: Ways = {},
): Line => {
  const pace: Pace = {
    ...{ silent: 0, throttled: 0, last: '' },
    ...{ isLate: false, isExcused: false, lateAt: -Infinity },
  };
  const shared: Shared = { settings, pace, tempo, losses, signal, transport };
  const kept = new Map<string, number>();
  return async (message, { target = settings.target, onRepeated = () => undefined } = {}) => {
    const { timeoutMs } = settings;
    const deadline = performance.now() + timeoutMs;
    let repeating: ReturnType<typeof createRepeating> | undefined;
    for (;;) {
      const came = await askOnce(message, target, shared);
      const reply = came instanceof NoAnswer ? undefined : came.reply;
      if (repeating === undefined && reply !== undefined && isTaken(message, reply)) return reply;
      repeating ??= createRepeating(message, { timeoutMs, deadline, tempo, signal, kept });
      let waitMs: number | undefined;
      if (came instanceof NoAnswer) waitMs = repeating.pauseAfterNone(came);
      else {
        try {
          waitMs = repeating.pauseAfter(came.reply, came.isTooFast);
        } catch (error) {
          onRepeated(came.reply);
          throw error;
        }
        if (waitMs === undefined) return came.reply;
        onRepeated(came.reply, !came.isTooFast && isLoss(came.reply, tempo));
      }
      await pause(waitMs, signal);
    }
  };
};
