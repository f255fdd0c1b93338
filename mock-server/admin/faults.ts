// GET, PUT and DELETE /_mock/sandboxes/{name}/faults: what goes wrong on purpose, and how often it did.
import type { FaultEffect, FaultOccasion, FaultRule, Latency } from '../sandbox/fault-rule.ts';
import type { CountedFault, Faults } from '../sandbox/faults.ts';
import { replyEmpty, replyJson } from '../web/reply.ts';
import type { SandboxOperation } from './context.ts';
import { createInput, readFields } from './input.ts';
import { badRequest } from './problem.ts';
import { faultList, type AskedFault } from './read-fault.ts';

const presentOccasion = (occasion: FaultOccasion): object => {
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

const presentLatency = (latency: Latency): object => {
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

const presentEffect = (effect: FaultEffect): object => {
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
const presentFault = ({ rule, seen, hit, skipped }: CountedFault): object => {
  const { id, operations, methods, roles, occasion, seed, latency, effect, drip } = rule;
  return {
    id,
    seen,
    hit,
    skipped,
    ...(operations === null ? {} : { operations }),
    ...(methods === null ? {} : { methods }),
    ...(roles === null ? {} : { roles }),
    ...presentOccasion(occasion),
    ...(seed === null ? {} : { seed }),
    ...(latency === null ? {} : { latency: presentLatency(latency) }),
    ...(effect === null ? {} : presentEffect(effect)),
    ...(drip === null ? {} : { drip: { bytes: drip.bytes, every_ms: drip.everyMs } }),
  };
};

const presentFaults = (faults: Faults): object => ({ faults: faults.list().map(presentFault) });

/** Those without an id are called by their places, from 1 on. */
const nameFaults = (asked: readonly AskedFault[]): readonly FaultRule[] => {
  const taken = new Set(asked.map(({ id }) => id));
  return asked.map((fault, place) => {
    if (fault.id !== null) return { ...fault, id: fault.id };
    let id = String(place + 1);
    while (taken.has(id)) id = `${id}'`;
    taken.add(id);
    return { ...fault, id };
  });
};

const findTwice = (asked: readonly AskedFault[]): string | undefined => {
  const ids = asked.map(({ id }) => id).filter((id) => id !== null);
  return ids.find((id, place) => ids.indexOf(id) !== place);
};

export const listFaults: SandboxOperation = ({ hosted }) =>
  replyJson(200, presentFaults(hosted.sandbox.faults));

export const replaceFaults: SandboxOperation = async (context, request) => {
  const { hosted, bodyLimits, contract } = context;
  const body = await readFields(request, bodyLimits);
  if ('refused' in body) return body.refused;
  const input = createInput(body.fields);
  const asked = input.read('faults', faultList(contract.operationIds));
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  if (asked === undefined) return badRequest('The body needs "faults": a list, also an empty one.');
  const twice = findTwice(asked);
  if (twice !== undefined) return badRequest(`Two faults have the id "${twice}"; it names one.`);
  const { faults } = hosted.sandbox;
  faults.replace(nameFaults(asked), hosted.plan.seed);
  return replyJson(200, presentFaults(faults));
};

export const clearFaults: SandboxOperation = ({ hosted }) => {
  hosted.sandbox.faults.clear();
  return replyEmpty(204);
};
