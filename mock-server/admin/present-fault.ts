// What is shown of a fault: as it was asked for, with how often it was met.
import type * as v from 'valibot';
import type { FaultEffect, FaultOccasion, FaultRule, Latency } from '../sandbox/fault-rule.ts';
import type { CountedFault } from '../sandbox/faults.ts';
import type { Fault } from './fault.ts';

type Wire = v.InferInput<typeof Fault>;

const presentOccasion = (
  occasion: FaultOccasion,
): Pick<Wire, 'first' | 'every' | 'probability'> => {
  switch (occasion.kind) {
    case 'always':
      return {};
    case 'first':
    case 'every':
      return { [occasion.kind]: occasion.count };
    case 'probability':
      return { probability: occasion.probability };
    default:
      return occasion satisfies never;
  }
};

const presentLatency = (latency: Latency): NonNullable<Wire['latency']> => {
  const { kind } = latency;
  switch (kind) {
    case 'fixed':
      return latency;
    case 'uniform':
      return { kind, min_ms: latency.minMs, max_ms: latency.maxMs };
    case 'lognormal':
      return { kind, median_ms: latency.medianMs, sigma: latency.sigma };
    default:
      return latency satisfies never;
  }
};

const presentEffect = (
  effect: FaultEffect,
): Pick<Wire, 'status' | 'retry_after' | 'connection' | 'body' | 'violation'> => {
  switch (effect.kind) {
    case 'status': {
      const { status, retryAfter } = effect;
      return retryAfter === null ? { status } : { status, retry_after: retryAfter };
    }
    case 'connection':
      return { connection: effect.connection };
    case 'body': {
      const { body } = effect;
      return body === 'violating' && effect.violation !== null
        ? { body, violation: effect.violation }
        : { body };
    }
    default:
      return effect satisfies never;
  }
};

/** Members that were not given are absent, so that what is shown can be sent back. */
export const presentFaultRule = (rule: FaultRule): Omit<Wire, 'seen' | 'hit' | 'skipped'> => {
  const { id, operations, methods, roles, occasion, seed, latency, effect, drip } = rule;
  return {
    id,
    ...(operations === null ? {} : { operations: [...operations] }),
    ...(methods === null ? {} : { methods: [...methods] }),
    ...(roles === null ? {} : { roles: [...roles] }),
    ...presentOccasion(occasion),
    ...(seed === null ? {} : { seed }),
    ...(latency === null ? {} : { latency: presentLatency(latency) }),
    ...(effect === null ? {} : presentEffect(effect)),
    ...(drip === null ? {} : { drip: { bytes: drip.bytes, every_ms: drip.everyMs } }),
  };
};

export const presentFault = ({ rule, seen, hit, skipped }: CountedFault): Wire => ({
  ...presentFaultRule(rule),
  seen,
  hit,
  skipped,
});
