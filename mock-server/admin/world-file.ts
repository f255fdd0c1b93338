// A world as a file: written by an export, read by an import. It holds no key; the sandbox that takes it in makes its own.
import * as v from 'valibot';
import type { Callers } from '../../fixtures/scenario.ts';
import type { Event } from '../../domain/events.ts';
import type { HostedSandbox } from '../sandboxes/hosted-sandbox.ts';
import { captureWorld } from '../sandboxes/keep-world.ts';
import { DeliveryChange, presentSettings } from './delivery.ts';
import { presentFact } from './event.ts';
import { WorldPlan } from './plan.ts';
import { presentOptions } from './present-plan.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { flag, list, text, time, told, userId, uuid } from './schema/values.ts';
import { WorldEvent } from './world-event.ts';

const format = 'invitations-mock/world';
const version = 2;

export const mostEvents = 2_000_000;

const offsetWords = 'a whole number of milliseconds';

const WorldClock = object({
  now: time,
  frozen: flag,
  offset_ms: v.pipe(
    v.number(offsetWords),
    v.integer(offsetWords),
    v.minValue(-8_640_000_000_000_000, offsetWords),
    v.maxValue(8_640_000_000_000_000, offsetWords),
  ),
});

export const WaitingMessage = named(
  'WaitingMessage',
  'A message that has not left.',
  object({ invitation: uuid, since: time }),
);

const WorldCallers = named(
  'WorldCallers',
  'Who plays which part, by id.',
  object({
    organization: uuid,
    people: object({ OWNER: userId, ADMIN: userId, CONTRIB: userId, VIEWER: userId }),
    outsider: object({ user: userId, organization: uuid }),
    invitee: userId,
  }),
);

export const World = named(
  'World',
  'A sandbox as a file. The events tell what is there, not what was undone; keys are told by their labels alone. `exported_at` and `name` say where it comes from, and are not looked at.',
  object({
    format: v.literal(format, `"${format}"`),
    version: v.literal(version, String(version)),
    exported_at: v.exactOptional(time),
    name: v.exactOptional(text(1, 64)),
    plan: WorldPlan,
    clock: WorldClock,
    delivery: DeliveryChange,
    waiting: v.exactOptional(
      told('The messages that have not left.', list(WaitingMessage, mostEvents)),
    ),
    callers: WorldCallers,
    events: list(WorldEvent, mostEvents),
  }),
);

export type WorldDocument = v.InferOutput<typeof World>;

/** `owner-3f9c…` → `owner`: whose key it is, without the key. */
const labelOf = (key: string): string => key.slice(0, Math.max(key.lastIndexOf('-'), 0));

const writeEvent = (event: Event) =>
  event.type === 'ApiKeyIssued'
    ? { ...presentFact(event), label: labelOf(event.key) }
    : presentFact(event);

const writeCallers = ({
  organizationId,
  people,
  outsider,
  invitee,
}: Callers): v.InferInput<typeof WorldCallers> => {
  const { OWNER, ADMIN, CONTRIB, VIEWER } = people;
  return {
    organization: organizationId,
    people: {
      OWNER: OWNER.userId,
      ADMIN: ADMIN.userId,
      CONTRIB: CONTRIB.userId,
      VIEWER: VIEWER.userId,
    },
    outsider: { user: outsider.userId, organization: outsider.organizationId },
    invitee: invitee.userId,
  };
};

type Written = Omit<v.InferInput<typeof World>, 'events'> & {
  readonly events: readonly ReturnType<typeof writeEvent>[];
};

export const writeWorld = (hosted: HostedSandbox): Written => {
  const { plan, callers, pageSize, clock, delivery, waiting, history } = captureWorld(hosted);
  return {
    format,
    version,
    exported_at: new Date().toISOString(),
    name: hosted.sandbox.name,
    plan: { ...presentOptions(plan), page_size: pageSize },
    clock: {
      now: new Date(clock.now).toISOString(),
      frozen: clock.frozen,
      offset_ms: clock.offset,
    },
    delivery: presentSettings(delivery),
    waiting: waiting.map(({ invitationId, since }) => ({
      invitation: invitationId,
      since: new Date(since).toISOString(),
    })),
    callers: writeCallers(callers),
    events: history.map(writeEvent),
  };
};
