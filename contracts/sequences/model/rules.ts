// The rules that a sequence of commands may come to, each with what that takes.
import type { Need } from '../../settings.ts';

const owner: readonly Need[] = ['OWNER'];
const outsider: readonly Need[] = ['OWNER', 'OUTSIDER'];
const invitee: readonly Need[] = ['OWNER', 'INVITEE'];
const accepting: readonly Need[] = [...invitee, 'INVITEE_EMAIL'];
const lower: readonly Need[] = ['OWNER', 'VIEWER'];

export const needsOf = {
  'create.answer': owner,
  'create.starts-pending': owner,
  'create.no-membership': owner,
  'create.inviter': owner,
  'create.organization': owner,
  'create.duplicate-address': owner,
  'create.duplicate-letter-case': owner,
  'create.role-above-own': lower,
  'roles.order': ['OWNER', 'ADMIN'],
  'roles.who-invites': lower,
  'roles.invitation-above-own': lower,
  'retrieve.answer': owner,
  'schema.membership': owner,
  'list.filter-by-email': owner,
  'list.filter-by-role': owner,
  'list.filter-by-state': owner,
  'tenancy.list': outsider,
  'tenancy.address': outsider,
  'tenancy.other-organization': outsider,
  'update.answer': owner,
  'update.email': owner,
  'update.role': owner,
  'update.read-only-fields': owner,
  'update.role-above-own': lower,
  'update.address-taken': owner,
  'update.new-address-is-pending': owner,
  'update.role-alone-keeps-state': owner,
  'update.accepted': accepting,
  'partial-update.answer': owner,
  'partial-update.absent-fields-stay': owner,
  'destroy.answer': owner,
  'destroy.gone': owner,
  'accept.answer': accepting,
  'accept.becomes-accepted': accepting,
  'accept.makes-membership': accepting,
  'accept.member-keeps-membership': accepting,
  'accept.address-must-match': accepting,
  'accept.other-address': invitee,
  'accept.missing': invitee,
  'accept.accepted': accepting,
  'accept.api-key': ['OWNER', 'API_KEY'],
  'accept.anonymous': owner,
  'resend.answer': owner,
  'resend.newest-state': owner,
  'resend.accepted': accepting,
  'lifecycle.becomes-sent': owner,
  'lifecycle.becomes-bounced': ['OWNER', 'BOUNCE_EMAIL'],
  'lifecycle.accepted-is-final': accepting,
  'scope.required-elsewhere': invitee,
  'authentication.missing': owner,
  'authentication.expired-jwt': ['OWNER', 'EXPIRED'],
} as const satisfies Readonly<Record<string, readonly Need[]>>;

export type RuleId = keyof typeof needsOf;

export const isRuleId = (id: string): id is RuleId => id in needsOf;

export const ruleIds = Object.keys(needsOf).filter(isRuleId);
