// Which rule of spec/rules.yaml a difference is about: by the operation, what the fake answered, and where they differ.
import type { Difference } from './difference.ts';
import { fieldsOf, isUpdate, type Facts } from './facts.ts';
import type { Lap } from './lap.ts';
import { refusalOf } from './refusal-rules.ts';
import type { Asking } from './step.ts';

const answers: Readonly<Record<string, string>> = {
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

const ofHeader = (name: string, status: number | string): string | undefined => {
  if (name === 'location' && status === 201) return 'create.location';
  if (name === 'allow') return status === 405 ? 'errors.allowed-methods' : 'headers.allow';
  if (name === 'content-type') return 'media-types.answers-json';
  if (name === 'www-authenticate') return 'authentication.challenge';
  return name === 'retry-after' ? 'errors.retry-after' : undefined;
};

const fieldRules: Readonly<Record<string, string>> = {
  url: 'schema.url',
  id: 'schema.id',
  email: 'schema.email',
  role: 'schema.role',
  inviter: 'schema.inviter',
  inviter_name: 'schema.inviter-name',
  state: 'schema.state',
  state_detail: 'schema.state-detail',
  membership: 'schema.membership',
  organization: 'schema.organization',
};

/** Where an operation has a rule of its own for a field. */
const operationRules: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  invitations_create: {
    state: 'create.starts-pending',
    membership: 'create.no-membership',
    inviter: 'create.inviter',
    organization: 'create.organization',
  },
  invitations_accept_create: {
    state: 'accept.becomes-accepted',
    membership: 'accept.makes-membership',
  },
  invitations_resend_create: { state: 'resend.back-to-pending' },
};

const ofUpdate = (asking: Asking, field: string, facts: Facts | undefined): string | undefined => {
  if (!isUpdate(asking.operation)) return undefined;
  const sent = fieldsOf(asking);
  if (field === 'email' || field === 'role') {
    return sent[field] === undefined ? 'partial-update.absent-fields-stay' : `update.${field}`;
  }
  if (field === 'state' && sent['email'] === undefined) return 'update.role-alone-keeps-state';
  if (field === 'state' && facts?.accepted !== true) return 'update.new-address-is-pending';
  return sent[field] === undefined ? undefined : 'update.read-only-fields';
};

const ofField = ({ step, asking, facts }: Lap, { path, fake }: Difference): string | undefined => {
  const field = path.split('.').at(-1) ?? '';
  if (step.kind === 'settle' && field === 'state') {
    return fake === 'bounced' ? 'lifecycle.becomes-bounced' : 'lifecycle.becomes-sent';
  }
  if (field === 'state_detail' && fake === '<text>') return 'lifecycle.bounce-reason';
  return (
    ofUpdate(asking, field, facts) ?? operationRules[asking.operation]?.[field] ?? fieldRules[field]
  );
};

const ofPage = ({ asking }: Lap, path: string): string | undefined => {
  const [, part, ...rest] = path.split('.');
  const { role, state, email } = asking.query ?? {};
  const field = rest.at(-1) ?? '';
  const crossed = [
    ...((role ?? '') === '' ? [] : ['list.filter-by-role']),
    ...((state ?? '') === '' ? [] : ['list.filter-by-state']),
    ...((email ?? '') === '' ? [] : ['list.filter-by-email']),
  ];
  if (rest[0] === 'filtered') return field === 'state' ? 'list.filter-by-state' : crossed[0];
  if (part === 'next' || part === 'previous') return `pages.${part}`;
  if (part === 'count' || (part === 'results' && rest.length === 0)) {
    return crossed[0] ?? (part === 'count' ? 'pages.count' : 'pages.results');
  }
  return rest[0] === 'fields' ? 'schema.every-field' : fieldRules[field];
};

const ofLinked = ({ asking }: Lap): string | undefined => {
  if (asking.operation === 'users_retrieve') return 'linked.user-fields';
  if (asking.operation === 'memberships_retrieve') return 'linked.membership-fields';
  return asking.operation === 'organizations_retrieve' ? 'linked.organization-fields' : undefined;
};

const withoutPage = (address: string): string =>
  address.replace(/page=\d+&?/, '').replace(/[?&]$/, '');

const ofLink = ({ path, fake, deployment }: Difference): string | undefined => {
  if (!/^body\.(next|previous)$/.test(path)) return undefined;
  if (fake === 'null' || deployment === 'null') return `pages.${path.slice('body.'.length)}`;
  if (fake.startsWith('<base>') !== deployment.startsWith('<base>')) return 'pages.links-absolute';
  return withoutPage(fake) === withoutPage(deployment)
    ? `pages.${path.slice('body.'.length)}`
    : 'pages.links-keep-filters';
};

/** Undefined where no rule speaks of it. */
export const ruleOf = (lap: Lap, difference: Difference): string | undefined => {
  const { status } = lap.forms.fake;
  const { path } = difference;
  if (path.startsWith('headers.')) return ofHeader(path.slice('headers.'.length), status);
  const refusal = typeof status === 'number' && status >= 400 ? refusalOf(lap, status) : undefined;
  if (refusal !== undefined) return path === 'status' ? refusal.status : refusal.body;
  if (path === 'status') {
    const isBare =
      lap.asking.operation === 'invitations_partial_update' && lap.asking.content === undefined;
    return isBare ? 'partial-update.body-optional' : answers[lap.asking.operation];
  }
  if (lap.asking.operation === 'invitations_destroy') return 'destroy.answer';
  if (difference.deployment === '(absent)' && path.startsWith('body.')) {
    return (
      ofLinked(lap) ??
      (/^body\.(count|next|previous|results)$/.test(path)
        ? `pages.${path.slice(5)}`
        : 'schema.every-field')
    );
  }
  if (lap.asking.operation === 'invitations_list') return ofLink(difference) ?? ofPage(lap, path);
  return ofLinked(lap) ?? ofField(lap, difference);
};
