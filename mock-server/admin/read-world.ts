// Reads a world's file, and says what is wrong with one that no export wrote.
import { anApiKey } from '../../fixtures/api-key.ts';
import type { Cast, Person } from '../../fixtures/scenario.ts';
import type { Event } from '../../domain/events.ts';
import { checkHistory } from '../sandboxes/check-history.ts';
import type { SandboxPlan } from '../sandboxes/sandbox-plan.ts';
import type { WorldImage } from '../sandboxes/world-image.ts';
import type { BodyFields } from '../web/body.ts';
import type { Reply } from '../web/reply.ts';
import { readDelivery } from './delivery.ts';
import { createInput, flag, list, object, text, time, type Input, type Reader } from './input.ts';
import { badRequest } from './problem.ts';
import { readEvent, uuid } from './read-event.ts';
import { readPlan } from './read-plan.ts';
import { worldFormat, worldVersion } from './world-file.ts';

const mostEvents = 2_000_000;

const exactly =
  <Value>(expected: Value): Reader<Value> =>
  (value) =>
    value === expected ? { value: expected } : { expected: JSON.stringify(expected) };

const offset: Reader<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 8_640_000_000_000_000
    ? { value }
    : { expected: 'a whole number of milliseconds' };

type CastIds = {
  readonly organization: string;
  readonly people: Readonly<Record<'OWNER' | 'ADMIN' | 'CONTRIB' | 'VIEWER', string>>;
  readonly outsider: { readonly user: string; readonly organization: string };
  readonly invitee: string;
};

const noPeople = { OWNER: '', ADMIN: '', CONTRIB: '', VIEWER: '' };
const noOutsider = { user: '', organization: '' };
const noCast: CastIds = { organization: '', people: noPeople, outsider: noOutsider, invitee: '' };

const castIds = object<CastIds>((input) => ({
  organization: input.need('organization', uuid, ''),
  people: input.need(
    'people',
    object((people) => ({
      OWNER: people.need('OWNER', uuid, ''),
      ADMIN: people.need('ADMIN', uuid, ''),
      CONTRIB: people.need('CONTRIB', uuid, ''),
      VIEWER: people.need('VIEWER', uuid, ''),
    })),
    noPeople,
  ),
  outsider: input.need(
    'outsider',
    object((outsider) => ({
      user: outsider.need('user', uuid, ''),
      organization: outsider.need('organization', uuid, ''),
    })),
    noOutsider,
  ),
  invitee: input.need('invitee', uuid, ''),
}));

const findPeople = (history: readonly Event[]): ReadonlyMap<string, Person> => {
  const people = new Map<string, Person>();
  for (const event of history) {
    if (event.type !== 'UserRegistered') continue;
    const { userId, name, email } = event;
    people.set(userId, { userId, name, email });
  }
  return people;
};

/** Undefined where the cast names somebody whom the events do not know. */
const toCast = (
  ids: CastIds,
  history: readonly Event[],
  keyFor: (label: string) => string,
): Cast | undefined => {
  const people = findPeople(history);
  const { OWNER: owner, ADMIN: admin, CONTRIB: contrib, VIEWER: viewer } = ids.people;
  const [OWNER, ADMIN, CONTRIB, VIEWER, outsider, invitee] = [
    owner,
    admin,
    contrib,
    viewer,
    ids.outsider.user,
    ids.invitee,
  ].map((id) => people.get(id));
  const issued = new Set(
    history.flatMap((event) => (event.type === 'ApiKeyIssued' ? event.key : [])),
  );
  const labels = ['owner', 'admin', 'contrib', 'viewer', 'outsider'];
  if (!labels.every((label) => issued.has(keyFor(label)))) return undefined;
  if (!OWNER || !ADMIN || !CONTRIB || !VIEWER || !outsider || !invitee) return undefined;
  return {
    organizationId: ids.organization,
    people: { OWNER, ADMIN, CONTRIB, VIEWER },
    apiKeys: {
      OWNER: keyFor('owner'),
      ADMIN: keyFor('admin'),
      CONTRIB: keyFor('contrib'),
      VIEWER: keyFor('viewer'),
    },
    outsider: {
      ...outsider,
      organizationId: ids.outsider.organization,
      apiKey: keyFor('outsider'),
    },
    invitee,
  };
};

const clock = object((input) => ({
  now: input.need('now', time, 0),
  frozen: input.need('frozen', flag, false),
  offset: input.need('offset_ms', offset, 0),
}));

const waiting = object((input) => ({
  invitationId: input.need('invitation', uuid, ''),
  since: input.need('since', time, 0),
}));

const readParts = (input: Input, standard: SandboxPlan, keyFor: (label: string) => string) => {
  input.need('format', exactly(worldFormat), worldFormat);
  input.need('version', exactly(worldVersion), worldVersion);
  input.read('exported_at', time);
  input.read('name', text(1, 64));
  const plan = object((member) => readPlan(member, standard));
  const delivery = object((member) => readDelivery(member, standard.delivery));
  const event = object((member) => readEvent(member, keyFor));
  return {
    plan: input.need('plan', plan, standard),
    clock: input.need('clock', clock, { now: 0, frozen: false, offset: 0 }),
    delivery: input.need('delivery', delivery, standard.delivery),
    waiting: input.read('waiting', list(mostEvents, waiting)) ?? [],
    ids: input.need('cast', castIds, noCast),
    history: input.need('events', list(mostEvents, event), []),
  };
};

/** `secret` is that of the sandbox that takes the world in. */
export const readWorld = (
  fields: BodyFields,
  standard: SandboxPlan,
  secret: string,
): WorldImage | Reply => {
  const keyFor = (label: string): string => anApiKey(secret, label);
  const input = createInput(fields);
  const { ids, ...parts } = readParts(input, standard, keyFor);
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  const fault = checkHistory(parts.history);
  if (fault !== undefined) return badRequest(fault);
  const cast = toCast(ids, parts.history, keyFor);
  if (cast === undefined)
    return badRequest(
      '"cast" names a user whom no event registers, or one of the keys owner, admin, contrib, viewer and outsider is never issued.',
    );
  return { ...parts, cast, pageSize: parts.plan.pageSize };
};
