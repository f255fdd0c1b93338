// The invitations of a sandbox by state, and every command as any caller.
import { api, bodyOf } from '../api.ts';
import { callersOf, chosenCaller } from '../command.ts';
import { emptyState } from '../controls.ts';
import { h } from '../dom.ts';
import { field, select } from '../forms.ts';
import type { Session } from '../session.ts';
import type { View, ViewContext } from '../view.ts';
import type { Invitation, InvitationState } from '../wire.ts';
import { invitationRow } from './invitation-row.ts';
import { invitationFilter, type Wanted } from './invitation-filter.ts';
import { inviteForm } from './invite.ts';
import { pagedList } from './paged-list.ts';

const callerField = (session: Session): HTMLElement => {
  const choices = callersOf(session).map(({ id, label }) => [id, label] as const);
  const { element } = select(choices, chosenCaller(session).id);
  element.addEventListener('change', () => {
    session.actsAs.caller = element.value;
  });
  return field('Act as', element, 'in every command on this page; refusals can be tried too');
};

const howTo: Readonly<Record<InvitationState, string>> = {
  pending:
    'An invitation is pending until its message leaves. Choose the delivery by hand under Time to keep it so.',
  sent: 'An invitation is sent once its message has left: invite somebody.',
  bounced: 'Invite an address that begins with “bounce”, or add a rule for others under Time.',
  accepted: 'Invite one who can accept, then press “Accept as invited”.',
};

const lesson = ({ state, search, role, organization }: Wanted): HTMLElement => {
  if (search !== '' || role !== '' || organization !== '') {
    const hint = 'Search for less, or choose any role and all organizations.';
    return emptyState('None matches', h('p', {}, hint));
  }
  if (state !== 'all') return emptyState(`None is ${state}`, h('p', {}, howTo[state]));
  const next = 'Fill in an address above and press Invite. Its message will be in the outbox.';
  return emptyState('No invitations yet', h('p', {}, next));
};

const listPanel = (context: ViewContext): HTMLElement => {
  const { session } = context;
  const filter = invitationFilter(context, () => {
    paged.fromStart();
  });
  const paged = pagedList<Invitation>(context, {
    label: 'Invitations',
    keyOf: ({ id }) => id,
    render: (invitation) => invitationRow(session, invitation),
    read: async (window) => {
      const { state, search, role, organization, sort } = filter.wanted();
      const query = {
        ...{ ...window, sort },
        ...(state !== 'all' && { state }),
        ...(search !== '' && { search }),
        ...(role !== '' && { role }),
        ...(organization !== '' && { organization }),
      };
      const params = { path: session.path, query };
      const { invitations: items, count } = await bodyOf(
        api.GET('/sandboxes/{name}/invitations', { params }),
      );
      return { items, count };
    },
    shown: filter.shown,
    nothing: () => lesson(filter.wanted()),
  });
  const heading = h('h2', { class: 'unseen' }, 'All of them');
  return h('section', {}, heading, filter.elements, paged.elements);
};

export const invitations: View = (context) => {
  const { session } = context;
  return h('div', {}, inviteForm(session, callerField(session)), listPanel(context));
};
