// Reads the faults that a client of the testers' API asks for, and refuses those that contradict themselves.
import { roles } from '../../domain/role.ts';
import {
  faultBodies,
  faultConnections,
  faultStatuses,
  longestWaitMs,
  violations,
  type Drip,
  type FaultEffect,
  type FaultOccasion,
  type FaultRule,
  type FaultStatus,
  type Latency,
} from '../sandbox/fault-rule.ts';
import { choice, list, object, text, whole, type Input, type Reader } from './input.ts';

/** Ids are made where none are given. */
export type AskedFault = Omit<FaultRule, 'id'> & { readonly id: string | null };

const mostFaults = 100;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const between =
  (least: number, most: number): Reader<number> =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most
      ? { value }
      : { expected: `a number from ${least} to ${most}` };

const some =
  <Value>(item: Reader<Value>): Reader<readonly Value[]> =>
  (value) =>
    Array.isArray(value) && value.length === 0
      ? { expected: 'a list that is not empty; leave it out to mean all' }
      : list(mostFaults, item)(value);

/** An object of which `read` makes nothing when something is lacking. */
const complete = <Value>(
  words: string,
  read: (input: Input) => Value | undefined,
): Reader<Value> => {
  const reader = object(read);
  return (value) => {
    const parsed = reader(value);
    if (!('value' in parsed)) return parsed;
    return parsed.value === undefined ? { expected: words } : { value: parsed.value };
  };
};

const milliseconds = between(0, longestWaitMs);

const latency = complete<Latency>(
  'an object with "kind" and its numbers: fixed with "ms", uniform with "min_ms" and a "max_ms" that is not below it, lognormal with "median_ms" and "sigma"',
  (input) => {
    const kind = input.read('kind', choice(['fixed', 'uniform', 'lognormal'] as const));
    if (kind === undefined || kind === 'fixed') {
      const ms = input.read('ms', milliseconds);
      return kind === undefined || ms === undefined ? undefined : { kind, ms };
    }
    if (kind === 'uniform') {
      const minMs = input.read('min_ms', milliseconds) ?? Infinity;
      const maxMs = input.read('max_ms', milliseconds) ?? -Infinity;
      return minMs > maxMs ? undefined : { kind, minMs, maxMs };
    }
    const medianMs = input.read('median_ms', milliseconds);
    const sigma = input.read('sigma', between(0, 5));
    return medianMs === undefined || sigma === undefined ? undefined : { kind, medianMs, sigma };
  },
);

const drip = complete<Drip>('an object with "bytes" and "every_ms"', (input) => {
  const bytes = input.read('bytes', whole(1, 1_000_000));
  const everyMs = input.read('every_ms', whole(1, 60_000));
  return bytes === undefined || everyMs === undefined ? undefined : { bytes, everyMs };
});

const status: Reader<FaultStatus> = (value) => {
  const known = faultStatuses.find((one) => one === value);
  return known === undefined
    ? { expected: `one of ${faultStatuses.join(', ')}` }
    : { value: known };
};

type Members = {
  readonly first: number | undefined;
  readonly every: number | undefined;
  readonly probability: number | undefined;
  readonly status: FaultStatus | undefined;
  readonly retryAfter: number | undefined;
  readonly connection: (typeof faultConnections)[number] | undefined;
  readonly body: (typeof faultBodies)[number] | undefined;
  readonly violation: (typeof violations)[number] | undefined;
  readonly asked: Omit<AskedFault, 'occasion' | 'effect'>;
};

const readMembers = (input: Input, operationIds: readonly string[]): Members => {
  const asked = {
    id: input.read('id', text(1, 64)) ?? null,
    operations: input.read('operations', some(choice(operationIds))) ?? null,
    methods: input.read('methods', some(choice(methods))) ?? null,
    roles: input.read('roles', some(choice([...roles, 'none'] as const))) ?? null,
    seed: input.read('seed', whole(0, 2 ** 32 - 1)) ?? null,
    latency: input.read('latency', latency) ?? null,
    drip: input.read('drip', drip) ?? null,
  };
  // What GET tells of a fault may come back with it.
  for (const count of ['seen', 'hit', 'skipped']) input.read(count, whole(0, 2 ** 53 - 1));
  return {
    first: input.read('first', whole(1, 1_000_000)),
    every: input.read('every', whole(1, 1_000_000)),
    probability: input.read('probability', between(0, 1)),
    status: input.read('status', status),
    retryAfter: input.read('retry_after', whole(0, 86_400)),
    connection: input.read('connection', choice(faultConnections)),
    body: input.read('body', choice(faultBodies)),
    violation: input.read('violation', choice(violations)),
    asked,
  };
};

const areSeveral = (...values: readonly unknown[]): boolean =>
  values.filter((value) => value !== undefined).length > 1;

/** What would be right where the members of a fault do not go together. */
const contradictionIn = (members: Members): string | undefined => {
  const { asked, first, every, probability, connection, body, violation, retryAfter } = members;
  if (areSeveral(first, every, probability)) {
    return 'only one of "first", "every" and "probability"';
  }
  if (areSeveral(members.status, connection, body)) {
    return 'only one of "status", "connection" and "body"';
  }
  if (retryAfter !== undefined && members.status === undefined) {
    return '"retry_after" only beside a "status"';
  }
  if (violation !== undefined && body !== 'violating') {
    return '"violation" only beside "body": "violating"';
  }
  if (connection === 'hang' && asked.latency !== null) {
    return 'no "latency" beside "connection": "hang", which never answers';
  }
  if ((connection === 'hang' || connection === 'reset-before') && asked.drip !== null) {
    return `no "drip" beside "connection": "${connection}", which never answers`;
  }
  const does = [
    members.status,
    connection,
    body,
    asked.latency ?? undefined,
    asked.drip ?? undefined,
  ];
  return does.every((effect) => effect === undefined)
    ? 'something that goes wrong: "latency", "drip", "status", "connection" or "body"'
    : undefined;
};

const toOccasion = ({ first, every, probability }: Members): FaultOccasion => {
  if (first !== undefined) return { kind: 'first', count: first };
  if (every !== undefined) return { kind: 'every', count: every };
  return probability === undefined ? { kind: 'always' } : { kind: 'probability', probability };
};

/** The least that tells a client when to ask again. [errors.retry-after] */
const defaultRetryAfter = 1;

const toEffect = ({
  status,
  retryAfter,
  connection,
  body,
  violation,
}: Members): FaultEffect | null => {
  if (status !== undefined) {
    return status === 429
      ? { kind: 'status', status, retryAfter: retryAfter ?? defaultRetryAfter }
      : { kind: 'status', status, retryAfter: retryAfter ?? null };
  }
  if (connection !== undefined) return { kind: 'connection', connection };
  if (body === undefined) return null;
  return body === 'violating'
    ? { kind: 'body', body, violation: violation ?? null }
    : { kind: 'body', body };
};

export const faultList = (operationIds: readonly string[]): Reader<readonly AskedFault[]> => {
  const read = object((input) => readMembers(input, operationIds));
  return list(mostFaults, (value) => {
    const parsed = read(value);
    if (!('value' in parsed)) return parsed;
    const members = parsed.value;
    const expected = contradictionIn(members);
    if (expected !== undefined) return { expected };
    return {
      value: { ...members.asked, occasion: toOccasion(members), effect: toEffect(members) },
    };
  });
};
