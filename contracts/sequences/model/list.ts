// Listing by address, and by role or state besides: so the answer is known, whatever else the organization has.
import fc from 'fast-check';
import type { Fields } from '../../body.ts';
import { toPage, type Page } from '../../invitation.ts';
import { invitationStates as states, isRole } from '../../../spec/vocabulary.ts';
import { roles, type Role } from '../../settings.ts';
import { list as search } from '../build-step.ts';
import type { Asker } from './askers.ts';
import { drawAsker, refusedCredentials, slots } from './command.ts';
import type { CommandKind, Expectation, Seen, Subject, World } from './command.ts';
import {
  claim,
  isSameAddress,
  observe,
  type State,
  type Claim,
  type Known,
  type Model,
} from './model.ts';
import type { RuleId } from './rules.ts';

type Filter = {
  readonly email: string;
  readonly role: Role | undefined;
  readonly state: State | undefined;
};

const ruleOf = ({ role, state }: Filter): RuleId => {
  if (role !== undefined) return 'list.filter-by-role';
  return state === undefined ? 'list.filter-by-email' : 'list.filter-by-state';
};

const ruleOfUndue = (filter: Filter, asker: Asker, known: Known | undefined): RuleId => {
  if (known?.isGone === true) return 'destroy.gone';
  const isForeign = known !== undefined && known.organization !== asker.organization;
  return isForeign ? 'tenancy.list' : ruleOf(filter);
};

/** Whether a filter takes other letter case for the same, nobody says. */
const mayHave = (filter: Filter, asker: Asker, one: Known): boolean =>
  !one.isGone &&
  one.organization === asker.organization &&
  isSameAddress(one.email, filter.email) &&
  (filter.role === undefined || filter.role === one.role) &&
  (filter.state === undefined || one.states.includes(filter.state));

const mustHave = (filter: Filter, asker: Asker, one: Known): boolean =>
  mayHave(filter, asker, one) &&
  one.email === filter.email &&
  (filter.state === undefined || one.states.length === 1);

const claimsOf = (
  filter: Filter,
  asker: Asker,
  { all }: Model,
  { count, results }: Page,
): readonly Claim[] => {
  const required = all.filter((one) => mustHave(filter, asker, one));
  const about = (rule: RuleId, holds: boolean, expected: string) =>
    claim(rule, undefined, holds, expected);
  const claims = required.map(({ id }) => {
    const holds = results.some((item) => item.id === id);
    return about(ruleOf(filter), holds, `a list with ${id}`);
  });
  if (required.length === 0) {
    const hidden = all.find((one) => isSameAddress(one.email, filter.email));
    const rule = ruleOfUndue(filter, asker, hidden);
    const isPossible = all.some((one) => mayHave(filter, asker, one));
    claims.push(about(rule, isPossible || count === 0, 'an empty list'));
  }
  for (const item of results) {
    const known = all.find(({ id }) => id === item.id);
    const isDue = known !== undefined && mayHave(filter, asker, known);
    const rule = ruleOfUndue(filter, asker, known);
    claims.push(about(rule, isDue, `a list without ${item.id}`));
    if (isDue) claims.push(...observe(known, item));
  }
  return [...claims, about(ruleOf(filter), count === results.length, 'a count of its items')];
};

const takePage = (filter: Filter, asker: Asker, model: Model, { json }: Seen): readonly Claim[] => {
  const page = toPage(json);
  const expected = 'a PaginatedInvitationList';
  const isPage = claim(ruleOf(filter), undefined, page !== undefined, expected);
  return page === undefined ? [isPage] : [isPage, ...claimsOf(filter, asker, model, page)];
};

const isState = (text: string): text is State => states.some((state) => state === text);

/** A page of all, or one that a parameter of another name makes, is nothing that the model knows of. */
export const expectList = ({ asker, model, query }: Subject): Expectation | undefined => {
  const { email = '', role, state, ...others } = query;
  if (!email.includes('@') || Object.keys(others).length > 0) return undefined;
  if (!(role === undefined || isRole(role)) || !(state === undefined || isState(state)))
    return undefined;
  const filter: Filter = { email, role, state };
  return {
    refusals: refusedCredentials(asker),
    status: 200,
    rule: ruleOf(filter),
    take: (answer) => takePage(filter, asker, model, answer),
  };
};

const additions: readonly Fields[] = [
  ...roles.map(() => ({})),
  ...roles.map((role) => ({ role })),
  ...states.map((state) => ({ state })),
];

const draw = ({ askers }: World) =>
  fc
    .record({
      asker: drawAsker(askers),
      slot: fc.constantFrom(...slots),
      more: fc.constantFrom(...additions),
    })
    .map(({ asker, slot, more }) => search({ email: `<address of ${slot}>`, ...more }, asker.name));

export const list: CommandKind = { weight: 6, draw };
