// Which rule a finding of the judge is about: by where it is, the operation and the status.
import type { Finding } from './finding.ts';
import { invitationFields, isRuleId, type RuleId } from './vocabulary.ts';

const answerRules: Readonly<Record<string, RuleId>> = {
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
  users_list: 'users.list',
  users_current_retrieve: 'users.current',
  users_destroy: 'users.destroy',
  serviceaccounts_list: 'serviceaccounts.list',
  serviceaccounts_create: 'serviceaccounts.create',
  serviceaccounts_retrieve: 'serviceaccounts.retrieve',
  serviceaccounts_destroy: 'serviceaccounts.destroy',
};

/** That an operation answers, and with what. */
export const answerRule = (operation: string | undefined): RuleId | undefined =>
  answerRules[operation ?? ''];

const headerRules: Readonly<Record<string, RuleId>> = {
  allow: 'headers.allow',
  location: 'create.location',
  'www-authenticate': 'authentication.challenge',
  'retry-after': 'errors.retry-after',
  'content-type': 'media-types.answers-json',
};

/** The rule about the body of a refusal, by status. */
export const refusalRules: Readonly<Record<number, RuleId>> = {
  401: 'authentication.detail',
  403: 'errors.forbidden-detail',
  404: 'errors.not-found-detail',
  405: 'errors.method-not-allowed',
  406: 'errors.not-acceptable',
  413: 'errors.body-too-large',
  415: 'errors.unsupported-media-type',
  429: 'errors.throttled',
};

const linkedRules: Readonly<Record<string, RuleId>> = {
  users_current_retrieve: 'linked.user-fields',
  users_retrieve: 'linked.user-fields',
  memberships_retrieve: 'linked.membership-fields',
  organizations_retrieve: 'linked.organization-fields',
};

const pageFields = ['count', 'next', 'previous', 'results'];

export type About = {
  readonly operation: string | undefined;
  readonly status: number;
  readonly text: string;
};

const ofRefusal = ({ operation, status }: About): RuleId | undefined => {
  if (status !== 400) return refusalRules[status];
  return operation === 'invitations_list'
    ? 'list.filter-outside-enumeration'
    : 'errors.invalid-body';
};

const known = (id: string): RuleId | undefined => (isRuleId(id) ? id : undefined);

/** What is lacking is named by the message alone. */
const lackingIn = ({ code, message }: Finding): string | undefined =>
  code === 'required' ? /property '([^']+)'/.exec(message)?.[1] : undefined;

const ofBody = (finding: Finding, about: About): RuleId | undefined => {
  const { operation, status } = about;
  if (status >= 400) return ofRefusal(about);
  if (operation === 'invitations_destroy') return 'destroy.answer';
  if (pageFields.includes(lackingIn(finding) ?? '')) return 'pages.every-field';
  const linked = linkedRules[operation ?? ''];
  if (linked !== undefined) return linked;
  if (operation?.startsWith('invitations_') !== true) return answerRule(operation);
  const lacking = lackingIn(finding);
  const path = finding.location.slice(2).filter((part) => !/^\d+$/.test(part));
  const field = path.at(-1) ?? lacking ?? '';
  if (pageFields.includes(field) && operation === 'invitations_list') {
    // Only a link without its beginning is no address.
    return finding.code === 'format' ? 'pages.links-absolute' : known(`pages.${field}`);
  }
  if (lacking !== undefined) return 'schema.every-field';
  return invitationFields.includes(field)
    ? known(`schema.${field.replaceAll('_', '-')}`)
    : answerRule(operation);
};

/** Undefined where no rule speaks of it, which is never taken for documented. */
export const ruleOfFinding = (finding: Finding, about: About): RuleId | undefined => {
  const [, part, name = lackingIn(finding)] = finding.location;
  const isOfMediaType = finding.code === 'media-type' || name?.toLowerCase() === 'content-type';
  // A refusal without a body has no media type to be wrong.
  if (isOfMediaType)
    return about.status >= 400 && about.text === '' ? ofRefusal(about) : 'media-types.answers-json';
  if (part === 'header') {
    const rule = headerRules[name?.toLowerCase() ?? ''];
    const isAccount = about.operation === 'serviceaccounts_create';
    return rule === 'create.location' && isAccount ? 'serviceaccounts.location' : rule;
  }
  if (part === 'body') {
    return finding.code === 'invalid-json' ? 'media-types.answers-json' : ofBody(finding, about);
  }
  return about.status >= 500 || about.status < 400 ? answerRule(about.operation) : undefined;
};
