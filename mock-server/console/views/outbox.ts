// The messages that invitations caused, and one of them opened.
import { api, bodyOf } from '../api.ts';
import { confirmed, emptyState } from '../controls.ts';
import { fill, h, keyedList } from '../dom.ts';
import { field } from '../forms.ts';
import { announce, complain } from '../notices.ts';
import { hrefOf } from '../route.ts';
import type { Session } from '../session.ts';
import { inAddress, type View } from '../view.ts';
import type { MessageSummary } from '../wire.ts';
import { stateChip, time } from '../words.ts';
import { openMessage } from './message.ts';
import { panes, pick } from './panes.ts';

const mostMessages = 500;

const messageRow = (session: Session, message: MessageSummary, isOpen: boolean): HTMLElement => {
  const { id, to, subject, at, outcome } = message;
  return h(
    'li',
    {},
    pick(
      { href: hrefOf(session.name, 'outbox', id), id, isOpen },
      h('span', { class: 'pick-head' }, h('strong', {}, to), ' ', stateChip(outcome)),
      h('span', { class: 'pick-text' }, subject),
      h('span', { class: 'muted' }, time(at)),
    ),
  );
};

const lesson = (session: Session): HTMLElement =>
  emptyState(
    'No message has left',
    h(
      'p',
      {},
      'Each invitation, each resend and each new address sends a message; here it can be read and accepted.',
    ),
    h('p', {}, h('a', { href: hrefOf(session.name, 'invitations') }, 'Invite somebody')),
    session.sandbox().delivery.waiting > 0
      ? h(
          'p',
          {},
          `${session.sandbox().delivery.waiting} wait to leave: `,
          h('a', { href: hrefOf(session.name, 'time') }, 'let the time pass'),
          '.',
        )
      : null,
  );

const noneFound = (): HTMLElement =>
  emptyState('No message matches', h('p', {}, 'Search for a part of an address or subject.'));

const clearButton = (session: Session): HTMLElement =>
  confirmed('Empty the outbox', {
    question: 'Delete all messages?',
    yes: 'Yes, delete',
    kind: 'quiet',
    act: async () => {
      const { path } = session;
      await session.after(api.DELETE('/sandboxes/{name}/messages', { params: { path } }));
      announce('The outbox is empty.');
      location.hash = hrefOf(session.name, 'outbox');
    },
  });

export const outbox: View = (context) => {
  const { session, item, signal } = context;
  const list = h('ul', { class: 'picks', 'aria-label': 'Messages' });
  const hint = h('div', {});
  const show = keyedList<MessageSummary>(list, {
    keyOf: ({ id }) => id,
    render: (message) => messageRow(session, message, message.id === item.last()),
  });
  const search = h('input', { type: 'search', placeholder: 'address or subject' });
  inAddress(context, { search });
  let all: readonly MessageSummary[] = [];

  const showFound = (): void => {
    const wanted = search.value.trim().toLowerCase();
    const found = all.filter(({ to, subject }) =>
      `${to}\n${subject}`.toLowerCase().includes(wanted),
    );
    show(found);
    fill(hint, found.length > 0 ? null : all.length > 0 ? noneFound() : lesson(session));
  };
  const bar = h(
    'div',
    { class: 'bar', hidden: true },
    field('Search', search),
    clearButton(session),
  );
  const load = async (): Promise<void> => {
    const params = { path: session.path, query: { limit: mostMessages } };
    const { messages } = await bodyOf(api.GET('/sandboxes/{name}/messages', { params }));
    if (signal.aborted) return;
    all = messages;
    bar.hidden = messages.length === 0;
    showFound();
  };
  const loadSafely = (): void => {
    load().catch(complain);
  };
  search.addEventListener('input', showFound);
  session.changed.listen(loadSafely, signal);
  loadSafely();
  return panes({
    list,
    beside: [bar, list, hint],
    label: 'The open message',
    hint: 'Choose a message to read it.',
    back: h('a', { href: hrefOf(session.name, 'outbox') }, '‹ All messages'),
    item,
    signal,
    open: (place, id) => openMessage(place, { session, id, signal }),
  });
};
