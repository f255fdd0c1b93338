// The page that a message's button opens: who invites whom to what, and accepting it, as the invited person or as somebody
// else. It stands in for the front end that `--accept-url` names.
import { answerPanel } from '../answer.ts';
import { api, bodyOf } from '../api.ts';
import { acceptAsInvited } from '../command.ts';
import { fill, h } from '../dom.ts';
import { field, form, segments } from '../forms.ts';
import { notices, sentenceOf } from '../notices.ts';
import { hrefOf } from '../route.ts';
import { openSession, type Session } from '../session.ts';
import type { Invitation } from '../wire.ts';
import { stateChip, withCode } from '../words.ts';
import { addressChoices, readPeople } from '../views/address-choices.ts';

const lifetime = new AbortController();
const main = h('main', { class: 'accept', tabindex: -1 });

const toConsole = (session: Session, view: 'invitations' | 'outbox', text: string): HTMLElement =>
  h('a', { href: `../${hrefOf(session.name, view)}`, class: 'button' }, text);

const readInvitation = async ({ path }: Session, id: string): Promise<Invitation> =>
  bodyOf(
    api.GET('/sandboxes/{name}/invitations/{invitation}', {
      params: { path: { ...path, invitation: id } },
    }),
  );

const howItStands = ({ state, state_detail: detail, email }: Invitation): string => {
  switch (state) {
    case 'accepted':
      return `${email} has accepted it. An invitation is accepted once; ask for another one to join again.`;
    case 'bounced':
      return `Its message came back${detail === '' ? '' : ` (${detail})`}. It can be accepted all the same.`;
    case 'pending':
      return 'Its message has not left yet. It can be accepted all the same.';
    case 'sent':
      return `Only whoever is logged in as ${email} can accept it.`;
    default:
      return state satisfies never;
  }
};

type Person = { readonly element: HTMLElement; readonly address: () => string };

/** As whom to accept: the invited person, or somebody else, to see the refusal. */
const personChoice = (session: Session, email: string): Person => {
  const other = h('input', {
    type: 'email',
    list: 'others',
    autocomplete: 'off',
    'data-member': 'email',
  });
  const others = h('datalist', { id: 'others' });
  const otherField = field(
    'Address',
    other,
    'of a registered person: the API refuses all but the invited one',
  );
  otherField.hidden = true;
  let isOther = false;
  const choices = [
    ['invited', email],
    ['other', 'somebody else'],
  ] as const;
  const choice = segments({ legend: 'Accept as', choices, chosen: 'invited' }, (value) => {
    isOther = value === 'other';
    otherField.hidden = !isOther;
  });
  readPeople(session)
    .then((people) => {
      fill(others, addressChoices(people.filter((person) => person.email !== email)));
    })
    .catch(() => undefined);
  return {
    element: h('div', {}, h('p', { class: 'label' }, 'Accept as'), choice, otherField, others),
    address: () => (isOther ? other.value.trim() : email),
  };
};

const acceptForm = (session: Session, invitation: Invitation): HTMLElement => {
  const { id, email } = invitation;
  const person = personChoice(session, email);
  const submit = async (): Promise<void> => {
    const { status } = await acceptAsInvited(session, id, person.address());
    if (status !== 200) return;
    await show(session, id);
    // What was pressed is no more.
    main.focus();
  };
  return form(
    { submit, label: 'Accept the invitation', name: 'Accept the invitation' },
    person.element,
  );
};

const show = async (session: Session, id: string): Promise<void> => {
  const invitation = await readInvitation(session, id);
  const { email, role, state, organization, inviter } = invitation;
  const heading = `${inviter.name} invites you to ${organization.name}`;
  document.title = `${heading} · invitations-mock`;
  fill(
    main,
    h('h1', {}, heading),
    h(
      'section',
      { class: 'panel' },
      h(
        'p',
        {},
        `${email} ${state === 'accepted' ? 'has joined' : 'is to join'} as ${role}. `,
        stateChip(state),
      ),
      h('p', { class: 'muted' }, howItStands(invitation)),
      state === 'accepted' ? null : acceptForm(session, invitation),
    ),
    h(
      'div',
      { class: 'actions' },
      toConsole(session, 'invitations', `Sandbox ${session.name} in the console`),
      toConsole(session, 'outbox', 'Its outbox'),
    ),
    h(
      'p',
      { class: 'hint' },
      ...withCode(
        'A page of invitations-mock, in the place of your front end; it invites nobody to anything real. Start with `--accept-url` to lead messages to your own page.',
      ),
    ),
  );
};

const explain = (error: unknown): void => {
  fill(
    main,
    h('h1', {}, 'Nothing to accept here'),
    h('p', { role: 'alert' }, sentenceOf(error)),
    h(
      'p',
      { class: 'muted' },
      'The invitation was deleted, or its sandbox began anew since the message was sent.',
    ),
    h('p', {}, h('a', { href: '../#/', class: 'button' }, 'All sandboxes')),
  );
};

const open = async (): Promise<void> => {
  const [, sandbox = '', id = ''] = location.hash.split('/').map(decodeURIComponent);
  if (sandbox === '' || id === '') {
    throw new Error('The address of this page names a sandbox and an invitation: #/SANDBOX/ID.');
  }
  const session = await openSession(sandbox, lifetime.signal);
  fill(document.body, notices, main, answerPanel(session));
  await show(session, id);
};

fill(document.body, notices, main);
window.addEventListener('hashchange', () => {
  location.reload();
});
open().catch(explain);
