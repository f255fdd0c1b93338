// Whatever can be done in a sandbox, drawn by chance, and registries to do it in: for tests that hold stores against each other.
import { constantFrom, nat, oneof, record } from 'fast-check';
import { buildScenario } from '../../fixtures/build-scenario.ts';
import { roles } from '../../domain/role.ts';
import { defaultReadings } from '../../spec/vocabulary.ts';
import { nowhere } from '../sandbox/courier.ts';
import { defaultDelivery, deliveryModes } from '../sandbox/delivery-settings.ts';
import { aFault } from '../sandbox/fault.suite.ts';
import { createTokens } from '../adapters/jwt.ts';
import { createFileStore } from '../stores/file.ts';
import type { Store } from '../stores/store.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';
import { captureWorld, restoreWorld } from './keep-world.ts';
import { createRegistry, type Registry, type RegistryOptions } from './registry.ts';
import type { SandboxPlan } from './sandbox-plan.ts';

export const time = { now: 1_800_000_000_000 };

export const plan: SandboxPlan = {
  scenario: 'empty',
  world: null,
  scenarioSize: null,
  seed: 1,
  startTime: null,
  frozen: false,
  faults: [],
  pageSize: 10,
  delivery: defaultDelivery,
  timeToLiveMs: null,
  readings: defaultReadings,
};

export const openRegistry = (
  store: Store,
  options: Partial<Pick<RegistryOptions, 'limit' | 'memoryLimit'>> = {},
): Promise<Registry> =>
  createRegistry({
    ...{
      store,
      plan,
      limit: 1_000,
      secret: 'secret',
      memoryLimit: 1e9,
      createTokens,
      courier: nowhere,
      ...options,
    },
    buildScenario: ({ scenario, seed, scenarioSize }, secret, startAt) => {
      const size = scenarioSize === null ? {} : { size: scenarioSize };
      return buildScenario(scenario, { seed, secret, startAt, ...size });
    },
    now: () => time.now,
    warn: (message) => {
      throw new Error(message);
    },
  });

const pick = <Value>(values: readonly [Value, ...Value[]], number: number): Value =>
  values[number % values.length] ?? values[0];

const idFor = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** One that is there, if there is any. */
const someId = ({ sandbox }: HostedSandbox, number: number): string => {
  const ids = [...sandbox.state().slots.keys()];
  return ids[number % Math.max(ids.length, 1)] ?? idFor(0);
};

const asOwner = ({ sandbox, callers }: HostedSandbox) => {
  const { userId, email } = callers.people.OWNER;
  const scope = { organizationId: callers.organizationId, role: 'OWNER' as const };
  return { at: sandbox.clock.now(), caller: { userId, email, scope } };
};

/** `place` grows with each. The same numbers do the same in all sandboxes, and have the same result. */
type Deed = (hosted: HostedSandbox, number: number, place: number) => unknown;

export const deeds: ReadonlyMap<string, Deed> = new Map<string, Deed>([
  [
    'create',
    (hosted, number, place) => {
      const email = `${number % 3 === 0 ? 'bounce' : 'p'}${number % 12}@example.com`;
      const asked = { ...asOwner(hosted), invitationId: idFor(place), email };
      return hosted.sandbox.execute({
        ...asked,
        type: 'CreateInvitation',
        role: pick(roles, number),
      }).kind;
    },
  ],
  [
    'update',
    (hosted, number) => {
      const on = { ...asOwner(hosted), invitationId: someId(hosted, number) };
      const email = `q${number % 12}@example.com`;
      return hosted.sandbox.execute({ ...on, type: 'UpdateInvitation', email }).kind;
    },
  ],
  ...(['ResendInvitation', 'DestroyInvitation'] as const).map((type): [string, Deed] => [
    type,
    (hosted, number) => {
      const on = { ...asOwner(hosted), invitationId: someId(hosted, number) };
      return hosted.sandbox.execute({ ...on, type }).kind;
    },
  ]),
  [
    'deliver',
    (hosted, number) => {
      const { at } = asOwner(hosted);
      const invitationId = someId(hosted, number);
      const bounceReason = number % 2 === 0 ? null : 'full';
      return hosted.sandbox.execute({ type: 'DeliverInvitation', at, invitationId, bounceReason })
        .kind;
    },
  ],
  [
    'read',
    ({ sandbox }) => {
      sandbox.state();
      sandbox.delivery.countRead();
    },
  ],
  [
    'configure',
    ({ sandbox }, number) => {
      const mode = pick(deliveryModes, number);
      sandbox.delivery.configure({ ...defaultDelivery, mode, delayMs: number % 500 });
    },
  ],
  [
    'turn the clock',
    ({ sandbox: { clock } }, number) => {
      pick([clock.freeze, clock.release, clock.toPresent], number)();
      clock.advance(number);
    },
  ],
  [
    'set faults',
    ({ sandbox }, number) => {
      const probability = 0.5;
      const first = aFault({ occasion: { kind: 'probability', probability } });
      sandbox.faults.replace([first, aFault({ id: 'two' })], number);
    },
  ],
  [
    'meet a fault',
    ({ sandbox }, number) => {
      const request = { operation: null, method: 'GET', role: 'none', isRefused: false } as const;
      const met = sandbox.faults.meet(request);
      if (number % 3 === 0) met?.skip();
      return [met?.rule.id, met?.seed];
    },
  ],
  [
    'clear messages',
    ({ sandbox }) => {
      sandbox.outbox.clear();
    },
  ],
  [
    'keep a snapshot',
    (hosted) => hosted.snapshots.add('one', captureWorld(hosted), time.now) !== undefined,
  ],
  [
    'restore a snapshot',
    async (hosted) => {
      const snapshot = hosted.snapshots.find('one');
      if (snapshot !== undefined) await restoreWorld(hosted, snapshot.image);
    },
  ],
]);

/** All that there is, but for the ids of messages and snapshots, which are each sandbox's own. */
export const shown = ({ sandbox, plan: made, callers, snapshots }: HostedSandbox): string => {
  const kept = snapshots.list().map(({ label, image }) => [label, image]);
  const text = JSON.stringify([sandbox.image(), made, callers, kept]);
  return text.replaceAll(/"letter":\{"id":"[^"]*"/g, '"letter":{');
};

export const step = record({
  what: oneof(
    { weight: 12, arbitrary: constantFrom(...deeds.keys()) },
    { weight: 1, arbitrary: constantFrom('wait', 'reset', 'reopen') },
  ),
  number: nat(1_000),
});

export type Opened = { readonly registry: Registry; readonly close: () => Promise<void> };

export const openFolder = async (folder: string): Promise<Opened> => {
  const store = await createFileStore({
    folder,
    compactBytes: 20_000,
    warn: (message) => {
      throw new Error(message);
    },
  });
  const registry = await openRegistry(store);
  return {
    registry,
    close: () => {
      registry.close();
      return store.close();
    },
  };
};
