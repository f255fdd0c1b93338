// A fault on the wire: what may be asked for, what contradicts itself, and what is shown of one.
import * as v from 'valibot';
import { roles } from '../../domain/role.ts';
import {
  faultBodies,
  faultConnections,
  faultMethods,
  faultStatuses,
  longestWaitMs,
  violations,
  type FaultEffect,
  type FaultOccasion,
  type FaultRule as SandboxFaultRule,
  type Latency,
} from '../sandbox/fault-rule.ts';
import { OperationId } from './schema/contract-words.ts';
import { named } from './schema/named.ts';
import { choice, kinds, object } from './schema/object.ts';
import { between, maybe, some, text, told, whole } from './schema/values.ts';

const mostFaults = 100;
const milliseconds = between(0, longestWaitMs);
const counted = whole(0, Number.MAX_SAFE_INTEGER);

const FaultLatency = named(
  'FaultLatency',
  'How long an answer is held back. Ten minutes at most.',
  kinds(
    'kind',
    [
      object({ kind: v.literal('fixed'), ms: milliseconds }),
      v.pipe(
        object({ kind: v.literal('uniform'), min_ms: milliseconds, max_ms: milliseconds }),
        v.check(({ min_ms, max_ms }) => min_ms <= max_ms, 'a "max_ms" that is not below "min_ms"'),
      ),
      object({ kind: v.literal('lognormal'), median_ms: milliseconds, sigma: between(0, 5) }),
    ],
    ['fixed', 'uniform', 'lognormal'],
  ),
);

const FaultDrip = named(
  'FaultDrip',
  'An answer that comes in small pieces.',
  object({ bytes: whole(1, 1_000_000), every_ms: whole(1, 60_000) }),
);

const statusWords = `one of ${faultStatuses.join(', ')}`;
const FaultStatus = named(
  'FaultStatus',
  "The answer's status, with the body that the API gives an error. The operation is not carried out.",
  v.picklist(faultStatuses, statusWords),
);

const FaultConnection = named(
  'FaultConnection',
  'The connection is reset before the answer or in the middle of its body, or no answer comes. The operation is carried out all the same.',
  choice(faultConnections),
);

const FaultBody = named(
  'FaultBody',
  'The true answer with its body cut off, made unreadable, or made to break the contract.',
  choice(faultBodies),
);

const FaultViolation = named(
  'FaultViolation',
  'How a body breaks the contract: a field is missing, has a value of another type, is a state that there is not, or is one that the contract does not know.',
  choice(violations),
);

const FaultRole = named(
  'FaultRole',
  "A caller's role; `none` for a caller without one.",
  choice([...roles, 'none'] as const),
);

const rule = {
  operations: maybe(
    'The `operationId`s that it concerns; absent for all.',
    some(OperationId, mostFaults),
  ),
  methods: maybe(
    'The methods that it concerns; absent for all.',
    some(choice(faultMethods), mostFaults),
  ),
  roles: maybe('The callers that it concerns; absent for all.', some(FaultRole, mostFaults)),
  first: maybe('Only the first so many requests that it concerns meet it.', whole(1, 1_000_000)),
  every: maybe('Every so-manieth request that it concerns meets it.', whole(1, 1_000_000)),
  probability: maybe('How likely a request that it concerns meets it.', between(0, 1)),
  seed: maybe(
    "What the chances are drawn from; the sandbox's seed if absent.",
    whole(0, 2 ** 32 - 1),
  ),
  latency: v.exactOptional(FaultLatency),
  status: v.exactOptional(FaultStatus),
  retry_after: maybe(
    'Seconds, for the header `Retry-After`; only with `status`. 1 with 429 if absent, else none.',
    whole(0, 86_400),
  ),
  connection: v.exactOptional(FaultConnection),
  body: v.exactOptional(FaultBody),
  violation: v.exactOptional(FaultViolation),
  drip: v.exactOptional(FaultDrip),
} as const;

const members = object({
  id: maybe('Names it in the traffic; its place in the list, from 1 on, if absent.', text(1, 64)),
  seen: v.exactOptional(counted),
  hit: v.exactOptional(counted),
  skipped: v.exactOptional(counted),
  ...rule,
});

