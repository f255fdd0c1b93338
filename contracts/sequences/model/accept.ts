// Accepting: by the invited user, once, in every open state; by nobody else.
import type { Asker } from './askers.ts';
import { claimInvitation, drawOnSlot, type CommandKind, type Expectation } from './command.ts';
import type { OnKnown, Refusal } from './command.ts';
import type { Invitation } from '../../invitation.ts';
import {
  allBy,
  claim,
  claimEqual,
  isAccepted,
  isOf,
  isSameAddress,
  linkOf,
  observe,
} from './model.ts';
import type { Claim, Known, Model } from './model.ts';

const refusedAsker = (known: Known, asker: Asker, model: Model): readonly Refusal[] => {
  switch (asker.kind) {
    case 'nobody':
      return [{ status: 401, rule: 'accept.anonymous' }];
    case 'expired':
      return [{ status: 401, rule: 'authentication.expired-jwt' }];
    case 'invitee':
      return isSameAddress(known.email, model.emails.get('<invitee>') ?? '')
        ? []
        : [{ status: 403, rule: 'accept.other-address' }];
    case 'member':
      return [{ status: 403, rule: asker.isUser ? 'accept.other-address' : 'accept.api-key' }];
  }
};

const refusalsOf = (known: Known, asker: Asker, model: Model): readonly Refusal[] => {
  const isElsewhere = asker.kind === 'member' && !isOf(known, asker);
  return [
    ...(known.isGone ? [{ status: 404, rule: 'accept.missing' } as const] : []),
    ...(isAccepted(known) ? [{ status: 404, rule: 'accept.accepted' } as const] : []),
    ...refusedAsker(known, asker, model),
    ...(isElsewhere ? [{ status: 404, rule: 'tenancy.other-organization' } as const] : []),
  ];
};

const claimsOf = (known: Known, model: Model, seen: Invitation): readonly Claim[] => {
  const path = linkOf(seen.membership);
  const membership = model.memberships.get('INVITEE') ?? path;
  if (membership !== null) model.memberships.set('INVITEE', membership);
  known.states = ['accepted'];
  known.membership = path;
  const rule = 'accept.answer';
  known.by = { ...allBy(rule), state: 'accept.becomes-accepted' };
  const isOne = seen.state === 'accepted';
  return [
    claim('accept.becomes-accepted', 'state', isOne, 'the state accepted'),
    claim('accept.makes-membership', 'membership', path !== null, 'a membership'),
    claimEqual('accept.member-keeps-membership', 'membership', path, membership),
    ...observe(known, seen),
  ];
};

/** The INVITEE among few others, so that much is accepted; and nobody, who may ask for that alone. */
const candidates = (askers: readonly Asker[]): readonly Asker[] => {
  const invitees = askers.filter(({ kind }) => kind === 'invitee');
  const nobody = askers.filter(({ kind }) => kind === 'nobody');
  return [...invitees, ...askers, ...askers.flatMap(() => invitees), ...nobody, ...nobody];
};

export const expectAccept = ({ known, asker, model }: OnKnown): Expectation => ({
  refusals: refusalsOf(known, asker, model),
  status: 200,
  rule: 'accept.answer',
  about: known,
  take: (answer) =>
    claimInvitation('accept.answer', answer, (seen) => claimsOf(known, model, seen)),
});

export const accept: CommandKind = {
  weight: 8,
  draw: ({ askers }) => drawOnSlot('invitations_accept_create', candidates(askers)),
};
