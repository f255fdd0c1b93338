// The invitations of a sandbox by state, and every command as any caller.
import { api, bodyOf } from '../api.ts';
import { callersOf, chosenCaller } from '../command.ts';
import { emptyState } from '../controls.ts';
import { fill, h, keyedList } from '../dom.ts';
import { field, select } from '../forms.ts';
import { complain } from '../notices.ts';
import type { Session } from '../session.ts';
import type { View, ViewContext } from '../view.ts';
import type { Invitation, InvitationState } from '../wire.ts';
import { invitationRow } from './invitation-row.ts';
import {
  narrowedBy,
  organizationSelect,
  searchBar,
  stateBar,
  wantedBy,
  type Filter,
  type Wanted,
} from './invitation-filter.ts';
import { inviteForm } from './invite.ts';
import { pager, pageSize } from './pager.ts';

const callerField = (session: Session): HTMLElement => {
  const choices = callersOf(session).map(({ id, label }) => [id, label] as const);
  const { element } = select(choices, chosenCaller(session).id);
  element.addEventListener('change', () => {
    session.actsAs.caller = element.value;
  });
  return field('Act as', element, 'In every command on this page; refusals can be tried too.');
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

const listPanel = ({ session, narrowed, signal }: ViewContext): HTMLElement => {
  const wanted = wantedBy(narrowed);
  session.narrowed.by = () => narrowedBy(wanted);
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

export const invitations: View = (context) => {
  const { session } = context;
  return h('div', {}, inviteForm(session, callerField(session)), listPanel(context));
};
