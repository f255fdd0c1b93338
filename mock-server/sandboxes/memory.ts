// One bound on what all sandboxes may weigh together. Weights are reckoned, not measured: what the heap holds is known only
// after it was swept, and then it is too late. The figures are those of worlds that were filled, read and weighed.
import { getHeapStatistics } from 'node:v8';
import { showSize } from '../../settings/size.ts';
import type { HostedEvent, HostedSandbox } from './hosted-sandbox.ts';
import type { SandboxPlan } from './sandbox-plan.ts';

/** In bytes. An invitation with its places in lists and its text as it was answered last. */
const weights = {
  sandbox: 120_000,
  invitation: 1_600,
  person: 700,
  happened: 300,
  message: 700,
  remembered: 300,
} as const;

/** What many-pages makes where nobody says how much. */
const usualSize = 10_000;
/** What happens is told anew a moment later, so that little is reckoned twice. */
const recountMs = 100;
/** While a world takes the place of another one both are there; the new one has not been read yet, and weighs less. */
const [whileMade, most] = [0.6, 1.5] as const;
/** What the process needs without any sandbox, and the share of the rest that sandboxes may have. */
const [itself, share, least] = [100_000_000, 0.6, 10_000_000] as const;

export const usualMemoryLimit = (): number =>
  Math.max(least, (getHeapStatistics().heap_size_limit - itself) * share);

export type Memory = {
  /** In bytes, as are all numbers here. */
  readonly limit: number;
  readonly used: () => number;
  /** Whether so much more fits, in the place of what will be gone. */
  readonly hasRoom: (more: number, instead?: number) => boolean;
  /** Makes what weighs so much, with its place kept free meanwhile; undefined where there is none. Tell `changed` of it. */
  readonly within: <Made>(
    more: number,
    instead: number,
    make: () => Promise<Made>,
  ) => Promise<Made> | undefined;
  /** In words, why not even one more invitation fits; undefined where it does. Asked at every create: it looks at two numbers. */
  readonly whyFull: () => string | undefined;
  readonly happened: (event: HostedEvent) => void;
  /** One is in memory from now on. */
  readonly added: (hosted: HostedSandbox) => void;
  /** One has come or gone. */
  readonly changed: () => void;
};

export const weigh = ({ sandbox, snapshots }: HostedSandbox): number => {
  const { invitations, people, events, messages } = sandbox.counts();
  const remembered = snapshots.list().reduce((sum, { image }) => sum + image.history.length, 0);
  return (
    weights.sandbox +
    weights.invitation * invitations +
    weights.person * people +
    weights.happened * events +
    weights.message * messages +
    weights.remembered * remembered
  );
};

/** Of a history that opens a world: most of what is in it is told by two events. */
export const weighHistory = (history: readonly unknown[]): number =>
  weights.sandbox + (weights.invitation / 2) * history.length;

/** Of a snapshot of it. */
export const weighSnapshot = ({ sandbox }: HostedSandbox): number =>
  2 * weights.remembered * sandbox.counts().invitations;

export const weighPlan = ({ scenario, scenarioSize, world }: SandboxPlan): number => {
  const { invitations = [], people = [] } = world ?? {};
  const made = scenario === 'many-pages' ? (scenarioSize ?? usualSize) : invitations.length;
  return weights.sandbox + weights.invitation * made + weights.person * people.length;
};

export const tellFull = (limit: number): string =>
  `The sandboxes of this server may take ${showSize(limit)} of memory together, and there is no room for this. Delete or reset some, keep less in them, or start the server with a higher --memory-limit.`;

const growthOf = ({ type }: HostedEvent): number => {
  if (type === 'InvitationCreated') return weights.invitation + weights.happened;
  if (type === 'InvitationDestroyed') return weights.happened - weights.invitation;
  return weights.happened;
};

/** False for one that stays. */
export type Unload = (hosted: HostedSandbox) => boolean;

export type MemoryOptions = {
  readonly limit: number;
  /** The sandboxes that are in memory. */
  readonly list: () => readonly HostedSandbox[];
  /** Undefined where what is not in memory would be lost. It comes again when it is asked for. */
  readonly unload: () => Unload | undefined;
};

/** Real milliseconds. What was used just now may be in use still. */
const idleMs = 1_000;

/** Those that can be unloaded, beginning with who was not used for longest. */
const idleOf = (all: readonly HostedSandbox[]): readonly HostedSandbox[] =>
  all
    .filter(({ lastUsedAt, sandbox }) => {
      const isWatched = sandbox.traffic.listeners() > 0 || sandbox.outbox.waiting() > 0;
      return !isWatched && lastUsedAt + idleMs < Date.now();
    })
    .sort((one, other) => one.lastUsedAt - other.lastUsedAt);

/** What is weighed now and then, with what was told since. */
const createScales = ({ limit, list }: Pick<MemoryOptions, 'limit' | 'list'>) => {
  let [counted, grown, countedAt] = [0, 0, -Infinity];
  let underWay = 0;
  const recount = (): void => {
    counted = list().reduce((sum, hosted) => sum + weigh(hosted), 0);
    [grown, countedAt] = [0, performance.now()];
  };
  return {
    used: () => counted + grown,
    count: () => {
      if (performance.now() - countedAt >= recountMs) recount();
    },
    recount,
    grow: (weight: number) => {
      grown += weight;
    },
    /** Kept free for what is being made. */
    reserve: (weight: number) => {
      underWay += weight;
    },
    fits: (more: number, instead: number): boolean => {
      const used = counted + grown + underWay;
      return used + more - instead <= limit && used + whileMade * more <= most * limit;
    },
  };
};

export const createMemory = (options: MemoryOptions): Memory => {
  const { limit, list } = options;
  const { used, count, recount, grow, reserve, fits } = createScales(options);
  const unloadFor = (more: number, instead: number, except?: HostedSandbox): void => {
    const unload = options.unload();
    if (unload === undefined) return;
    for (const hosted of idleOf(list())) {
      if (fits(more, instead)) return;
      if (hosted === except) continue;
      const weight = weigh(hosted);
      if (unload(hosted)) grow(-weight);
    }
  };
  const makeRoom = (more: number, instead: number, except?: HostedSandbox): boolean => {
    if (fits(more, instead)) return true;
    count();
    if (!fits(more, instead)) unloadFor(more, instead, except);
    return fits(more, instead);
  };
  const hasRoom: Memory['hasRoom'] = (more, instead = 0) => makeRoom(more, instead);
  return {
    limit,
    used: () => {
      count();
      return used();
    },
    hasRoom,
    within: (more, instead, make) => {
      if (!hasRoom(more, instead)) return undefined;
      reserve(more);
      return make().finally(() => {
        reserve(-more);
      });
    },
    whyFull: () => (hasRoom(weights.invitation) ? undefined : tellFull(limit)),
    happened: (event) => {
      grow(growthOf(event));
    },
    added: (hosted) => {
      grow(weigh(hosted));
      // Whoever asked for it has yet to come.
      makeRoom(0, 0, hosted);
    },
    changed: recount,
  };
};
