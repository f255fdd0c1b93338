// Which rule a finding of the judge is about.
import type { Finding } from '../../spec/finding.ts';
import type { Recorded } from './recorded.ts';
import { refusalRules } from './refusals.ts';

const headerRules: Readonly<Record<string, string>> = {
  allow: 'headers.allow',
  'www-authenticate': 'authentication.challenge',
  'retry-after': 'errors.retry-after',
  'content-type': 'media-types.answers-json',
};

const answerRules: Readonly<Record<string, string>> = {
  invitations_list: 'list.answer',
  invitations_create: 'create.answer',
  invitations_retrieve: 'retrieve.answer',
  invitations_update: 'update.answer',
  invitations_partial_update: 'partial-update.answer',
  invitations_destroy: 'destroy.answer',
  invitations_accept_create: 'accept.answer',
  invitations_resend_create: 'resend.answer',
  users_retrieve: 'linked.inviter',
  memberships_retrieve: 'linked.membership',
  organizations_retrieve: 'linked.organization',
};

/** That an operation answers, and with what. */
export const answerRule = (operation: string | undefined): string | undefined =>
  answerRules[operation ?? ''];

const linkedRules: Readonly<Record<string, string>> = {
  users_retrieve: 'linked.user-fields',
  memberships_retrieve: 'linked.membership-fields',
  organizations_retrieve: 'linked.organization-fields',
};

const fields = [
  ...['url', 'id', 'email', 'role', 'inviter', 'inviter_name'],
  ...['state', 'state_detail', 'membership', 'organization'],
];
const pageFields = ['count', 'next', 'previous', 'results'];

const ofBody = (
  field: string,
  code: string,
  { operation, entry }: Recorded,
): string | undefined => {
  if (entry.status === 400) {
    return operation === 'invitations_list'
      ? 'list.filter-outside-enumeration'
      : 'errors.invalid-body';
  }
  if (entry.status >= 400) return refusalRules[entry.status];
  if (operation === 'invitations_destroy') return 'destroy.answer';
  const linked = linkedRules[operation ?? ''];
  if (linked !== undefined) return linked;
  if (pageFields.includes(field)) return `pages.${field}`;
  if (code === 'required') return 'schema.every-field';
  return fields.includes(field) ? `schema.${field.replaceAll('_', '-')}` : answerRule(operation);
};

/** Undefined where no rule speaks of it: a status that the contract does not have, say. */
export const ruleOfFinding = (
  { location, code, message }: Finding,
  exchange: Recorded,
): string | undefined => {
  const [, part, ...path] = location;
  // What is lacking is named by the message alone.
  const header = path[0] ?? /property '([^']+)'/.exec(message)?.[1] ?? '';
  if (part === 'header') return headerRules[header.toLowerCase()];
  if (part !== 'body') {
    return exchange.entry.status < 300 ? answerRule(exchange.operation) : undefined;
  }
  if (code === 'invalid-json') return 'media-types.answers-json';
  const field = path.filter((segment) => !/^\d+$/.test(segment)).at(-1) ?? '';
  return ofBody(field, code, exchange);
};
