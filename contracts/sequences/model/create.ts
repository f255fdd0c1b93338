// Inviting: to a fresh address, one that is taken, or one that exists once; in small letters or capitals.
import fc from 'fast-check';
import type { Answer } from '../../kit/client.ts';
import { json } from '../../body.ts';
import type { Invitation } from '../../invitation.ts';
import { roles, type Role } from '../../settings.ts';
import { isAbove, isSurelyAbove, isSurelyWithin, mayInvite, type Asker } from './askers.ts';
import { claimInvitation, drawAsker, rarely, refusedCredentials, slots } from './command.ts';
import type { CommandKind, Expectation, Refusal, World } from './command.ts';
import { findHolder, isSameAddress, linkOf, outcomeFor, ruleOfOutcome } from './model.ts';
import type { Claim, Known, Scene } from './model.ts';
import type { RuleId } from './rules.ts';

type Wish = {
  readonly asker: Asker;
  readonly slot: number;
  readonly email: string;
  readonly role: Role;
};

const refusalsOf = ({ asker, email, role }: Wish, scene: Scene): readonly Refusal[] => {
  const credentials = refusedCredentials(asker);
  if (credentials.length > 0) return credentials;
  const holder = findHolder(scene, asker.organization, email);
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

const successOf = ({ asker, email, role }: Wish, scene: Scene): RuleId => {
  if (!isSurelyWithin(role, asker.role)) return 'roles.order';
  const isElsewhere = scene.all.some(
    (one) =>
      !one.isGone && one.organization !== asker.organization && isSameAddress(one.email, email),
  );
  if (isElsewhere) return 'tenancy.address';
  // An address that was free again is no more than what deleting promises.
  const wasDeleted = scene.all.some((one) => one.isGone && isSameAddress(one.email, email));
  return wasDeleted ? 'destroy.gone' : 'create.answer';
};

const toKnown = (wish: Wish, scene: Scene, made: Invitation): Known => {
  const outcome = outcomeFor(scene, wish.email);
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
    by: {
      email: 'create.answer',
      role: 'create.answer',
      state: ruleOfOutcome({ outcome }),
      links: 'create.inviter',
    },
  };
};

const claimsOf = (wish: Wish, scene: Scene, made: Invitation): readonly Claim[] => {
  const known = toKnown(wish, scene, made);
  const { asker, email, role } = wish;
  const inviter = scene.inviters.get(asker.name) ?? known.inviter;
  const organization = scene.organizations.get(asker.organization) ?? known.organizationPath;
  const isNew = scene.all.every(({ id }) => id !== made.id);
  scene.slots.set(wish.slot, known);
  scene.all.push(known);
  scene.inviters.set(asker.name, inviter);
  scene.organizations.set(asker.organization, organization);
  return [
    { rule: 'create.answer', holds: isNew, expected: 'an id of its own' },
    {
      rule: 'create.answer',
      holds: isSameAddress(made.email, email),
      expected: `the email ${email}`,
    },
    { rule: 'create.answer', holds: made.role === role, expected: `the role ${role}` },
    {
      rule: 'create.starts-pending',
      holds: made.state === 'pending',
      expected: 'the state pending',
    },
    {
      rule: 'create.no-membership',
      holds: made.membership === null,
      expected: 'no membership',
    },
    {
      rule: 'create.inviter',
      holds: known.inviter === inviter,
      expected: `the inviter ${inviter}`,
    },
    {
      rule: 'create.organization',
      holds: known.organizationPath === organization,
      expected: `the organization ${organization}`,
    },
  ];
};

const expectationOf = (wish: Wish, scene: Scene): Expectation => ({
  refusals: refusalsOf(wish, scene),
  status: 201,
  rule: successOf(wish, scene),
  take: (answer: Answer) =>
    claimInvitation('create.answer', answer, (made) => claimsOf(wish, scene, made)),
});

const draw = ({ askers, addresses }: World) =>
  fc
    .record({
      asker: drawAsker(askers),
      slot: fc.constantFrom(...slots),
      // What is accepted is more than what is not.
      name: fc.constantFrom(...addresses, ...addresses.filter((name) => name === 'invitee')),
      role: fc.constantFrom(...roles.toReversed()),
      capitals: rarely,
    })
    .map(({ asker, slot, name, role, capitals }) => ({
      plan: (scene: Scene) => {
        const isShared = name === 'invitee' || name === 'bounce';
        // A membership of the INVITEE in the OUTSIDER's organization would stay there.
        if (isShared && asker.organization === 'theirs') return undefined;
        const plain = scene.emails.get(name) ?? '';
        const email = capitals ? plain.toUpperCase() : plain;
        const body = json({ email, role });
        return {
          tell: `${asker.name} invites address ${name}${capitals ? ' in capitals' : ''} as ${role} (#${slot})`,
          ask: { operation: 'invitations_create', as: asker.name, body } as const,
          expect: expectationOf({ asker, slot, email, role }, scene),
        };
      },
    }));

export const create: CommandKind = { weight: 12, draw };
