// One message, rendered in a frame that can run and reach nothing, with its accept link.
import { addressOf, api, bodyOf, pathOf } from '../api.ts';
import { acceptAsInvited } from '../command.ts';
import { button, confirmed, copyButton, facts } from '../controls.ts';
import { fill, h } from '../dom.ts';
import { segments } from '../forms.ts';
import { hrefOf } from '../route.ts';
import type { Session } from '../session.ts';
import type { Message } from '../wire.ts';
import { stateChip, time } from '../words.ts';

/** A link only where it leads to a web page; a message could name any scheme. */
const linkTo = (address: string): HTMLElement => {
  const isWeb = /^https?:\/\//i.test(address);
  if (!isWeb) return h('code', {}, address);
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, address);
};

const frameOf = (session: Session, message: Message): HTMLElement => {
  // The server sends it with a policy of its own: it is sandboxed by its header as well as by its frame.
  return h('iframe', {
    // Its links may open pages of their own; nothing else is allowed.
    sandbox: 'allow-popups allow-popups-to-escape-sandbox',
    title: `The message to ${message.to}`,
    src: addressOf(`${pathOf(session.name, 'messages', message.id)}/html`),
  });
};

const content = (session: Session, message: Message): HTMLElement => {
  const place = h('div', {}, frameOf(session, message));
  const choices = [
    ['html', 'As HTML'],
    ['text', 'As text'],
    ['source', 'Source'],
  ] as const;
  const show = (kind: string): void => {
    const text = kind === 'text' ? message.text : message.html;
    const pre = h('pre', { tabindex: 0, 'aria-label': `The message as ${kind}` }, text);
    fill(place, kind === 'html' ? frameOf(session, message) : pre);
  };
  return h('div', {}, segments({ legend: 'Show', choices, chosen: 'html' }, show), place);
};

const actions = (
  session: Session,
  { id, to, invitation, accept_url: link }: Message,
): HTMLElement =>
  h(
    'div',
    { class: 'actions' },
    button('Accept as invited', () => acceptAsInvited(session, invitation, to), {
      kind: 'primary',
      name: `Accept as invited: ${to}`,
    }),
    copyButton('Copy accept link', 'the accept link', link),
    confirmed('Delete', {
      name: 'Delete this message',
      question: 'Delete this message?',
      yes: 'Yes, delete',
      act: async () => {
        const path = { ...session.path, id };
        await session.after(api.DELETE('/sandboxes/{name}/messages/{id}', { params: { path } }));
        location.hash = hrefOf(session.name, 'outbox');
      },
    }),
  );

type Opening = { readonly session: Session; readonly id: string; readonly signal: AbortSignal };

export const openMessage = async (
  place: HTMLElement,
  { session, id, signal }: Opening,
): Promise<void> => {
  const path = { ...session.path, id };
  const message = await bodyOf(api.GET('/sandboxes/{name}/messages/{id}', { params: { path } }));
  if (signal.aborted) return;
  const { subject, to, from, at, outcome, reason, accept_url: link } = message;
  fill(
    place,
    h('h2', { tabindex: -1 }, subject, ' ', stateChip(outcome)),
    facts([
      ['To', to],
      ['From', from],
      ['At', time(at)],
      ...(reason === null ? [] : [['Bounced because', reason] as const]),
      ['Accept link', linkTo(link)],
    ]),
    actions(session, message),
    content(session, message),
  );
};
