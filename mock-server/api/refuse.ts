// What each refusal of the state machine is in HTTP: the one table of it.
import type { Rejection } from '../../domain/rejections.ts';
import type { RuleId } from '../../spec/vocabulary.ts';
import { replyDetail, type Reply } from '../web/reply.ts';

type Refusal = { readonly status: 403 | 404; readonly rule: RuleId; readonly detail: string };

const refusals: Readonly<Record<Rejection, Refusal>> = {
  'invitation-not-found': {
    status: 404,
    rule: 'errors.not-found-detail',
    detail: 'There is no such invitation, or none that you can see.',
  },
  'invitation-already-accepted': {
    status: 404,
    rule: 'lifecycle.accepted-is-final',
    detail: 'This invitation has been accepted already. It can be read and deleted, nothing else.',
  },
  'invitation-role-above-own': {
    status: 403,
    rule: 'roles.invitation-above-own',
    detail:
      'This invitation is for a role above your own, so you cannot change, resend or delete it.',
  },
  'role-above-own': {
    status: 403,
    rule: 'create.role-above-own',
    detail: 'The role that you ask for is above your own.',
  },
  'role-cannot-invite': {
    status: 403,
    rule: 'roles.who-invites',
    detail: 'Only an OWNER or an ADMIN of an organization invites to it.',
  },
  // Published as 404, although 409 would be the usual choice. [create.duplicate-address]
  'address-already-invited': {
    status: 404,
    rule: 'create.duplicate-address',
    detail: 'An invitation for this address exists already in your organization.',
  },
  'address-not-invited': {
    status: 403,
    rule: 'accept.other-address',
    detail: 'This invitation is for another address than the one that you logged in with.',
  },
  'service-account-cannot-accept': {
    status: 403,
    rule: 'accept.api-key',
    detail:
      'An API key cannot accept an invitation: a service account has no address. Use the JWT of a person.',
  },
  'delivery-not-pending': {
    status: 404,
    rule: 'lifecycle.becomes-sent',
    detail: 'No message of this invitation is waiting to be delivered.',
  },
  'address-already-registered': {
    status: 404,
    rule: 'errors.not-found-detail',
    detail: 'A user with this address is registered already.',
  },
  'user-not-found': {
    status: 404,
    rule: 'linked.missing',
    detail: 'There is no such user, or none that you can see.',
  },
  'role-cannot-manage': {
    status: 403,
    rule: 'users.who-deletes',
    detail: 'Only an OWNER or an ADMIN makes and removes users and service accounts.',
  },
  'user-is-caller': {
    status: 403,
    rule: 'users.who-deletes',
    detail: 'Nobody removes themselves; somebody else has to.',
  },
  'user-role-above-own': {
    status: 403,
    rule: 'users.who-deletes',
    detail: 'The role of this user is above your own.',
  },
  'account-role-above-own': {
    status: 403,
    rule: 'serviceaccounts.who-makes',
    detail: 'The role that the service account is to have is above your own.',
  },
};

export const refuse = (rejection: Rejection): Reply => {
  const { status, rule, detail } = refusals[rejection];
  return replyDetail(status, detail, rule);
};
