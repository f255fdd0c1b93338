// One invitation with the commands that its state allows: the one that leads on, and a menu of the others.
import { api } from '../api.ts';
import { acceptAsInvited, command, demandFields } from '../command.ts';
import { button, confirmed, copyButton } from '../controls.ts';
import { fill, h } from '../dom.ts';
import { field, form, select } from '../forms.ts';
import { menu } from '../menu.ts';
import type { Session } from '../session.ts';
import type { DeliveryOutcome, Invitation } from '../wire.ts';
import { since, stateChip } from '../words.ts';
import { roleChoices } from './invite.ts';

type Drawer = {
  readonly place: HTMLElement;
  readonly open: (content: HTMLElement) => void;
  readonly close: () => void;
};

/** Where a row's form opens; the row is left as it is meanwhile. */
const drawer = (): Drawer => {
  const place = h('div', { class: 'drawer' });
  const close = (): void => {
    fill(place);
    place.removeAttribute('data-open');
    place.closest('.row')?.querySelector('summary')?.focus();
  };
  place.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });
  return {
    place,
    close,
    open: (content) => {
      place.setAttribute('data-open', '');
      fill(place, content, button('Cancel', close, { kind: 'quiet' }));
      content.querySelector('input')?.focus();
    },
  };
};

type Row = { readonly session: Session; readonly invitation: Invitation; readonly drawer: Drawer };

const changeForm = ({ session, invitation, drawer: { close } }: Row): HTMLElement => {
  const { id, email: address } = invitation;
  const email = h('input', { type: 'email', value: address, 'data-member': 'email' });
  const role = select(roleChoices, invitation.role, 'role');
  const submit = async (): Promise<void> => {
    const body = { email: email.value, role: role.value() };
    demandFields(await command(session, { method: 'PATCH', path: `${id}/`, body }));
    close();
    await session.refresh();
  };
  return form(
    { submit, label: 'Save', name: `Change the invitation of ${address}` },
    h('div', { class: 'fields' }, field('Address', email), field('Role', role.element)),
  );
};

const deliver = ({ session, invitation }: Row, body: DeliveryOutcome): Promise<unknown> => {
  const path = { ...session.path, invitation: invitation.id };
  return session.after(
    api.POST('/sandboxes/{name}/deliveries/{invitation}', { params: { path }, body }),
  );
};

const bounceForm = (row: Row): HTMLElement => {
  const { session, invitation, drawer } = row;
  const reason = h('input', { value: `550 5.1.1 <${invitation.email}>: no such mailbox` });
  const submit = async (): Promise<void> => {
    await deliver(row, { outcome: 'bounced', reason: reason.value });
    drawer.close();
    await session.refresh();
  };
  return form(
    { submit, label: 'Bounce it', name: `Bounce the message to ${invitation.email}` },
    field('Reason, as the mail server says it', reason),
  );
};

type Command = (row: Row) => HTMLElement;

const accept: Command = ({ session, invitation: { id, email } }) =>
  button('Accept', () => acceptAsInvited(session, id, email), {
    name: `Accept as ${email}`,
  });

const acceptAsChosen: Command = ({ session, invitation: { id, email } }) =>
  button(
    'Accept as the chosen caller',
    () => command(session, { method: 'POST', path: `${id}/accept/` }),
    {
      name: `Accept as the chosen caller: ${email}`,
    },
  );

const resend: Command = ({ session, invitation: { id, email } }) =>
  button('Resend', () => command(session, { method: 'POST', path: `${id}/resend/` }), {
    name: `Resend to ${email}`,
  });

const change: Command = (row) =>
  button(
    'Change…',
    () => {
      row.drawer.open(changeForm(row));
    },
    { name: `Change… the invitation of ${row.invitation.email}` },
  );

const destroy: Command = ({ session, invitation: { id, email } }) =>
  confirmed('Delete', {
    name: `Delete the invitation of ${email}`,
    question: 'Delete this invitation?',
    yes: 'Yes, delete',
    act: () => command(session, { method: 'DELETE', path: `${id}/` }),
  });

/** What the mail server makes of a message that waits; no caller of the API can do it. */
const deliverNow: Command = (row) =>
  button('Deliver', () => deliver(row, { outcome: 'sent' }), {
    name: `Deliver the message to ${row.invitation.email}`,
  });

const bounce: Command = (row) =>
  button(
    'Bounce…',
    () => {
      row.drawer.open(bounceForm(row));
    },
    { name: `Bounce… the message to ${row.invitation.email}` },
  );

const copyId: Command = ({ invitation: { id, email } }) =>
  copyButton('Copy id', `the id of the invitation of ${email}`, id);

/** The first leads on in the story; the others are behind the menu. */
const commandsOf = (
  { state, commands }: Pick<Invitation, 'state' | 'commands'>,
  isByHand: boolean,
): readonly Command[] => {
  const isAllowed = (name: string): boolean => commands.some((one) => one === name);
  const mail = state === 'pending' ? [deliverNow, bounce] : [];
  if (isByHand && mail.length > 0) {
    return [...mail, ...commandsOf({ state: 'sent', commands }, false)];
  }
  return [
    ...(state === 'bounced' && isAllowed('resend') ? [resend] : []),
    ...(isAllowed('accept') ? [accept, acceptAsChosen] : []),
    ...(state !== 'bounced' && isAllowed('resend') ? [resend] : []),
    ...mail,
    ...(isAllowed('update') ? [change] : []),
    copyId,
    ...(isAllowed('destroy') ? [destroy] : []),
  ];
};

export const invitationRow = (session: Session, invitation: Invitation): HTMLElement => {
  const { email, role, state, state_detail: detail, organization, inviter } = invitation;
  const { created_at: created, changed_at: changed } = invitation;
  const now = Date.parse(session.sandbox().clock.now);
  const row = { session, invitation, drawer: drawer() };
  const isByHand = session.sandbox().delivery.mode === 'by-hand';
  const [main, ...others] = commandsOf(invitation, isByHand);
  const leading = main?.(row);
  if (leading instanceof HTMLButtonElement) leading.classList.add('primary');
  return h(
    'li',
    { class: 'row' },
    h(
      'div',
      { class: 'row-text' },
      h('h3', {}, email, ' ', stateChip(state)),
      h('p', { class: 'muted' }, `${role} of ${organization.name}, invited by ${inviter.name}`),
      h(
        'p',
        { class: 'hint' },
        since('Made', created, now),
        changed === created ? null : since('; changed', changed, now),
      ),
      detail === '' ? null : h('p', { class: 'detail', title: detail }, detail),
    ),
    h(
      'div',
      { class: 'actions' },
      leading,
      menu(
        { label: 'More', name: `More for ${email}` },
        others.map((one) => one(row)),
      ),
    ),
    row.drawer.place,
  );
};
