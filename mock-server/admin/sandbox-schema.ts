// A sandbox on the wire: in brief for lists, and whole with the credentials that lead into it.
import * as v from 'valibot';
import { invitationStates } from '../../domain/invitation.ts';
import { Clock } from './clock.ts';
import { Delivery, DeliveryMode } from './delivery.ts';
import { Edition, ReadingsChoice, Scenario } from './plan.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { apiKey, count, jwt, length, moment, Named, told, userId, whole } from './schema/values.ts';

const User = named(
  'User',
  'A person who can log in.',
  object({ id: userId, name: v.string(), email: v.string() }),
);

export const MemberCredentials = named(
  'MemberCredentials',
  "A service account and a person of the sandbox's organization, in one role.",
  object({
    api_key: told("The service account's whole `Authorization` value.", apiKey),
    jwt: told("The person's whole `Authorization` value, with the organization's scope.", jwt),
    user: User,
  }),
);

const Credentials = named(
  'Credentials',
  'Whom a client of the sandbox can be.',
  object({
    OWNER: MemberCredentials,
    ADMIN: MemberCredentials,
    CONTRIB: MemberCredentials,
    VIEWER: MemberCredentials,
    OUTSIDER: told('An owner of another organization.', object({ api_key: apiKey, user: User })),
    INVITEE: told(
      'A person without an organization, who can accept an invitation to the own address.',
      object({ jwt, user: User }),
    ),
    EXPIRED: told('A JWT whose time is over.', object({ jwt })),
  }),
);

const SandboxCounts = named(
  'SandboxCounts',
  'How much is in a sandbox.',
  object({
    invitations: told('By state.', object(v.entriesFromList(invitationStates, count))),
    people: told('Service accounts included.', count),
    messages: count,
    exchanges: count,
    exchanges_with_findings: count,
    faults: count,
    snapshots: count,
  }),
);

const brief = {
  name: v.string(),
  scenario: Scenario,
  own_world: told("Whether a seed file's `world` took the place of a scenario.", v.boolean()),
  seed: v.pipe(v.number(), v.integer()),
  created_at: told('In real time.', moment),
  last_used_at: told('In real time.', moment),
  expires_at: told(
    'When it is removed unless it is used before, in real time; null for never.',
    v.nullable(moment),
  ),
  clock: Clock,
  counts: SandboxCounts,
};

export const SandboxSummary = named(
  'SandboxSummary',
  'A sandbox in brief.',
  object({ ...brief, delivery: object({ mode: DeliveryMode }) }),
);

export const SandboxList = named(
  'SandboxList',
  'The sandboxes of the server.',
  object({
    count: whole(1, Number.MAX_SAFE_INTEGER),
    limit: told('How many the server takes.', whole(1, Number.MAX_SAFE_INTEGER)),
    sandboxes: v.array(SandboxSummary),
  }),
);

export const Sandbox = named(
  'Sandbox',
  'A sandbox with everything that a client of it has to know.',
  object({
    ...brief,
    scenario_size: told(
      'How many invitations `many-pages` makes; null for its own number.',
      v.nullable(v.pipe(v.number(), v.integer())),
    ),
    start_time: told(
      'What the clock showed first, when that was not the present.',
      v.nullable(moment),
    ),
    edition: Edition,
    readings: ReadingsChoice,
    page_size: whole(1, Number.MAX_SAFE_INTEGER),
    time_to_live: told(
      'After how long without use, in real time, the sandbox is removed; null for never.',
      v.nullable(length),
    ),
    delivery: Delivery,
    organization: Named,
    credentials: Credentials,
    environment: told(
      'The variables that point the contract suites at this sandbox.',
      v.record(v.string(), v.string()),
    ),
  }),
);
