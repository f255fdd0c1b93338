// One sandbox in the hands of a program: whom a client can be in it, and everything that it can be steered by.
import {
  clockOf,
  deliveryOf,
  faultsOf,
  messagesOf,
  trafficOf,
  type SandboxClock,
  type SandboxDelivery,
  type SandboxFaults,
  type SandboxMessages,
  type SandboxTraffic,
} from './parts.ts';
import type {
  EventFilter,
  InvitationFilter,
  NewPerson,
  PeopleFilter,
  Person,
  Sandbox,
  SandboxCredentials,
  SandboxEvent,
  SandboxInvitation,
  SeedOptions,
  Snapshot,
  Token,
  TokenRequest,
  World,
} from './schemas.ts';
import { dataOf, type Wire } from './wire.ts';

export type SandboxHandle = {
  readonly name: string;
  /** Of the Invitations API, without a slash at the end. It is the same for all sandboxes: credentials choose. */
  readonly url: string;
  /** Whole `Authorization` values by who has them, with the people that they stand for. */
  readonly credentials: SandboxCredentials;
  readonly organization: Sandbox['organization'];
  /** The variables that point the contract suites at this sandbox. */
  readonly env: Readonly<Record<string, string>>;
  readonly clock: SandboxClock;
  readonly delivery: SandboxDelivery;
  readonly messages: SandboxMessages;
  readonly faults: SandboxFaults;
  readonly traffic: SandboxTraffic;
  /** What the server says of it now. JWTs are made anew, which counts where the clock has run past the old ones. */
  readonly refresh: () => Promise<Sandbox>;
  /** As it was made: state, clock, delivery, faults; messages, traffic and events are gone. Snapshots stay. */
  readonly reset: () => Promise<Sandbox>;
  /** Other data; the people may be others too. */
  readonly seed: (options: SeedOptions) => Promise<Sandbox>;
  /** A JWT for a person, as the login of the real system would give it. */
  readonly token: (request: TokenRequest) => Promise<Token>;
  readonly invitations: (filter?: InvitationFilter) => Promise<readonly SandboxInvitation[]>;
  readonly people: (filter?: PeopleFilter) => Promise<readonly Person[]>;
  /** Signs somebody up. `token` does so too, for an address that nobody has. */
  readonly addPerson: (person: NewPerson) => Promise<Person>;
  /** Memberships, keys and invitations go too. */
  readonly removePerson: (person: Pick<Person, 'id'>) => Promise<void>;
  /** What happened since it was made, the oldest first. */
  readonly events: (filter?: EventFilter) => Promise<readonly SandboxEvent[]>;
  readonly snapshot: (label?: string) => Promise<Snapshot>;
  readonly restore: (snapshot: Pick<Snapshot, 'id'>) => Promise<Sandbox>;
  /** As a world file, which `load` takes, also that of another server. */
  readonly save: () => Promise<World>;
  readonly load: (world: World) => Promise<Sandbox>;
  readonly delete: () => Promise<void>;
  /** The same as `delete`, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

type Life = Pick<SandboxHandle, 'refresh' | 'reset' | 'seed' | 'snapshot' | 'restore' | 'load'>;

const lifeOf = (wire: Wire, name: string, keep: (sandbox: Sandbox) => Sandbox): Life => {
  const params = { path: { name } };
  const kept = async (answer: Promise<Sandbox>): Promise<Sandbox> => keep(await answer);
  return {
    refresh: () => kept(dataOf(wire.GET('/sandboxes/{name}', { params }))),
    reset: () => kept(dataOf(wire.POST('/sandboxes/{name}/reset', { params }))),
    seed: (body) => kept(dataOf(wire.POST('/sandboxes/{name}/seed', { params, body }))),
    snapshot: (label) => {
      const body = label === undefined ? {} : { label };
      return dataOf(wire.POST('/sandboxes/{name}/snapshots', { params, body }));
    },
    restore: ({ id }) => {
      const path = { name, id };
      const answer = wire.POST('/sandboxes/{name}/snapshots/{id}/restore', { params: { path } });
      return kept(dataOf(answer));
    },
    load: (body) => kept(dataOf(wire.PUT('/sandboxes/{name}/import', { params, body }))),
  };
};

type Contents = Pick<
  SandboxHandle,
  'token' | 'invitations' | 'people' | 'addPerson' | 'removePerson' | 'events' | 'save'
>;

const contentsOf = (wire: Wire, name: string): Contents => {
  const path = { name };
  return {
    token: (body) => dataOf(wire.POST('/sandboxes/{name}/tokens', { params: { path }, body })),
    invitations: async (query = {}) => {
      const answer = wire.GET('/sandboxes/{name}/invitations', { params: { path, query } });
      return (await dataOf(answer)).invitations;
    },
    people: async (query = {}) => {
      const answer = wire.GET('/sandboxes/{name}/people', { params: { path, query } });
      return (await dataOf(answer)).people;
    },
    addPerson: (body) => dataOf(wire.POST('/sandboxes/{name}/people', { params: { path }, body })),
    removePerson: async ({ id }) => {
      await wire.DELETE('/sandboxes/{name}/people/{id}', { params: { path: { name, id } } });
    },
    events: async (query = {}) => {
      const answer = wire.GET('/sandboxes/{name}/events', { params: { path, query } });
      return (await dataOf(answer)).events;
    },
    save: () => dataOf(wire.GET('/sandboxes/{name}/export', { params: { path } })),
  };
};

export const createSandboxHandle = (url: string, wire: Wire, first: Sandbox): SandboxHandle => {
  const { name } = first;
  let current = first;
  const place = { wire, name };
  const end = async (): Promise<void> => {
    await wire.DELETE('/sandboxes/{name}', { params: { path: { name } } });
  };
  return {
    name,
    url,
    get credentials() {
      return current.credentials;
    },
    get organization() {
      return current.organization;
    },
    get env() {
      return current.environment;
    },
    clock: clockOf(place),
    delivery: deliveryOf(place),
    messages: messagesOf(place),
    faults: faultsOf(place),
    traffic: trafficOf(place),
    ...lifeOf(wire, name, (sandbox) => (current = sandbox)),
    ...contentsOf(wire, name),
    delete: end,
    [Symbol.asyncDispose]: end,
  };
};
