// What the list of invitations is narrowed to: the fields for it, and how an address says it.
import { h } from '../dom.ts';
import { field, segments, select } from '../forms.ts';
import type { Session } from '../session.ts';
import type { Invitation, operations, Role } from '../wire.ts';
import { roleChoices } from './invite.ts';

export const states = ['all', 'pending', 'sent', 'bounced', 'accepted'] as const;

export type Filter = (typeof states)[number];

const countFor = (session: Session, filter: Filter): number => {
  const { invitations: counts } = session.sandbox().counts;
  if (filter !== 'all') return counts[filter];
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
};

type Sort = NonNullable<operations['sandbox_invitations_list']['parameters']['query']>['sort'];

export type Wanted = {
  state: Filter;
  search: string;
  role: Role | '';
  organization: string;
  sort: NonNullable<Sort>;
  offset: number;
};

const sortChoices = [
  ['newest', 'newest first'],
  ['changed', 'last changed first'],
  ['email', 'by address'],
  ['role', 'by role'],
  ['state', 'by state'],
] as const;

const anyRole = [['', 'any role'], ...roleChoices] as const;

export const stateBar = (session: Session, wanted: Wanted, load: () => void) => {
  const choices = states.map((one) => [one, one] as const);
  const element = segments({ legend: 'State', choices, chosen: wanted.state }, (value) => {
    wanted.state = states.find((one) => one === value) ?? 'all';
    load();
  });
  const labels = [...element.querySelectorAll('[data-value]')];
  return {
    element,
    showCounts: () => {
      for (const [index, state] of states.entries()) {
        const label = labels[index];
        if (label !== undefined) label.textContent = `${state} ${countFor(session, state)}`;
      }
    },
  };
};

/** One organization at a time, of those whose invitations were seen. */
export const organizationSelect = (wanted: Wanted, load: () => void) => {
  const known = new Map<string, string>();
  const element = h('select', {}, h('option', { value: '' }, 'all organizations'));
  element.addEventListener('change', () => {
    wanted.organization = element.value;
    load();
  });
  return {
    element,
    learn: (invitations: readonly Invitation[]): void => {
      for (const { organization } of invitations) {
        if (known.has(organization.id)) continue;
        known.set(organization.id, organization.name);
        const selected = organization.id === wanted.organization;
        element.append(h('option', { value: organization.id, selected }, organization.name));
      }
    },
  };
};

export const searchBar = (
  wanted: Wanted,
  organizations: HTMLElement,
  load: () => void,
): HTMLElement => {
  const search = h('input', {
    type: 'search',
    value: wanted.search,
    placeholder: 'address, role, organization, inviter',
  });
  const role = select(anyRole, wanted.role);
  const sort = select(sortChoices, wanted.sort);
  search.addEventListener('input', () => {
    wanted.search = search.value.trim();
    load();
  });
  role.element.addEventListener('change', () => {
    wanted.role = role.value();
    load();
  });
  sort.element.addEventListener('change', () => {
    wanted.sort = sort.value();
    load();
  });
  return h(
    'div',
    { class: 'fields search', role: 'search' },
    field('Search', search),
    field('Role that is given', role.element),
    field('Organization', organizations),
    field('Order', sort.element),
  );
};

/** As an address says it; what it says that there is not counts for nothing. */
export const wantedBy = (narrowed: URLSearchParams): Wanted => ({
  state: states.find((one) => one === narrowed.get('state')) ?? 'all',
  search: narrowed.get('search') ?? '',
  role: roleChoices.find(([one]) => one === narrowed.get('role'))?.[0] ?? '',
  organization: narrowed.get('organization') ?? '',
  sort: sortChoices.find(([one]) => one === narrowed.get('sort'))?.[0] ?? 'newest',
  offset: 0,
});

export const narrowedBy = ({ state, search, role, organization, sort }: Wanted) =>
  Object.fromEntries(
    Object.entries({
      ...{ search, role, organization },
      state: state === 'all' ? '' : state,
      sort: sort === 'newest' ? '' : sort,
    }).filter(([, value]) => value !== ''),
  );
