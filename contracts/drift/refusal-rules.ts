// Which rules a refusal by the fake stands for: one for its status, one for what its body looks like.
import { isUpdate, type Facts } from './facts.ts';
import type { Lap } from './lap.ts';
import { members, type Asking } from './step.ts';

type Refusal = { readonly status: string | undefined; readonly body: string };

const unauthorized: Readonly<Record<string, string>> = {
  EXPIRED: 'authentication.expired-jwt',
  'an unknown scheme': 'authentication.unknown-scheme',
  'a wrong key': 'authentication.wrong-key',
  'a malformed JWT': 'authentication.malformed-jwt',
};

const outranks = (one: string, other: string): boolean => {
  const rank = (role: string): number => members.findIndex((member) => member === role);
  return rank(one) !== -1 && rank(other) !== -1 && rank(one) < rank(other);
};

const isApiKey = ({ fake }: Lap): boolean =>
  /^api-key\s/i.test(fake.message.headers['authorization'] ?? '');

const wantedRole = ({ content }: Asking): string =>
  content !== undefined && 'fields' in content ? String(content.fields['role']) : '';

const ofForbidden = (lap: Lap): string => {
  const { operation, as } = lap.asking;
  if (operation === 'invitations_accept_create') {
    return isApiKey(lap) ? 'accept.api-key' : 'accept.other-address';
  }
  if (as === 'INVITEE') return 'scope.required-elsewhere';
  if (operation === 'invitations_create') {
    return outranks(wantedRole(lap.asking), as) ? 'create.role-above-own' : 'roles.who-invites';
  }
  const isAbove = lap.facts !== undefined && outranks(lap.facts.role, as);
  return isUpdate(operation) && !isAbove ? 'update.role-above-own' : 'roles.invitation-above-own';
};

const isElsewhere = ({ as }: Asking, facts: Facts | undefined): boolean =>
  facts !== undefined && (as === 'OUTSIDER') !== (facts.maker === 'OUTSIDER');

const ofPage = (page: string): string => {
  if (!/^[+-]?\d+$/.test(page)) return 'pages.not-a-number';
  return Number(page) > 0 ? 'pages.beyond-last' : 'pages.zero-or-negative';
};

const ofNotFound = ({ asking, facts }: Lap): string | undefined => {
  const { operation, on, as } = asking;
  if (operation === 'invitations_list') return ofPage(asking.query?.['page'] ?? '');
  if (operation === 'invitations_create') {
    const isUpper = JSON.stringify(asking.content ?? '').includes('<EMAIL');
    return isUpper ? 'create.duplicate-letter-case' : 'create.duplicate-address';
  }
  if (on === 'no UUID') return 'errors.id-not-a-uuid';
  if (!operation.startsWith('invitations_')) return 'linked.missing';
  const isAccept = operation === 'invitations_accept_create';
  if (facts?.accepted === true && !facts.deleted && as !== 'OUTSIDER') {
    if (isAccept) return 'accept.accepted';
    if (isUpdate(operation)) return 'update.accepted';
    if (operation === 'invitations_resend_create') return 'resend.accepted';
  }
  if (isAccept) return 'accept.missing';
  if (isElsewhere(asking, facts)) return 'tenancy.other-organization';
  if (facts?.deleted === true) return 'destroy.gone';
  return isUpdate(operation) && facts !== undefined ? 'update.address-taken' : undefined;
};

const ofInvalid = ({ asking, forms }: Lap): string => {
  if (asking.operation === 'invitations_list') return 'list.filter-outside-enumeration';
  const body = JSON.stringify(forms.fake.body);
  if (body.includes('"non_field_errors"')) return 'errors.not-an-object';
  if (body.includes('"detail"')) return 'errors.unparsable-body';
  const { content, operation } = asking;
  const isEmpty = content === undefined || ('text' in content && content.text === '');
  if (isEmpty) return 'errors.no-body';
  const lacking =
    'fields' in content ? ['email', 'role'].filter((it) => !(it in content.fields)) : [];
  if (lacking.length === 0 || operation === 'invitations_partial_update') {
    return 'errors.invalid-body';
  }
  return operation === 'invitations_create'
    ? `create.requires-${lacking[0] ?? ''}`
    : 'update.requires-both';
};

/** Undefined for a status that no rule is about. */
export const refusalOf = (lap: Lap, status: number): Refusal | undefined => {
  const { as, operation } = lap.asking;
  switch (status) {
    case 400: {
      const rule = ofInvalid(lap);
      return { status: rule, body: /requires/.test(rule) ? 'errors.invalid-body' : rule };
    }
    case 401: {
      const isAnonymousAccept = as === 'NOBODY' && operation === 'invitations_accept_create';
      const missing = isAnonymousAccept ? 'accept.anonymous' : 'authentication.missing';
      return { status: unauthorized[as] ?? missing, body: 'authentication.detail' };
    }
    case 403:
      return { status: ofForbidden(lap), body: 'errors.forbidden-detail' };
    case 404:
      return { status: ofNotFound(lap), body: 'errors.not-found-detail' };
    case 405:
      return { status: 'errors.method-not-allowed', body: 'errors.method-not-allowed' };
    case 406:
      return { status: 'errors.not-acceptable', body: 'errors.not-acceptable' };
    case 415:
      return { status: 'errors.unsupported-media-type', body: 'errors.unsupported-media-type' };
    default:
      return undefined;
  }
};
