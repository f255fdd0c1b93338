// Faults in words, and those that are wanted most.
import type { Fault, FaultRule } from '../wire.ts';

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

const matchText = ({
  operations,
  methods,
  roles,
  first,
  every,
  probability,
}: FaultRule): string => {
  const what = (operations ?? methods)?.join(', ') ?? 'every request';
  const who = roles === undefined ? '' : ` by ${roles.join(', ')}`;
  if (first !== undefined) return `The first ${first} of ${what}${who}`;
  if (every !== undefined) return `One in every ${every} of ${what}${who}`;
  if (probability !== undefined) return `${Math.round(probability * 100)} % of ${what}${who}`;
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}${who}`;
};

const latencyText = ({ kind, ...numbers }: NonNullable<FaultRule['latency']>): string => {
  const parts = Object.entries(numbers).map(([name, value]) => `${name} ${value}`);
  return `late (${kind}: ${parts.join(', ')})`;
};

const effectText = ({
  latency,
  status,
  retry_after: after,
  connection,
  body,
  drip,
}: FaultRule): string => {
  const effects = [
    ...(latency === undefined ? [] : [latencyText(latency)]),
    ...(status === undefined ? [] : [`answered ${status}`]),
    ...(after === undefined ? [] : [`Retry-After ${after} s`]),
    ...(connection === undefined ? [] : [`connection ${connection}`]),
    ...(body === undefined ? [] : [`body ${body}`]),
    ...(drip === undefined ? [] : [`${drip.bytes} bytes every ${drip.every_ms} ms`]),
  ];
  return effects.join(', ') || 'nothing happens to it';
};

/** `The first 2 of invitations_create by OWNER: answered 429, Retry-After 2 s`. */
export const faultText = (fault: FaultRule): string => `${matchText(fault)}: ${effectText(fault)}`;

const addedByServer = ['id', 'seen', 'hit'];

/** As it was asked for, without what the server adds. */
export const asAsked = (fault: Fault): FaultRule =>
  Object.fromEntries(Object.entries(fault).filter(([name]) => !addedByServer.includes(name)));
