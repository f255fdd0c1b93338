// GET and PATCH /_mock/sandboxes/{name}/clock: stop, set and move the time that a sandbox lives by.
import * as v from 'valibot';
import { latest, type Clock as SandboxClock } from '../sandbox/clock.ts';
import { replyJson } from '../web/reply.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { badRequest } from './problem.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { duration, flag, maybe, moment, time, told } from './schema/values.ts';
import { inBody, nothing } from './takes.ts';

export const Clock = named(
  'Clock',
  "A sandbox's own time.",
  object({
    now: told('What it shows.', moment),
    frozen: told('Whether it stands still.', flag),
    offset_ms: told('By how many milliseconds it is ahead of real time.', v.number()),
  }),
);

const ClockChange = named(
  'ClockChange',
  'What to do with the clock, in this order.',
  object({
    now: maybe('Sets it; null sets it back to the present.', v.nullable(time)),
    advance: maybe('Moves it by this duration; back where a minus sign comes first.', duration),
    frozen: maybe('Stops it, or lets it go on from what it shows.', flag),
  }),
);

export const presentClock = (clock: SandboxClock): v.InferOutput<typeof Clock> => ({
  now: new Date(clock.now()).toISOString(),
  frozen: clock.isFrozen(),
  offset_ms: clock.offset(),
});

export const showClock = sandboxEndpoint({
  id: 'clock_retrieve',
  tag: 'time and delivery',
  summary: 'Read the clock',
  takes: nothing,
  answers: { 200: { description: 'What the clock shows.', schema: Clock } },
  handle: ({ hosted }) => replyJson(200, presentClock(hosted.sandbox.clock)),
});

export const changeClock = sandboxEndpoint({
  id: 'clock_update',
  tag: 'time and delivery',
  summary: 'Freeze, set or move the clock',
  description:
    '`now` is done first, then `advance`, then `frozen`. Deliveries that fall due happen, and JWTs expire.',
  takes: inBody({
    schema: ClockChange,
    description: 'What to do.',
    required: false,
    examples: { anHourLater: ['An hour later, and then still', { advance: 'PT1H', frozen: true }] },
  }),
  answers: { 200: { description: 'What the clock shows then.', schema: Clock } },
  handle: ({ hosted }, { now, advance = 0, frozen }) => {
    const { clock, state } = hosted.sandbox;
    const start = now === undefined ? clock.now() : (now ?? Date.now());
    if (start + advance < 0 || start + advance > latest) {
      return badRequest('The clock would leave the years 1970 to 9999.');
    }
    // Stopped first, so that it does not run on between being set and standing still.
    if (frozen === true) clock.freeze();
    // The present moves on: a clock that stood there before it is let go would be behind.
    if (now === null && frozen === false) clock.release();
    if (now === null) clock.toPresent();
    else if (now !== undefined) clock.set(now);
    if (advance !== 0) clock.advance(advance);
    if (frozen === false) clock.release();
    // What falls due by the new time happens now, not when somebody looks.
    state();
    return replyJson(200, presentClock(clock));
  },
});
