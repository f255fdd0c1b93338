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

/** `list` gives the sandboxes that are in memory, `now` milliseconds. */
export const createMemory = (
  limit: number,
  list: () => readonly HostedSandbox[],
  now: () => number = () => performance.now(),
): Memory => {
  let [counted, grown, countedAt] = [0, 0, -Infinity];
  let underWay = 0;
  const count = (): void => {
    if (now() - countedAt < recountMs) return;
    counted = list().reduce((sum, hosted) => sum + weigh(hosted), 0);
    [grown, countedAt] = [0, now()];
  };
  const recount = (): void => {
    countedAt = -Infinity;
    count();
  };
  const fits = (more: number, instead: number): boolean => {
    const used = counted + grown + underWay;
    return used + more - instead <= limit && used + whileMade * more <= most * limit;
  };
  const hasRoom: Memory['hasRoom'] = (more, instead = 0) => {
    if (fits(more, instead)) return true;
    count();
    return fits(more, instead);
  };
  return {
    limit,
    used: () => {
      count();
      return counted + grown;
    },
    hasRoom,
    within: (more, instead, make) => {
      if (!hasRoom(more, instead)) return undefined;
      underWay += more;
      return make().finally(() => {
        underWay -= more;
      });
    },
    whyFull: () => (hasRoom(weights.invitation) ? undefined : tellFull(limit)),
    happened: (event) => {
      grown += growthOf(event);
    },
    changed: recount,
  };
};
