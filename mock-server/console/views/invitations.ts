// The invitations of a sandbox by state, and every command as any caller.
import { api, bodyOf } from '../api.ts';
import { callersOf, chosenCaller } from '../command.ts';
import { emptyState } from '../controls.ts';
import { fill, h, keyedList } from '../dom.ts';
import { field, segments, select } from '../forms.ts';
import { complain } from '../notices.ts';
import type { Session } from '../session.ts';
import type { View } from '../view.ts';
import type { Invitation, InvitationState, operations, Role } from '../wire.ts';
import { invitationRow } from './invitation-row.ts';
import { inviteForm, roleChoices } from './invite.ts';
import { pager, pageSize } from './pager.ts';

const states = ['all', 'pending', 'sent', 'bounced', 'accepted'] as const;

type Filter = (typeof states)[number];

const callerField = (session: Session): HTMLElement => {
  const choices = callersOf(session).map(({ id, label }) => [id, label] as const);
  const { element } = select(choices, chosenCaller(session).id);
  element.addEventListener('change', () => {
    session.actsAs.caller = element.value;
  });
  return field('Act as', element, 'In every command on this page; refusals can be tried too.');
};

const countFor = (session: Session, filter: Filter): number => {
  const { invitations: counts } = session.sandbox().counts;
  if (filter !== 'all') return counts[filter];
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
};

const howTo: Readonly<Record<InvitationState, string>> = {
  pending:
    'An invitation is pending until its message leaves. Choose the delivery by hand under Time to keep it so.',
  sent: 'An invitation is sent once its message has left: invite somebody.',
  bounced: 'Invite an address that begins with “bounce”, or add a rule for others under Time.',
  accepted: 'Invite one who can accept, then press “Accept as invited”.',
};

const lesson = (filter: Filter): HTMLElement => {
  if (filter !== 'all') return emptyState(`None is ${filter}`, h('p', {}, howTo[filter]));
  const next = 'Fill in an address above and press Invite. Its message will be in the outbox.';
  return emptyState('No invitations yet', h('p', {}, next));
};

type Sort = NonNullable<operations['sandbox_invitations_list']['parameters']['query']>['sort'];

type Wanted = {
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

const stateBar = (session: Session, wanted: Wanted, load: () => void) => {
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
const organizationSelect = (wanted: Wanted, load: () => void) => {
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
        element.append(h('option', { value: organization.id }, organization.name));
      }
    },
  };
};

const searchBar = (wanted: Wanted, organizations: HTMLElement, load: () => void): HTMLElement => {
  const search = h('input', {
    type: 'search',
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

const readInvitations = async ({ path }: Session, wanted: Wanted) => {
  const { state, search, role, organization, sort, offset } = wanted;
  const query = {
    ...{ limit: pageSize, offset, sort },
    ...(state === 'all' ? {} : { state }),
    ...(search === '' ? {} : { search }),
    ...(role === '' ? {} : { role }),
    ...(organization === '' ? {} : { organization }),
  };
  return bodyOf(api.GET('/sandboxes/{name}/invitations', { params: { path, query } }));
};

const isNarrowed = ({ search, role, organization }: Wanted): boolean =>
  search !== '' || role !== '' || organization !== '';

const nothingFound = (): HTMLElement =>
  emptyState(
    'None matches',
    h('p', {}, 'Search for less, or choose any role and all organizations.'),
  );

const listPanel = (session: Session, signal: AbortSignal): HTMLElement => {
  const wanted: Wanted = {
    ...{ state: 'all', search: '', role: '', organization: '', sort: 'newest', offset: 0 },
  };
  const list = h('ul', { class: 'rows', 'aria-label': 'Invitations' });
  const foot = h('div', {});
  const show = keyedList<Invitation>(list, {
    keyOf: ({ id }) => id,
    render: (invitation) => invitationRow(session, invitation),
  });
  let asked = 0;
  const load = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const { invitations: part, count } = await readInvitations(session, wanted);
    // Whoever types faster than the server answers sees the answer to what was typed last.
    if (signal.aborted || mine !== asked) return;
    show(part);
    organizations.learn(part);
    stateFilter.showCounts();
    const lessonFor = isNarrowed(wanted) ? nothingFound() : lesson(wanted.state);
    fill(foot, count === 0 ? lessonFor : pager(wanted, count, loadSafely));
  };
  const loadSafely = (): void => {
    load().catch(complain);
  };
  const loadFromStart = (): void => {
    wanted.offset = 0;
    loadSafely();
  };
  const organizations = organizationSelect(wanted, loadFromStart);
  const stateFilter = stateBar(session, wanted, loadFromStart);
  session.changed.listen(loadSafely, signal);
  loadSafely();
  return h(
    'section',
    {},
    h('h2', { class: 'unseen' }, 'All of them'),
    searchBar(wanted, organizations.element, loadFromStart),
    stateFilter.element,
    list,
    foot,
  );
};

export const invitations: View = ({ session, signal }) =>
  h('div', {}, inviteForm(session, callerField(session)), listPanel(session, signal));
