// The invitations of a sandbox by state, and every command as any caller.
import { api, bodyOf } from '../api.ts';
import { callersOf, chosenCaller } from '../command.ts';
import { button, emptyState, field, segments, select } from '../controls.ts';
import { fill, h, keyedList, type Child } from '../dom.ts';
import { complain } from '../notices.ts';
import type { Session } from '../session.ts';
import type { View } from '../view.ts';
import type { Invitation, InvitationState } from '../wire.ts';
import { invitationRow } from './invitation-row.ts';
import { inviteForm } from './invite.ts';

const states = ['all', 'pending', 'sent', 'bounced', 'accepted'] as const;

type Filter = (typeof states)[number];

const pageSize = 100;
const most = 1_000;

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

type Wanted = { state: Filter; limit: number };

const filterBar = (session: Session, wanted: Wanted, load: () => void) => {
  const choices = states.map((one) => [one, one] as const);
  const element = segments({ legend: 'State', choices, chosen: wanted.state }, (value) => {
    wanted.state = states.find((one) => one === value) ?? 'all';
    wanted.limit = pageSize;
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

const readInvitations = async ({ path }: Session, { state, limit }: Wanted) => {
  const query = state === 'all' ? { limit } : { limit, state };
  return bodyOf(api.GET('/sandboxes/{name}/invitations', { params: { path, query } }));
};

export const invitations: View = ({ session, signal }) => {
  const wanted: Wanted = { state: 'all', limit: pageSize };
  const list = h('ul', { class: 'rows', 'aria-label': 'Invitations' });
  const foot = h('div', {});
  const show = keyedList<Invitation>(list, {
    keyOf: ({ id }) => id,
    render: (invitation) => invitationRow(session, invitation),
  });
  const footOf = (shown: number, count: number): Child => {
    if (count === 0) return lesson(wanted.state);
    if (shown === count || wanted.limit >= most) return null;
    return button(`Show more (${count - shown} left)`, async () => {
      wanted.limit = Math.min(most, wanted.limit + pageSize);
      await load();
    });
  };
  const load = async (): Promise<void> => {
    const { invitations: all, count } = await readInvitations(session, wanted);
    if (signal.aborted) return;
    show(all);
    fill(foot, footOf(all.length, count));
    filter.showCounts();
  };
  const loadSafely = (): void => {
    load().catch(complain);
  };
  const filter = filterBar(session, wanted, loadSafely);
  session.changed.listen(loadSafely, signal);
  loadSafely();
  return h(
    'div',
    {},
    inviteForm(session, callerField(session)),
    h('section', {}, h('h2', { class: 'unseen' }, 'All of them'), filter.element, list, foot),
  );
};
