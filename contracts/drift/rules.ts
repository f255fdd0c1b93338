// Which rule a difference is about: of a refusal by the fake, the one that its traffic tells; of any other answer, the one
// that a finding at the same place would be about, or what an operation's own rule says of that field.
import { answerRule, ruleOfFinding } from '../../spec/rule-of-finding.ts';
import type { Difference } from './difference.ts';
import { changesAddress, fieldsOf, isUpdate } from './facts.ts';
import type { Lap } from './lap.ts';
import { keySlotOf } from './step.ts';

/** What an operation's answer says of its command, by field. */
const fieldRules: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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

const ofUpdate = ({ asking }: Lap, field: string): string | undefined => {
  if (!isUpdate(asking.operation)) return undefined;
  const isSent = fieldsOf(asking)[field] !== undefined;
  if (field === 'email' || field === 'role') {
    return isSent ? `update.${field}` : 'partial-update.absent-fields-stay';
  }
  if (field === 'state' && !isSent) {
    return changesAddress(asking)
      ? 'update.new-address-is-pending'
      : 'update.role-alone-keeps-state';
  }
  return isSent ? 'update.read-only-fields' : undefined;
};

const filters = ['role', 'state', 'email'] as const;

/** Which items a list has is the business of what narrows it. */
const ofList = ({ asking }: Lap, { path, fake, deployment }: Difference): string | undefined => {
  const filter = filters.find((name) => (asking.query?.[name] ?? '') !== '');
  if (/^body\.results\.filtered\./.test(path))
    return `list.filter-by-${path.split('.').at(-1) ?? ''}`;
  if (path === 'body.results.begins') return 'list.oldest-first';
  if (/^body\.(count|results)$/.test(path) && filter !== undefined)
    return `list.filter-by-${filter}`;
  if (!/^body\.(next|previous)$/.test(path) || fake === 'null' || deployment === 'null') {
    return undefined;
  }
  const isAbsolute = (address: string): boolean => address.startsWith('<base>');
  if (isAbsolute(fake) !== isAbsolute(deployment)) return 'pages.links-absolute';
  const withoutPage = (address: string): string =>
    address.replace(/page=\d+&?/, '').replace(/[?&]$/, '');
  return withoutPage(fake) === withoutPage(deployment) ? undefined : 'pages.links-keep-filters';
};

const ofAccount = ({ asking }: Lap, { path, fake, deployment }: Difference): string | undefined => {
  const field = path.split('.').at(-1) ?? '';
  if (keySlotOf(asking.as) !== undefined && /^(?:id|url)$/.test(field))
    return 'serviceaccounts.key';
  if (field === 'id') {
    return [fake, deployment].every((id) => id.startsWith('<user:'))
      ? 'serviceaccounts.same-id'
      : 'users.id';
  }
  if (field === 'type') return 'users.type';
  if (field === 'role' && fieldsOf(asking)['role'] === undefined) return 'serviceaccounts.role';
  return /_at$/.test(field) ? 'linked.times' : undefined;
};

const ofValue = (lap: Lap, difference: Difference): string | undefined => {
  const { step, asking } = lap;
  const field = difference.path.split('.').at(-1) ?? '';
  if (asking.operation === 'invitations_list') return ofList(lap, difference);
  if (difference.deployment === '(absent)') return undefined;
  if (/^(?:users|serviceaccounts)_/.test(asking.operation)) return ofAccount(lap, difference);
  if (step.kind === 'settle' && field === 'state') {
    return `lifecycle.becomes-${difference.fake === 'bounced' ? 'bounced' : 'sent'}`;
  }
  if (field === 'state_detail' && difference.fake === '<text>') return 'lifecycle.bounce-reason';
  return ofUpdate(lap, field) ?? fieldRules[asking.operation]?.[field];
};

/** Undefined where no rule speaks of it. */
export const ruleOf = (lap: Lap, difference: Difference): string | undefined => {
  const { asking, fake, forms } = lap;
  const status = typeof forms.fake.status === 'number' ? forms.fake.status : 0;
  const { operation } = asking;
  const [part = '', ...names] = difference.path.split('.');
  if (part === 'status') {
    const isBare = operation === 'invitations_partial_update' && asking.content === undefined;
    return status >= 400
      ? lap.rule
      : isBare
        ? 'partial-update.body-optional'
        : answerRule(operation);
  }
  const own = part === 'body' && status < 400 ? ofValue(lap, difference) : undefined;
  if (own !== undefined) return own;
  const isLacking = difference.deployment === '(absent)';
  const location = ['response', part === 'headers' ? 'header' : 'body', ...names];
  const finding = {
    ...{ location: isLacking && part === 'body' ? location.slice(0, -1) : location },
    ...{ severity: 'error' as const, code: isLacking ? 'required' : 'type' },
    message: isLacking ? `must have required property '${names.at(-1) ?? ''}'` : '',
  };
  return ruleOfFinding(finding, { operation, status, text: fake.reply?.text ?? '' });
};
