// A world as a file: written by an export, read by an import. It holds no key; the sandbox that takes it in makes its own.
import type { Cast } from '../../fixtures/scenario.ts';
import type { Event } from '../../domain/events.ts';
import type { HostedSandbox } from '../sandboxes/hosted-sandbox.ts';
import { captureWorld } from '../sandboxes/keep-world.ts';
import { presentSettings } from './delivery.ts';
import { presentPlan } from './present-sandbox.ts';
import { toSnakeCase } from './snake-case.ts';

export const worldFormat = 'invitations-mock/world';
export const worldVersion = 1;

/** `owner-3f9c…` → `owner`: whose key it is, without the key. */
const labelOf = (key: string): string => key.slice(0, Math.max(key.lastIndexOf('-'), 0));

const writeEvent = (event: Event): object => {
  const { at, ...facts } = event.type === 'ApiKeyIssued' ? withoutKey(event) : event;
  const written: Record<string, unknown> = { at: new Date(at).toISOString() };
  for (const [name, value] of Object.entries(facts)) written[toSnakeCase(name)] = value;
  return written;
};

const withoutKey = ({
  key,
  ...event
}: Extract<Event, { type: 'ApiKeyIssued' }>): {
  readonly at: number;
  readonly label: string;
} => ({ ...event, label: labelOf(key) });

const writeCast = ({ organizationId, people, outsider, invitee }: Cast): object => {
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

export const writeWorld = (hosted: HostedSandbox): object => {
  const { plan, cast, pageSize, clock, delivery, waiting, history } = captureWorld(hosted);
  return {
    format: worldFormat,
    version: worldVersion,
    exported_at: new Date().toISOString(),
    name: hosted.sandbox.name,
    plan: { ...presentPlan(plan), page_size: pageSize },
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
    cast: writeCast(cast),
    events: history.map(writeEvent),
  };
};
