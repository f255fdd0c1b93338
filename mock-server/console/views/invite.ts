// The form that invites somebody, with addresses that lead to each end of the story.
import { command, demandFields } from '../command.ts';
import { button } from '../controls.ts';
import { fill, h } from '../dom.ts';
import { field, form, select } from '../forms.ts';
import { complain } from '../notices.ts';
import type { Session } from '../session.ts';
import type { Person } from '../wire.ts';
import { addressChoices, readPeople } from './address-choices.ts';

export const roleChoices = [
  ['OWNER', 'OWNER'],
  ['ADMIN', 'ADMIN'],
  ['CONTRIB', 'CONTRIB'],
  ['VIEWER', 'VIEWER'],
] as const;

let made = 0;

const newAddress = (local: string): string => {
  made += 1;
  const [chance = 0] = crypto.getRandomValues(new Uint16Array(1));
  return `${local}-${chance}${made}@example.com`;
};

/** Registered, and not of the sandbox's organization yet. */
const canBecomeMember = ({ memberships }: Person, organizationId: string): boolean =>
  memberships.every(({ organization }) => organization.id !== organizationId);

type Offered = { readonly choices: HTMLElement; readonly suggestions: HTMLElement };

const offerAddresses = (session: Session, email: HTMLInputElement): Offered => {
  const choices = h('datalist', { id: 'people' });
  const suggestions = h('p', { class: 'suggestions' });
  const suggest = (label: string, address: () => string): HTMLElement =>
    button(label, () => {
      email.value = address();
      email.focus();
    });
  const offer = async (): Promise<void> => {
    const people = await readPeople(session);
    const { organization } = session.sandbox();
    const guest = people.find((person) => canBecomeMember(person, organization.id));
    fill(choices, addressChoices(people));
    fill(
      suggestions,
      'Fill in an address ',
      guest === undefined ? null : suggest('of one who can accept', () => guest.email),
      suggest('that arrives', () => newAddress('person')),
      suggest('that bounces', () => newAddress('bounce')),
    );
  };
  offer().catch(complain);
  return { choices, suggestions };
};

export const inviteForm = (session: Session, actAs: HTMLElement): HTMLElement => {
  const email = h('input', {
    type: 'email',
    'data-member': 'email',
    list: 'people',
    autocomplete: 'off',
    placeholder: 'person@example.com',
  });
  const role = select(roleChoices, 'VIEWER', 'role');
  const { choices, suggestions } = offerAddresses(session, email);
  const submit = async (): Promise<void> => {
    const body = { email: email.value, role: role.value() };
    const answer = await command(session, { method: 'POST', path: '', body });
    demandFields(answer);
    if (answer.status !== 201) return;
    email.value = '';
    email.focus();
  };
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, 'Invite somebody'),
    form(
      { submit, label: 'Invite', name: 'Invite somebody', look: 'ending' },
      h('div', { class: 'fields' }, field('Address', email), field('Role', role.element), actAs),
      choices,
      suggestions,
    ),
  );
};
