// Who is in the sandbox: their roles, and by whose invitation; people come and go.
import { api, bodyOf } from '../api.ts';
import { tokenFor } from '../command.ts';
import { confirmed, copyButton, emptyState } from '../controls.ts';
import { h } from '../dom.ts';
import { field, form } from '../forms.ts';
import { announce } from '../notices.ts';
import type { Session } from '../session.ts';
import { inAddress, type View, type ViewContext } from '../view.ts';
import type { Person } from '../wire.ts';
import { plural } from '../words.ts';
import { pagedList } from './paged-list.ts';

type Membership = Person['memberships'][number];

const membershipText = ({ role, organization, invited_by: by }: Membership): HTMLElement =>
  h(
    'p',
    {},
    h('strong', {}, role),
    ` of ${organization.name}`,
    by === null ? null : `, invited by ${by.name}`,
  );

const tokenButton = (session: Session, { email, memberships }: Person): HTMLElement => {
  const organization = memberships.length > 0;
  return copyButton('Copy JWT', `a JWT of ${email}`, async () => {
    const { authorization } = await tokenFor(session, {
      email,
      ...(organization && { organization }),
    });
    return authorization;
  });
};

const keyButton = ({ name, api_key: key }: Person): HTMLElement | null =>
  key === null ? null : copyButton('Copy API key', `the API key of ${name}`, key);

const removeButton = (session: Session, { id, name, invitations }: Person): HTMLElement => {
  const sent =
    invitations === 0
      ? ''
      : ` The ${plural(invitations, 'invitation')} that came from there will go too.`;
  return confirmed('Remove', {
    name: `Remove ${name}`,
    question: `Remove ${name}, with memberships and keys?${sent}`,
    yes: 'Yes, remove',
    act: async () => {
      const params = { path: { ...session.path, id } };
      await session.after(api.DELETE('/sandboxes/{name}/people/{id}', { params }));
      announce(`Removed: ${name}.`);
    },
  });
};

const personRow = (session: Session, person: Person): HTMLElement => {
  const { name, email, kind, memberships, invitations } = person;
  const isPerson = kind === 'person';
  return h(
    'li',
    { class: 'row' },
    h(
      'div',
      { class: 'row-text' },
      h('h3', {}, name, ' ', isPerson ? null : h('span', { class: 'badge' }, 'service account')),
      h('p', { class: 'muted' }, email),
      memberships.length === 0
        ? h('p', {}, 'Member of no organization: can be invited, and accept.')
        : memberships.map(membershipText),
      invitations === 0
        ? null
        : h('p', { class: 'hint' }, `Sent ${plural(invitations, 'invitation')}`),
    ),
    h(
      'div',
      { class: 'actions' },
      isPerson ? tokenButton(session, person) : keyButton(person),
      removeButton(session, person),
    ),
  );
};

const registerPanel = (session: Session): HTMLElement => {
  const email = h('input', {
    type: 'email',
    'data-member': 'email',
    autocomplete: 'off',
    placeholder: 'person@example.com',
  });
  const name = h('input', { autocomplete: 'off', placeholder: 'made from the address' });
  const submit = async (): Promise<void> => {
    const called = name.value.trim();
    const body = { email: email.value.trim(), ...(called !== '' && { name: called }) };
    const params = { path: session.path };
    const added = await session.after(
      bodyOf(api.POST('/sandboxes/{name}/people', { params, body })),
    );
    email.value = '';
    name.value = '';
    announce(`Registered: ${added.name}.`);
  };
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, 'Register somebody'),
    h(
      'p',
      { class: 'hint' },
      'As signing up does in life. Whoever is invited is registered by accepting, too.',
    ),
    form(
      { submit, label: 'Register', name: 'Register somebody' },
      field('Address', email),
      field('Name', name, 'may be left empty'),
    ),
  );
};

const listPanel = (context: ViewContext): HTMLElement => {
  const { session } = context;
  const search = h('input', { type: 'search', placeholder: 'name or address' });
  inAddress(context, { search });
  const paged = pagedList<Person>(context, {
    label: 'People',
    keyOf: ({ id }) => id,
    render: (person) => personRow(session, person),
    read: async (window) => {
      const wanted = search.value.trim();
      const query = { ...window, ...(wanted !== '' && { search: wanted }) };
      const params = { path: session.path, query };
      const { people: items, count } = await bodyOf(
        api.GET('/sandboxes/{name}/people', { params }),
      );
      return { items, count };
    },
    nothing: () =>
      emptyState('Nobody matches', h('p', {}, 'Search for a part of a name or address.')),
  });
  search.addEventListener('input', paged.fromStart);
  return h(
    'section',
    {},
    h('h2', { class: 'unseen' }, 'All of them'),
    h('div', { class: 'search', role: 'search' }, field('Search', search)),
    paged.elements,
  );
};

export const people: View = (context) =>
  h('div', { class: 'split' }, listPanel(context), registerPanel(context.session));
