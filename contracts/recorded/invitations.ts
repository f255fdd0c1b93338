// The rules about invitations in answers, as far as one exchange shows them: what was asked for against what came.
import type { RuleId } from '../../spec/vocabulary.ts';
import { isRecord, isText, type Json } from '../invitation.ts';
import { isSentence } from '../expect.ts';
import { brokenBy, invitationsIn, show } from './recorded.ts';
import type { Complained, Recorded, RecordedRule } from './recorded.ts';

type Operation = NonNullable<Recorded['operation']>;

const isUpdate = (operation: Operation | undefined): boolean =>
  operation === 'invitations_update' || operation === 'invitations_partial_update';

const expecting = (
  rule: RuleId,
  operation: Operation,
  status: number,
  wrong: (answer: Json, exchange: Recorded) => Complained,
): RecordedRule =>
  brokenBy(rule, (exchange) => {
    const isIt = exchange.operation === operation && exchange.entry.status === status;
    return isIt && exchange.json && wrong(exchange.json, exchange);
  });

const isOther = (field: string, sent: Json | undefined, answer: Json): boolean => {
  const [wanted, got] = [sent?.[field], answer[field]];
  if (typeof wanted !== 'string' || wanted.trim() === '') return false;
  if (typeof got !== 'string') return true;
  return field === 'email' ? wanted.trim().toLowerCase() !== got.toLowerCase() : wanted !== got;
};

const echo = (field: string, { sent }: Recorded, answer: Json): Complained =>
  isOther(field, sent, answer)
    ? `sent ${field} ${show(sent?.[field])}, got ${show(answer[field])}`
    : undefined;

const created = (rule: RuleId, wrong: (answer: Json, exchange: Recorded) => Complained) =>
  expecting(rule, 'invitations_create', 201, wrong);

const updated = (field: 'email' | 'role'): RecordedRule =>
  brokenBy(`update.${field}`, (exchange) => {
    const { operation, entry, json } = exchange;
    return isUpdate(operation) && entry.status === 200 && json && echo(field, exchange, json);
  });

const lacking = (field: 'email' | 'role'): RecordedRule =>
  created(`create.requires-${field}`, (_answer, { sent }) =>
    sent !== undefined && (sent[field] ?? null) === null
      ? `201 for a body without ${field}`
      : undefined,
  );

const ofEach = (rule: RuleId, wrong: (invitation: Json) => Complained): RecordedRule =>
  brokenBy(rule, (exchange) => invitationsIn(exchange).map(wrong).find(isText));

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text).toLowerCase();
  } catch {
    return text.toLowerCase();
  }
};

/** What a link leads to says by its own address what it is. */
const linked = (rule: RuleId, operation: Operation): RecordedRule =>
  expecting(rule, operation, 200, ({ url }, { id }) =>
    typeof url === 'string' && !decode(url).includes(`/${decode(id)}/`)
      ? `asked for ${id}, got ${url}`
      : undefined,
  );

export const invitations: readonly RecordedRule[] = [
  created('create.starts-pending', ({ state }) => state !== 'pending' && `state ${show(state)}`),
  created('create.no-membership', ({ membership }) =>
    membership === null ? undefined : `membership ${show(membership)}`,
  ),
  created('schema.email', (answer, exchange) => echo('email', exchange, answer)),
  created('schema.role', (answer, exchange) => echo('role', exchange, answer)),
  lacking('email'),
  lacking('role'),
  updated('email'),
  updated('role'),
  brokenBy('update.requires-both', ({ operation, entry, sent }) => {
    if (operation !== 'invitations_update' || entry.status !== 200 || sent === undefined) {
      return undefined;
    }
    const missing = ['email', 'role'].filter((field) => sent[field] === undefined);
    return missing.length === 0 ? undefined : `200 for a PUT without ${missing.join(' and ')}`;
  }),
  expecting('accept.becomes-accepted', 'invitations_accept_create', 200, ({ state }) =>
    state === 'accepted' ? undefined : `state ${show(state)}`,
  ),
  expecting('accept.makes-membership', 'invitations_accept_create', 200, ({ membership }) =>
    isSentence(membership) ? undefined : `membership ${show(membership)}`,
  ),
  expecting('resend.accepted', 'invitations_resend_create', 200, ({ state }) =>
    state === 'accepted' ? '200 for an accepted invitation' : undefined,
  ),
  brokenBy('update.accepted', ({ operation, entry, json }) =>
    isUpdate(operation) && entry.status === 200 && json?.['state'] === 'accepted'
      ? '200 for an accepted invitation'
      : undefined,
  ),
  brokenBy('schema.id', ({ operation, entry, json, id }) => {
    if (operation?.startsWith('invitations') !== true || id === '' || entry.status !== 200) {
      return undefined;
    }
    const shown = json?.['id'];
    return typeof shown === 'string' && shown.toLowerCase() !== id.toLowerCase()
      ? `asked for ${id}, got ${shown}`
      : undefined;
  }),
  ofEach('schema.url', ({ url, id }) => {
    if (typeof url !== 'string' || typeof id !== 'string') return undefined;
    const isRight = url.toLowerCase().includes(`/invitations/${id.toLowerCase()}/`);
    return !isRight && `the url ${url} of the invitation ${id}`;
  }),
  ofEach('schema.membership', ({ state, membership }) => {
    if (state === 'accepted') return membership === null && 'accepted, and membership is null';
    return typeof membership === 'string' && `${show(state)}, and membership is ${membership}`;
  }),
  ofEach('lifecycle.bounce-reason', ({ state, state_detail: detail }) =>
    state === 'bounced' && detail !== undefined && !isSentence(detail)
      ? 'bounced, and state_detail says nothing'
      : undefined,
  ),
  brokenBy('serviceaccounts.key', ({ operation, entry, json }) => {
    if (entry.status !== 200 || operation?.startsWith('serviceaccounts') !== true) return undefined;
    const shown = Array.isArray(json?.['results']) ? json['results'] : [json];
    return shown.some((one) => isRecord(one) && isSentence(one['apikey']))
      ? 'an apikey is told again'
      : undefined;
  }),
  linked('linked.inviter', 'users_retrieve'),
  linked('linked.membership', 'memberships_retrieve'),
  linked('linked.organization', 'organizations_retrieve'),
];
