// What the list of invitations is narrowed to: the fields for it, as the address says them.
import { h } from '../dom.ts';
import { field, segments, select } from '../forms.ts';
import type { Session } from '../session.ts';
import { inAddress, type ViewContext } from '../view.ts';
import type { Invitation } from '../wire.ts';
import { states, totalOf } from '../words.ts';
import { roleChoices } from './invite.ts';

const choices = ['all', ...states] as const;

type Choice = (typeof choices)[number];

const sortChoices = [
  ['newest', 'newest first'],
  ['changed', 'last changed first'],
  ['email', 'by address'],
  ['role', 'by role'],
  ['state', 'by state'],
] as const;

const anyRole = [['', 'any role'], ...roleChoices] as const;

const countFor = (session: Session, choice: Choice): number => {
  const { invitations: counts } = session.sandbox().counts;
  return choice === 'all' ? totalOf(counts) : counts[choice];
};

const stateBar = (session: Session, chosen: { value: string }, change: () => void) => {
  const named = choices.map((one) => [one, one] as const);
  const segmented = { legend: 'State', choices: named, chosen: chosen.value };
  const element = segments(segmented, (value) => {
    chosen.value = value;
    change();
  });
  const labels = [...element.querySelectorAll('[data-value]')];
  return {
    element,
    showCounts: () => {
      for (const [index, choice] of choices.entries()) {
        const label = labels[index];
        if (label !== undefined) label.textContent = `${choice} ${countFor(session, choice)}`;
      }
    },
  };
};

/** One organization at a time, of those whose invitations were seen. */
const organizationSelect = (asked: string | null) => {
  const option = (id: string, name: string): HTMLOptionElement => h('option', { value: id }, name);
  const element = h('select', {}, option('', 'all organizations'));
  const known = new Map<string, HTMLOptionElement>();
  const learn = (id: string, name: string): void => {
    const old = known.get(id);
    const learned = old ?? option(id, name);
    learned.textContent = name;
    known.set(id, learned);
    if (old === undefined) element.append(learned);
  };
  if (asked !== null) learn(asked, asked);
  return { element, learn };
};

export const invitationFilter = (context: ViewContext, change: () => void) => {
  const search = h('input', { type: 'search', placeholder: 'address, inviter, organization' });
  const role = select(anyRole);
  const sort = select(sortChoices);
  const organizations = organizationSelect(context.narrowed.get('organization'));
  const { element: organization } = organizations;
  const state = { value: 'all' };
  inAddress(context, { search, role: role.element, organization, sort: sort.element, state });
  const stateNow = (): Choice => choices.find((one) => one === state.value) ?? 'all';
  state.value = stateNow();
  const { element, showCounts } = stateBar(context.session, state, change);
  const fields = h(
    'div',
    { class: 'fields search', role: 'search' },
    field('Search', search),
    field('Role that is given', role.element),
    field('Order', sort.element),
    field('Organization', organization),
  );
  fields.addEventListener('input', change);
  return {
    elements: [fields, element],
    wanted: () => ({
      ...{ state: stateNow(), search: search.value.trim(), role: role.value() },
      ...{ organization: organization.value, sort: sort.value() },
    }),
    shown: (invitations: readonly Invitation[]): void => {
      for (const one of invitations)
        organizations.learn(one.organization.id, one.organization.name);
      showCounts();
    },
  };
};

export type Wanted = ReturnType<ReturnType<typeof invitationFilter>['wanted']>;
