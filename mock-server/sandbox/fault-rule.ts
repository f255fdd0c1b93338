// What goes wrong on purpose: which requests a fault concerns, how often it strikes, and what it does to them.
import type { OperationId } from '../../spec/vocabulary.ts';
import type { Role } from '../../domain/role.ts';
import type { Random } from './random.ts';

/** `none`: without credentials that are good, or without an organization. */
export type FaultRole = Role | 'none';

export const faultStatuses = [429, 500, 502, 503, 504] as const;
export type FaultStatus = (typeof faultStatuses)[number];

export const faultConnections = ['reset-before', 'reset-during', 'hang'] as const;
export type FaultConnection = (typeof faultConnections)[number];

export const faultBodies = ['truncated', 'malformed', 'violating'] as const;

export const faultMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type FaultMethod = (typeof faultMethods)[number];

export const violations = ['missing-field', 'wrong-type', 'unknown-state', 'extra-field'] as const;
export type Violation = (typeof violations)[number];

export type Latency =
  | { readonly kind: 'fixed'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: 'lognormal'; readonly medianMs: number; readonly sigma: number };

/** An answer in pieces of so many bytes. */
export type Drip = { readonly bytes: number; readonly everyMs: number };

export type FaultOccasion =
  | { readonly kind: 'always' }
  | { readonly kind: 'first' | 'every'; readonly count: number }
  | { readonly kind: 'probability'; readonly probability: number };

export type FaultEffect =
  /** Retry-After is in seconds; 429 always has one. [errors.retry-after] */
  | { readonly kind: 'status'; readonly status: 429; readonly retryAfter: number }
  /** Null for none. */
  | {
      readonly kind: 'status';
      readonly status: Exclude<FaultStatus, 429>;
      readonly retryAfter: number | null;
    }
  | { readonly kind: 'connection'; readonly connection: FaultConnection }
  | { readonly kind: 'body'; readonly body: 'truncated' | 'malformed' }
  /** A violation of null is left to chance. */
  | { readonly kind: 'body'; readonly body: 'violating'; readonly violation: Violation | null };

export type FaultRule = {
  readonly id: string;
  /** Null: all. */
  readonly operations: readonly OperationId[] | null;
  readonly methods: readonly FaultMethod[] | null;
  readonly roles: readonly FaultRole[] | null;
  readonly occasion: FaultOccasion;
  /** Null: that of the sandbox. */
  readonly seed: number | null;
  readonly latency: Latency | null;
  readonly effect: FaultEffect | null;
  readonly drip: Drip | null;
};

/** What a rule looks at. */
export type FaultyRequest = {
  readonly operation: string | null;
  readonly method: string;
  readonly role: FaultRole;
  /** What comes before the rate of requests has been looked at has refused it already. [order.scope-before-rate] */
  readonly isRefused: boolean;
};

export const longestWaitMs = 600_000;

export const concerns = (rule: FaultRule, request: FaultyRequest): boolean => {
  const { operations, methods, roles, effect } = rule;
  const { operation, method, role, isRefused } = request;
  if (operations !== null && (operation === null || !operations.some((one) => one === operation)))
    return false;
  if (methods !== null && !methods.some((one) => one === method)) return false;
  if (roles !== null && !roles.includes(role)) return false;
  return !(isRefused && effect?.kind === 'status' && effect.status === 429);
};

/** `place` counts the requests that a rule concerns, from 1 on. */
export const strikes = (occasion: FaultOccasion, place: number, random: Random): boolean => {
  switch (occasion.kind) {
    case 'always':
      return true;
    case 'first':
      return place <= occasion.count;
    case 'every':
      return place % occasion.count === 0;
    case 'probability':
      return random() < occasion.probability;
    default:
      return occasion satisfies never;
  }
};

/** Box and Muller's way from two even chances to one of the normal distribution. */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** In milliseconds, at most `longestWaitMs`. */
export const drawDelay = (latency: Latency | null, random: Random): number => {
  if (latency === null) return 0;
  switch (latency.kind) {
    case 'fixed':
      return latency.ms;
    case 'uniform':
      return latency.minMs + random() * (latency.maxMs - latency.minMs);
    case 'lognormal':
      return Math.min(latency.medianMs * Math.exp(latency.sigma * normal(random)), longestWaitMs);
    default:
      return latency satisfies never;
  }
};
