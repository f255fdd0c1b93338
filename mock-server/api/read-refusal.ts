// A refusal as the sandbox's readings have it: another status, another form of its body, other words. With the readings of
// the fake itself nothing is changed.
import type { OperationId, ReadingName, Readings, RuleId } from '../../spec/vocabulary.ts';
import { replyJson, type Reply } from '../web/reply.ts';

type StatusReading = {
  readonly reading: ReadingName;
  /** Of the refusal: its own, or those that begin so. */
  readonly rule: RuleId | 'authentication.';
  /** Left out: of every operation. */
  readonly operations?: readonly OperationId[];
  /** Under which a 400 has its messages; left out: `detail`. */
  readonly field?: string;
};

const creating = ['invitations_create'] as const;
const updating = ['invitations_update', 'invitations_partial_update'] as const;

/** The first that fits decides. */
const statusReadings: readonly StatusReading[] = [
  {
    reading: 'duplicate.status',
    rule: 'create.duplicate-address',
    operations: creating,
    field: 'email',
  },
  {
    reading: 'update.address-taken',
    rule: 'create.duplicate-address',
    operations: updating,
    field: 'email',
  },
  {
    reading: 'create.role-above-own',
    rule: 'create.role-above-own',
    operations: creating,
    field: 'role',
  },
  {
    reading: 'update.role-above-own',
    rule: 'create.role-above-own',
    operations: updating,
    field: 'role',
  },
  { reading: 'update.accepted', rule: 'lifecycle.accepted-is-final', operations: updating },
  { reading: 'roles.invitation-above-own', rule: 'roles.invitation-above-own' },
  { reading: 'accept.api-key', rule: 'accept.api-key' },
  {
    reading: 'accept.anonymous',
    rule: 'authentication.missing',
    operations: ['invitations_accept_create'],
  },
  { reading: 'authentication.refused', rule: 'authentication.' },
  { reading: 'scope.required', rule: 'scope.required-elsewhere' },
  { reading: 'tenancy.other-organization', rule: 'errors.not-found-detail' },
  { reading: 'linked.missing', rule: 'linked.missing' },
  { reading: 'pages.wrong', rule: 'pages.beyond-last' },
  { reading: 'list.filter-outside-enumeration', rule: 'list.filter-outside-enumeration' },
  { reading: 'errors.id-not-a-uuid', rule: 'errors.id-not-a-uuid' },
  { reading: 'errors.invalid-body', rule: 'errors.invalid-body' },
  { reading: 'errors.unparsable-body', rule: 'errors.unparsable-body' },
  { reading: 'errors.body-too-large', rule: 'errors.body-too-large' },
  { reading: 'errors.unsupported-media-type', rule: 'errors.unsupported-media-type' },
];

const isStatus = (text: string): boolean => /^[45]\d\d$/.test(text);

const detailOf = ({ body }: Reply): string | undefined => {
  const value: unknown = body === undefined ? undefined : JSON.parse(body);
  return typeof value === 'object' && value !== null && 'detail' in value
    ? String(value.detail)
    : undefined;
};

const withBody = (reply: Reply, value: unknown): Reply => ({
  ...reply,
  body: JSON.stringify(value),
});

const readStatus = (reply: Reply, operation: OperationId | null, readings: Readings): Reply => {
  const { rule = '' } = reply;
  const found = statusReadings.find(
    (it) =>
      (it.rule === rule || (it.rule === 'authentication.' && rule.startsWith(it.rule))) &&
      (it.operations === undefined || (operation !== null && it.operations.includes(operation))),
  );
  const asked = found === undefined ? '' : readings[found.reading];
  if (found === undefined || !isStatus(asked) || Number(asked) === reply.status) return reply;
  const status = Number(asked);
  const { 'www-authenticate': _, ...headers } = reply.headers;
  const detail = detailOf(reply) ?? 'This was refused.';
  const { field } = found;
  const hasMessages = reply.status === 400 && detailOf(reply) === undefined && status === 422;
  if (hasMessages) return { ...reply, status };
  const value = status === 400 && field !== undefined ? { [field]: [detail] } : { detail };
  return { ...replyJson(status, value, headers), ...(reply.rule && { rule: reply.rule }) };
};

const readNoField = (reply: Reply, readings: Readings): Reply => {
  const form = readings['errors.no-field'];
  if (reply.rule !== 'errors.not-an-object' || form === 'non_field_errors') return reply;
  const value: unknown = JSON.parse(reply.body ?? '{}');
  const messages: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'non_field_errors') : [];
  return withBody(reply, form === 'list' ? messages : { [form]: messages });
};

/** The family's stock sentences. */
const familyWords: Readonly<Record<number, string>> = {
  401: 'Authentication credentials were not provided.',
  403: 'You do not have permission to perform this action.',
  404: 'Not found.',
  406: 'Could not satisfy the request Accept header.',
};

const readWording = (reply: Reply, readings: Readings): Reply => {
  const words = familyWords[reply.status];
  return readings['errors.wording'] === 'own' || words === undefined
    ? reply
    : withBody(reply, { detail: words });
};

const readChallenge = (reply: Reply, readings: Readings): Reply =>
  readings['authentication.challenge'] === 'both-schemes' || reply.status !== 401
    ? reply
    : { ...reply, headers: { ...reply.headers, 'www-authenticate': 'Bearer realm="api"' } };

export const readRefusal = (
  reply: Reply,
  operation: OperationId | null,
  readings: Readings,
): Reply => {
  if (reply.status < 400 || reply.rule === undefined) return reply;
  const shaped = readNoField(readStatus(reply, operation, readings), readings);
  return readChallenge(readWording(shaped, readings), readings);
};
