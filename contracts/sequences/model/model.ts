// What a right target would have by now: an independent reading of the contract, that knows nothing of how any target works.
// States that come by themselves are a set: the invitation is in one of them, and which one shows when it is looked at.
import type { InvitationState } from '../../../spec/vocabulary.ts';
import { pathIn } from '../../expect.ts';
import type { Invitation } from '../../invitation.ts';
import type { Role } from '../../settings.ts';
import type { Asker, Organization } from './askers.ts';
import type { Who } from '../step.ts';
import type { RuleId } from './rules.ts';

export type State = InvitationState;

export type Known = {
  readonly slot: number;
  readonly id: string;
  readonly organization: Organization;
  readonly inviter: string;
  readonly organizationPath: string;
  /** As the target shows it; its letter case says nothing. */
  email: string;
  role: Role;
  states: readonly State[];
  /** What becomes of it when its message has gone out. */
  outcome: 'sent' | 'bounced';
  membership: string | null;
  isGone: boolean;
  /** The rules by which it is as it is: those of the commands that were last about it. */
  by: Reasons;
};

export type Reasons = Readonly<Record<'email' | 'role' | 'state' | 'links', RuleId>>;

/** One rule is why all of it is so. */
export const allBy = (rule: RuleId): Reasons => ({
  ...{ email: rule, role: rule, state: rule, links: rule },
});

export const createModel = (emails: ReadonlyMap<string, string>, askers: readonly Asker[]) => {
  const all: Known[] = [];
  return {
    /** By placeholder: `<invitee>`. */
    emails,
    askers: new Map<Who, Asker>(askers.map((asker) => [asker.name, asker])),
    /** The invitation that each slot's last create has made. */
    slots: new Map<number, Known>(),
    all,
    /** By asker: who it is as an inviter. */
    inviters: new Map<string, string>(),
    organizations: new Map<Organization, string>(),
    /** Once there is one. */
    memberships: new Map<'INVITEE', string>(),
  };
};

export type Model = ReturnType<typeof createModel>;

/** Something that the contract says about an answer, and whether it is so. */
export type Claim = {
  readonly rule: RuleId;
  readonly holds: boolean;
  readonly expected: string;
  readonly field?: keyof Invitation | undefined;
};

export const claim = (
  rule: RuleId,
  field: keyof Invitation | undefined,
  holds: boolean,
  expected: string,
): Claim => ({ rule, field, holds, expected });

/** That a value, or the path of a link, is the one that is wanted. */
export const claimEqual = (
  rule: RuleId,
  field: keyof Invitation,
  seen: string | null,
  wanted: string | null | undefined,
): Claim => claim(rule, field, seen === wanted, `the ${field} ${String(wanted)}`);

export const isSameAddress = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

export const isAccepted = ({ states }: Known): boolean => states.includes('accepted');

export const findHolder = (
  { all }: Model,
  organization: Organization,
  email: string,
): Known | undefined =>
  all.find(
    (one) => !one.isGone && one.organization === organization && isSameAddress(one.email, email),
  );

export const isOf = ({ organization }: Known, asker: Asker): boolean =>
  organization === asker.organization;

/** From the API's root on, where it is an address at all. */
export const linkOf = (url: string | null): string | null => {
  try {
    return url === null ? null : pathIn(url);
  } catch {
    return url;
  }
};

export const outcomeFor = ({ emails }: Model, email: string): Known['outcome'] =>
  isSameAddress(email, emails.get('<bounce>') ?? '') ? 'bounced' : 'sent';

/** Its message goes out: what an earlier one that may be on its way still leads to, is possible too. */
export const isSentAnew = (known: Known, model: Model): void => {
  const before = known.states.includes('pending') ? known.states : [];
  known.outcome = outcomeFor(model, known.email);
  known.states = [...new Set<State>(['pending', ...before, known.outcome])];
};

const settle = (known: Known, state: string): void => {
  const isSettled = known.states.length === 2 && state === known.outcome;
  if (isSettled) known.states = [known.outcome];
};

export const ruleOfOutcome = ({ outcome }: Pick<Known, 'outcome'>): RuleId =>
  outcome === 'sent' ? 'lifecycle.becomes-sent' : 'lifecycle.becomes-bounced';

/** A refused command is why an invitation is as it was. */
export const isLeftBy = (known: Known, refused: RuleId): void => {
  const rule = refused === 'accept.other-address' ? 'accept.address-must-match' : refused;
  known.by = allBy(rule);
};

const ruleOfState = (known: Known, state: string): RuleId => {
  if (isAccepted(known)) return 'lifecycle.accepted-is-final';
  return state === 'accepted' && known.by.role.includes('update')
    ? 'update.read-only-fields'
    : known.by.state;
};

/** What the contract says about an invitation as it is shown now; what shows is taken over into the model. */
export const observe = (known: Known, seen: Invitation): readonly Claim[] => {
  const { by } = known;
  const isFinal = seen.state === 'accepted';
  const { membership } = known;
  const isOne = known.states.some((state) => state === seen.state);
  const claims: readonly Claim[] = [
    claimEqual('retrieve.answer', 'id', seen.id, known.id),
    claim(by.email, 'email', isSameAddress(seen.email, known.email), `the email ${known.email}`),
    claimEqual(by.role, 'role', seen.role, known.role),
    claim(ruleOfState(known, seen.state), 'state', isOne, `the state ${known.states.join(' or ')}`),
    claim(
      'schema.membership',
      'membership',
      isFinal === (seen.membership !== null),
      isFinal ? 'a membership' : 'no membership',
    ),
    claim(
      by.links,
      'membership',
      !isFinal || linkOf(seen.membership) === membership,
      `the membership ${String(membership)}`,
    ),
    claimEqual(by.links, 'inviter', linkOf(seen.inviter), known.inviter),
    claimEqual(
      by.links === 'create.inviter' ? 'create.organization' : by.links,
      'organization',
      linkOf(seen.organization),
      known.organizationPath,
    ),
  ];
  settle(known, seen.state);
  known.email = seen.email;
  return claims;
};