type Members = v.InferOutput<typeof members>;

const areSeveral = (...values: readonly unknown[]): boolean =>
  values.filter((value) => value !== undefined).length > 1;

/** What would be right where the members of a fault do not go together. */
const contradictionIn = (asked: Members): string | undefined => {
  const { first, every, probability, status, connection, body, violation, latency, drip } = asked;
  if (areSeveral(first, every, probability)) {
    return 'only one of "first", "every" and "probability"';
  }
  if (areSeveral(status, connection, body)) {
    return 'only one of "status", "connection" and "body"';
  }
  if (asked.retry_after !== undefined && status === undefined) {
    return '"retry_after" only beside a "status"';
  }
  if (violation !== undefined && body !== 'violating') {
    return '"violation" only beside "body": "violating"';
  }
  if (connection === 'hang' && latency !== undefined) {
    return 'no "latency" beside "connection": "hang", which never answers';
  }
  if ((connection === 'hang' || connection === 'reset-before') && drip !== undefined) {
    return `no "drip" beside "connection": "${connection}", which never answers`;
  }
  return [status, connection, body, latency, drip].every((effect) => effect === undefined)
    ? 'something that goes wrong: "latency", "drip", "status", "connection" or "body"'
    : undefined;
};

export const FaultRule = named(
  'FaultRule',
  'Which requests meet a fault, and what it does. At most one of `first`, `every` and `probability`; at most one of `status`, `connection` and `body`. `latency` and `drip` may stand beside them or alone, but not beside a connection that gives no answer. `violation` belongs to the body `violating`, and is left to chance if absent. `seen`, `hit` and `skipped` are taken and not looked at, so that what GET shows can be sent back.',
  v.pipe(
    members,
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const message = contradictionIn(dataset.value);
      if (message !== undefined) addIssue({ message });
    }),
  ),
);

export const Fault = named(
  'Fault',
  'A fault, and how often it was met.',
  object({
    id: told('Names it in the traffic.', text(1, 64)),
    seen: told('How many requests it concerned that no fault before it took.', counted),
    hit: told('How many requests met it.', counted),
    skipped: told(
      'How many more would have met it, but could not: the answer had no body to change, or 1,000 answers were held back already.',
      counted,
    ),
    ...rule,
  }),
);

const toOccasion = ({ first, every, probability }: Members): FaultOccasion => {
  if (first !== undefined) return { kind: 'first', count: first };
  if (every !== undefined) return { kind: 'every', count: every };
  return probability === undefined ? { kind: 'always' } : { kind: 'probability', probability };
};

/** The least that tells a client when to ask again. [errors.retry-after] */
const defaultRetryAfter = 1;

const toEffect = (asked: Members): FaultEffect | null => {
  const { status, retry_after: retryAfter, connection, body, violation = null } = asked;
  if (status === 429) {
    return { kind: 'status', status, retryAfter: retryAfter ?? defaultRetryAfter };
  }
  if (status !== undefined) return { kind: 'status', status, retryAfter: retryAfter ?? null };
  if (connection !== undefined) return { kind: 'connection', connection };
  if (body === undefined) return null;
  return body === 'violating' ? { kind: 'body', body, violation } : { kind: 'body', body };
};

const toLatency = (asked: NonNullable<Members['latency']>): Latency => {
  switch (asked.kind) {
    case 'fixed':
      return asked;
    case 'uniform':
      return { kind: asked.kind, minMs: asked.min_ms, maxMs: asked.max_ms };
    case 'lognormal':
      return { kind: asked.kind, medianMs: asked.median_ms, sigma: asked.sigma };
    default:
      return asked satisfies never;
  }
};

export const toFaultRule = (asked: Members, id: string): SandboxFaultRule => ({
  id,
  operations: asked.operations ?? null,
  methods: asked.methods ?? null,
  roles: asked.roles ?? null,
  occasion: toOccasion(asked),
  seed: asked.seed ?? null,
  latency: asked.latency === undefined ? null : toLatency(asked.latency),
  effect: toEffect(asked),
  drip: asked.drip === undefined ? null : { bytes: asked.drip.bytes, everyMs: asked.drip.every_ms },
});
