// PUT and PATCH: a new role, a new address, or the same ones again, with read-only fields that change nothing.
import fc from 'fast-check';
import { json } from '../../body.ts';
import type { Invitation } from '../../invitation.ts';
import { roles, type Role } from '../../settings.ts';
import { isAbove, isSurelyWithin, type Asker } from './askers.ts';
import { claimInvitation, drawAsker, rarely, refusedChange, slots } from './command.ts';
import type { CommandKind, Expectation, Refusal, World } from './command.ts';
import { findHolder, isSameAddress, isSentAnew, observe, pick, ruleOfOutcome } from './model.ts';
import type { Claim, Known, Scene } from './model.ts';
import type { RuleId } from './rules.ts';

type Change = {
  readonly method: 'PUT' | 'PATCH';
  readonly asker: Asker;
  readonly email: string | undefined;
  readonly role: Role | undefined;
};

const refusalsOf = (
  { asker, email, role }: Change,
  known: Known,
  scene: Scene,
): readonly Refusal[] => {
  const holder = email === undefined ? undefined : findHolder(scene, known.organization, email);
  const isTaken = holder !== undefined && holder !== known;
  const isTooHigh = role !== undefined && isAbove(role, asker.role);
  return [
    ...refusedChange(known, asker, 'update.accepted'),
    ...(isTooHigh ? [{ status: 403, rule: 'update.role-above-own' } as const] : []),
    ...(isTaken ? [{ status: 404, rule: 'update.address-taken' } as const] : []),
  ];
};

const answerRules = { PUT: 'update.answer', PATCH: 'partial-update.answer' } as const;

const successOf = ({ method, asker, role }: Change, known: Known): RuleId => {
  const isSure =
    isSurelyWithin(known.role, asker.role) && isSurelyWithin(role ?? known.role, asker.role);
  return isSure ? answerRules[method] : 'roles.order';
};

/** Takes the address over, and tells the rule of the state that comes of it. */
const readdress = (known: Known, scene: Scene, email: string | undefined): RuleId => {
  if (email === undefined || email === known.email) return 'update.role-alone-keeps-state';
  if (isSameAddress(email, known.email)) {
    // Whether other letters of the same address are a new address, nobody says.
    const before = known.states;
    isSentAnew(known, scene);
    known.states = [...new Set([...before, ...known.states])];
    return 'update.role-alone-keeps-state';
  }
  known.email = email;
  isSentAnew(known, scene);
  return 'update.new-address-is-pending';
};

const claimsOf = (
  change: Change,
  known: Known,
  scene: Scene,
  seen: Invitation,
): readonly Claim[] => {
  const { email, role } = change;
  const before = { email: known.email, role: known.role };
  const stateRule = readdress(known, scene, email);
  known.role = role ?? known.role;
  const emailRule = email === undefined ? 'partial-update.absent-fields-stay' : 'update.email';
  const roleRule = role === undefined ? 'partial-update.absent-fields-stay' : 'update.role';
  const isNew = stateRule === 'update.new-address-is-pending';
  known.by = {
    email: emailRule,
    role: roleRule,
    state: isNew ? ruleOfOutcome(known) : stateRule,
    links: 'update.read-only-fields',
  };
  return [
    {
      rule: emailRule,
      holds: isSameAddress(seen.email, email ?? before.email),
      expected: `the email ${email ?? before.email}`,
    },
    {
      rule: roleRule,
      holds: seen.role === known.role,
      expected: `the role ${known.role}`,
    },
    {
      rule: stateRule,
      holds: known.states.some((state) => state === seen.state),
      expected: `the state ${known.states.join(' or ')}`,
    },
    ...observe(known, seen),
  ];
};

const expectationOf = (change: Change, known: Known, scene: Scene): Expectation => ({
  refusals: refusalsOf(change, known, scene),
  status: 200,
  rule: successOf(change, known),
  about: known,
  take: (answer) =>
    claimInvitation(answerRules[change.method], answer, (seen) =>
      claimsOf(change, known, scene, seen),
    ),
});

/** As a client sends back what it has read, only wrong. */
const readOnly = { state: 'accepted', state_detail: 'sent along', membership: null } as const;

const draw = ({ askers, addresses }: World) =>
  fc
    .record({
      method: fc.constantFrom('PATCH', 'PUT'),
      asker: drawAsker(askers),
      slot: fc.constantFrom(...slots),
      name: fc.constantFrom(undefined, ...addresses),
      role: fc.constantFrom(undefined, ...roles.toReversed()),
      capitals: rarely,
      surplus: rarely,
    })
    .map(({ method, asker, slot, name, role, capitals, surplus }) => ({
      plan: (scene: Scene) => {
        const known = pick(scene, slot);
        const isShared = name === 'invitee' || name === 'bounce';
        if (known === undefined || (isShared && known.organization === 'theirs')) return undefined;
        const named = name === undefined ? undefined : (scene.emails.get(name) ?? '');
        const wished = capitals ? named?.toUpperCase() : named;
        const email = method === 'PUT' ? (wished ?? known.email) : wished;
        const wishedRole = method === 'PUT' ? (role ?? known.role) : role;
        const body = json({ email, role: wishedRole, ...(surplus ? readOnly : {}) });
        const operation = method === 'PUT' ? 'invitations_update' : 'invitations_partial_update';
        const tell = [
          `${asker.name} ${method === 'PUT' ? 'replaces' : 'patches'} #${known.slot}:`,
          name === undefined
            ? 'same address,'
            : `address ${name}${capitals ? ' in capitals' : ''},`,
          role ?? 'same role',
          ...(surplus ? ['and read-only fields'] : []),
        ].join(' ');
        return {
          tell,
          ask: { operation, as: asker.name, id: known.id, body } as const,
          expect: expectationOf({ method, asker, email, role: wishedRole }, known, scene),
        };
      },
    }));

export const update: CommandKind = { weight: 8, draw };
