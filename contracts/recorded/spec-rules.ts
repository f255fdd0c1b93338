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
  return fields.includes(field) ? `schema.${field.replaceAll('_', '-')}` : undefined;
};

/** Undefined where no rule speaks of it: a status that the contract does not have, say. */
export const ruleOfFinding = (
  { location, code }: Finding,
  exchange: Recorded,
): string | undefined => {
  const [, part, ...path] = location;
  if (part === 'header') return headerRules[path[0]?.toLowerCase() ?? ''];
  if (part !== 'body') return undefined;
  if (code === 'invalid-json') return 'media-types.answers-json';
  const field = path.filter((segment) => !/^\d+$/.test(segment)).at(-1) ?? '';
  return ofBody(field, code, exchange);
};
