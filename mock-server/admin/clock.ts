// GET and PATCH /_mock/sandboxes/{name}/clock: stop, set and move the time that a sandbox lives by.
import type { Clock } from '../sandbox/clock.ts';
import { replyJson, type Reply } from '../web/reply.ts';
import type { SandboxOperation } from './context.ts';
import { createInput, duration, flag, orNull, readFields, time } from './input.ts';
import { badRequest } from './problem.ts';

/** From 1970 to 9999: what ISO 8601 writes with four digits. */
const latest = Date.UTC(9999, 11, 31);

export const presentClock = (clock: Clock): object => ({
  now: new Date(clock.now()).toISOString(),
  frozen: clock.isFrozen(),
  offset_ms: clock.offset(),
});

export const showClock: SandboxOperation = ({ hosted }) =>
  replyJson(200, presentClock(hosted.sandbox.clock));

/** In this order, whatever the order in the body: `now`, `advance`, `frozen`. */
export const changeClock: SandboxOperation = async (context, request): Promise<Reply> => {
  const { clock, state } = context.hosted.sandbox;
  const body = await readFields(request, context.bodyLimits);
  if ('refused' in body) return body.refused;
  const input = createInput(body.fields);
  const now = input.read('now', orNull(time));
  const advance = input.read('advance', duration) ?? 0;
  const frozen = input.read('frozen', flag);
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  const start = now === undefined ? clock.now() : (now ?? Date.now());
  if (start + advance < 0 || start + advance > latest) {
    return badRequest('The clock would leave the years 1970 to 9999.');
  }
  // Stopped first, so that it does not run on between being set and standing still.
  if (frozen === true) clock.freeze();
  if (now === null) clock.toPresent();
  else if (now !== undefined) clock.set(now);
  if (advance !== 0) clock.advance(advance);
  if (frozen === false) clock.release();
  // What falls due by the new time happens now, not when somebody looks.
  state();
  return replyJson(200, presentClock(clock));
};
