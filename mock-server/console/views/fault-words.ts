// Faults in words, and those that are wanted most.
import type { Fault, FaultRule, OperationId } from '../wire.ts';

export const presets: readonly { readonly label: string; readonly fault: FaultRule }[] = [
  {
    label: '429 for every third create',
    fault: { operations: ['invitations_create'], every: 3, status: 429, retry_after: 2 },
  },
  { label: 'Every answer 2 s late', fault: { latency: { kind: 'fixed', ms: 2_000 } } },
  { label: '500 on list', fault: { operations: ['invitations_list'], status: 500 } },
  { label: 'Connection reset in the middle', fault: { connection: 'reset-during' } },
  { label: '503 once', fault: { first: 1, status: 503, retry_after: 5 } },
  {
    label: 'Body cut short on list',
    fault: { operations: ['invitations_list'], body: 'truncated' },
  },
];

/** What stands in the form and in sentences for an operation. */
export const operationWords: Readonly<Record<OperationId, string>> = {
  invitations_list: 'list',
  invitations_create: 'create',
  invitations_retrieve: 'retrieve',
  invitations_update: 'update (PUT)',
  invitations_partial_update: 'update (PATCH)',
  invitations_destroy: 'delete',
  invitations_accept_create: 'accept',
  invitations_resend_create: 'resend',
  users_list: 'list users',
  users_current_retrieve: 'current user',
  users_retrieve: 'a user',
  users_destroy: 'delete a user',
  memberships_retrieve: 'a membership',
  organizations_retrieve: 'an organization',
  serviceaccounts_list: 'list service accounts',
  serviceaccounts_create: 'create a service account',
  serviceaccounts_retrieve: 'a service account',
  serviceaccounts_destroy: 'delete a service account',
};

const connectionWords = {
  'reset-before': 'the connection is reset before the answer',
  'reset-during': 'the connection is reset in the middle of the answer',
  hang: 'no answer comes',
} as const;

const bodyWords = {
  truncated: 'the body is cut off',
  malformed: 'the body is no JSON',
  violating: 'the body breaks the contract',
} as const;

const matchText = (rule: FaultRule): string => {
  const { operations, methods, roles, first, every, probability } = rule;
  const verbs = methods?.join(' or ');
  const named = operations?.map((operation) => operationWords[operation]).join(' or ');
  const what =
    named === undefined
      ? (verbs ?? 'request')
      : `${named}${verbs === undefined ? '' : ` by ${verbs}`}`;
  const who = roles === undefined ? '' : ` by ${roles.join(' or ')}`;
  if (first === 1) return `The first ${what}${who}`;
  const each = `${what}${who}`.replace(/^[a-z]/, (letter) => letter.toUpperCase());
  if (first !== undefined) return `${each}, the first ${first} times`;
  if (every !== undefined) return `${each}, one time in ${every}`;
  if (probability !== undefined) return `${each}, ${Math.round(probability * 100)} times in 100`;
  return `Every ${what}${who}`;
};

const latencyText = (latency: NonNullable<FaultRule['latency']>): string => {
  if (latency.kind === 'fixed') return `${latency.ms} ms late`;
  if (latency.kind === 'uniform') return `${latency.min_ms} to ${latency.max_ms} ms late`;
  return `about ${latency.median_ms} ms late`;
};

const effectText = (rule: FaultRule): string => {
  const { latency, status, retry_after: after, connection, body, violation, drip } = rule;
  const effects = [
    ...(latency === undefined ? [] : [latencyText(latency)]),
    ...(status === undefined ? [] : [`answered ${status}`]),
    ...(after === undefined ? [] : [`Retry-After ${after} s`]),
    ...(connection === undefined ? [] : [connectionWords[connection]]),
    ...(body === undefined ? [] : [bodyWords[body]]),
    ...(violation === undefined ? [] : [violation]),
    ...(drip === undefined ? [] : [`${drip.bytes} bytes every ${drip.every_ms} ms`]),
  ];
  return effects.join(', ') || 'nothing happens to it';
};

/** `Create by OWNER, the first 2 times: answered 429, Retry-After 2 s`. */
export const faultText = (fault: FaultRule): string => `${matchText(fault)}: ${effectText(fault)}`;

const addedByServer = ['seen', 'hit', 'skipped'];

/** As it was asked for, without what the server adds. */
export const asAsked = (fault: Fault): FaultRule =>
  Object.fromEntries(Object.entries(fault).filter(([name]) => !addedByServer.includes(name)));
