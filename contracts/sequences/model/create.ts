// Inviting: to a fresh address, one that is taken, or one that exists once; in small letters or capitals.
import fc from 'fast-check';
import type { Invitation } from '../../invitation.ts';
import { isRole } from '../../../spec/vocabulary.ts';
import { roles, type Role } from '../../settings.ts';
import { create as invite } from '../build-step.ts';
import { isAbove, isSurelyAbove, isSurelyWithin, mayInvite, type Asker } from './askers.ts';
import {
  claimInvitation,
  drawAsker,
  isShared,
  rarely,
  refusedCredentials,
  slots,
} from './command.ts';
import type { CommandKind, Expectation, Refusal, Subject, World } from './command.ts';
import { claim, claimEqual, findHolder, isSameAddress, linkOf } from './model.ts';
import { allBy, outcomeFor, ruleOfOutcome } from './model.ts';
import type { Claim, Known, Model } from './model.ts';
import type { RuleId } from './rules.ts';

type Wish = {
  readonly asker: Asker;
  readonly slot: number;
  readonly email: string;
  readonly role: Role;
};

const refusalsOf = ({ asker, email, role }: Wish, model: Model): readonly Refusal[] => {
  const credentials = refusedCredentials(asker);
  if (credentials.length > 0) return credentials;
  const holder = findHolder(model, asker.organization, email);
  if (!mayInvite(asker) && !isSurelyAbove(role, asker.role))
    return [{ status: 403, rule: 'roles.who-invites' }];
  const aboveOwn = isSurelyAbove(role, asker.role) ? 'create.role-above-own' : 'roles.order';
  const duplicate =
    holder?.email === email ? 'create.duplicate-address' : 'create.duplicate-letter-case';
  return [
    ...(isAbove(role, asker.role) ? [{ status: 403, rule: aboveOwn } as const] : []),
    ...(holder === undefined ? [] : [{ status: 404, rule: duplicate } as const]),
  ];
};

const successOf = ({ asker, email, role }: Wish, model: Model): RuleId => {
  if (!isSurelyWithin(role, asker.role)) return 'roles.order';
  const isElsewhere = model.all.some(
    (one) =>
      !one.isGone && one.organization !== asker.organization && isSameAddress(one.email, email),
  );
  if (isElsewhere) return 'tenancy.address';
  // An address that was free again is no more than what deleting promises.
  const wasDeleted = model.all.some((one) => one.isGone && isSameAddress(one.email, email));
  return wasDeleted ? 'destroy.gone' : 'create.answer';
};

const toKnown = (wish: Wish, model: Model, made: Invitation): Known => {
  const outcome = outcomeFor(model, wish.email);
  return {
    slot: wish.slot,
    id: made.id,
    organization: wish.asker.organization,
    inviter: linkOf(made.inviter) ?? '',
    organizationPath: linkOf(made.organization) ?? '',
    email: made.email,
    role: wish.role,
    states: ['pending', outcome],
    outcome,
    membership: null,
    isGone: false,
    by: { ...allBy('create.answer'), state: ruleOfOutcome({ outcome }), links: 'create.inviter' },
  };
};

const claimsOf = (wish: Wish, model: Model, made: Invitation): readonly Claim[] => {
  const known = toKnown(wish, model, made);
  const { asker, email, role } = wish;
  const inviter = model.inviters.get(asker.name) ?? known.inviter;
  const organization = model.organizations.get(asker.organization) ?? known.organizationPath;
  const isNew = model.all.every(({ id }) => id !== made.id);
  model.slots.set(wish.slot, known);
  model.all.push(known);
  model.inviters.set(asker.name, inviter);
  model.organizations.set(asker.organization, organization);
  const answer = 'create.answer';
  return [
    claim(answer, 'id', isNew, 'an id of its own'),
    claim(answer, 'email', isSameAddress(made.email, email), `the email ${email}`),
    claimEqual(answer, 'role', made.role, role),
    claim('create.starts-pending', 'state', made.state === 'pending', 'the state pending'),
    claim('create.no-membership', 'membership', made.membership === null, 'no membership'),
    claimEqual('create.inviter', 'inviter', known.inviter, inviter),
    claimEqual('create.organization', 'organization', known.organizationPath, organization),
  ];
};

/** A body that is refused is nothing that the model knows of. */
export const expectCreate = ({ step, asker, model, fields }: Subject): Expectation | undefined => {
  const { email = '', role = '' } = fields;
  if (!email.includes('@') || !isRole(role)) return undefined;
  const wish: Wish = { asker, slot: step.makes ?? 0, email, role };
  return {
    refusals: refusalsOf(wish, model),
    status: 201,
    rule: successOf(wish, model),
    take: (answer) =>
      claimInvitation('create.answer', answer, (made) => claimsOf(wish, model, made)),
  };
};

const draw = ({ askers, addresses }: World) =>
  fc
    .record({
      asker: drawAsker(askers),
      slot: fc.constantFrom(...slots),
      // What is accepted is more than what is not.
      name: fc.constantFrom(...addresses, ...addresses.filter((name) => name === '<invitee>')),
      role: fc.constantFrom(...roles.toReversed()),
      capitals: rarely,
    })
    .map(({ asker, slot, name, role, capitals }) => {
      // A membership of the INVITEE in the OUTSIDER's organization would stay there.
      if (isShared(name) && asker.organization === 'theirs') return undefined;
      return invite(slot, { as: asker.name, email: capitals ? name.toUpperCase() : name, role });
    });

export const create: CommandKind = { weight: 12, draw };
