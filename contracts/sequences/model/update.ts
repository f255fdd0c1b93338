// PUT and PATCH: a new role, a new address, or the same ones again, with read-only fields that change nothing.
import fc from 'fast-check';
import type { Invitation } from '../../invitation.ts';
import { isRole } from '../../../spec/vocabulary.ts';
import { roles, type Role } from '../../settings.ts';
import { fields, on } from '../build-step.ts';
import { isAbove, isSurelyWithin, type Asker } from './askers.ts';
import { claimInvitation, drawAsker, isShared, rarely, refusedChange, slots } from './command.ts';
import type { CommandKind, Expectation, OnKnown, Refusal, World } from './command.ts';
import { claim, findHolder, isSameAddress, isSentAnew, observe, ruleOfOutcome } from './model.ts';
import type { Claim, Known, Model } from './model.ts';
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
  model: Model,
): readonly Refusal[] => {
  const holder = email === undefined ? undefined : findHolder(model, known.organization, email);
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
const readdress = (known: Known, model: Model, email: string | undefined): RuleId => {
  if (email === undefined || email === known.email) return 'update.role-alone-keeps-state';
  if (isSameAddress(email, known.email)) {
    // Whether other letters of the same address are a new address, nobody says.
    const before = known.states;
    isSentAnew(known, model);
    known.states = [...new Set([...before, ...known.states])];
    return 'update.role-alone-keeps-state';
  }
  known.email = email;
  isSentAnew(known, model);
  return 'update.new-address-is-pending';
};

const claimsOf = (
  change: Change,
  known: Known,
  model: Model,
  seen: Invitation,
): readonly Claim[] => {
  const { email, role } = change;
  const before = { email: known.email, role: known.role };
  const stateRule = readdress(known, model, email);
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
  const isSame = isSameAddress(seen.email, email ?? before.email);
  const isOne = known.states.some((state) => state === seen.state);
  return [
    claim(emailRule, 'email', isSame, `the email ${email ?? before.email}`),
    claim(roleRule, 'role', seen.role === known.role, `the role ${known.role}`),
    claim(stateRule, 'state', isOne, `the state ${known.states.join(' or ')}`),
    ...observe(known, seen),
  ];
};

/** A body that is refused is nothing that the model knows of. */
export const expectUpdate = (
  method: Change['method'],
  { known, asker, model, fields: { email, role } }: OnKnown,
): Expectation | undefined => {
  const isWhole = email !== undefined && role !== undefined;
  if (method === 'PUT' && !isWhole) return undefined;
  if (email?.includes('@') === false || !(role === undefined || isRole(role))) return undefined;
  const change: Change = { method, asker, email, role };
  return {
    refusals: refusalsOf(change, known, model),
    status: 200,
    rule: successOf(change, known),
    about: known,
    take: (answer) =>
      claimInvitation(answerRules[method], answer, (seen) => claimsOf(change, known, model, seen)),
  };
};

/** As a client sends back what it has read, only wrong. */
const readOnly = { state: 'accepted', state_detail: 'sent along', membership: 'none' } as const;

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
    .map(({ method, asker, slot, name, role, capitals, surplus }) => {
      if (name !== undefined && isShared(name) && asker.organization === 'theirs') return undefined;
      const isWhole = method === 'PUT';
      const wished = capitals ? name?.toUpperCase() : name;
      const email = wished ?? (isWhole ? `<address of ${slot}>` : undefined);
      const wishedRole = role ?? (isWhole ? `<role of ${slot}>` : undefined);
      const body = {
        ...(email === undefined ? {} : { email }),
        ...(wishedRole === undefined ? {} : { role: wishedRole }),
        ...(surplus ? readOnly : {}),
      };
      const operation = isWhole ? 'invitations_update' : 'invitations_partial_update';
      return on(slot, operation, asker.name, fields(body));
    });

export const update: CommandKind = { weight: 8, draw };
