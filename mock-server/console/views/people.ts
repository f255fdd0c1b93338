// Who is in the sandbox: their roles, and by whose invitation; people come and go.
import { api, bodyOf } from '../api.ts';
import { tokenFor } from '../command.ts';
import { confirmed, copyButton, emptyState } from '../controls.ts';
import { fill, h, keyedList } from '../dom.ts';
import { field, form } from '../forms.ts';
import { announce, complain } from '../notices.ts';
import type { Session } from '../session.ts';
import type { View } from '../view.ts';
import type { Person } from '../wire.ts';
import { plural } from '../words.ts';
import { pager, pageSize } from './pager.ts';

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

const listPanel = (session: Session, signal: AbortSignal): HTMLElement => {
  const wanted = { search: '', offset: 0 };
  const list = h('ul', { class: 'rows', 'aria-label': 'People' });
  const foot = h('div', {});
  const show = keyedList<Person>(list, {
    keyOf: ({ id }) => id,
    render: (person) => personRow(session, person),
  });
  let asked = 0;
  const load = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const { search, offset } = wanted;
    const query = { limit: pageSize, offset, ...(search !== '' && { search }) };
    const params = { path: session.path, query };
    const { people, count } = await bodyOf(api.GET('/sandboxes/{name}/people', { params }));
    // Whoever types faster than the server answers sees the answer to what was typed last.
    if (signal.aborted || mine !== asked) return;
    show(people);
    const nobody = emptyState(
      'Nobody matches',
      h('p', {}, 'Search for a part of a name or address.'),
    );
    fill(foot, count === 0 ? nobody : pager(wanted, count, loadSafely));
  };
  const loadSafely = (): void => {
    load().catch(complain);
  };
  const search = h('input', { type: 'search', placeholder: 'name or address' });
  search.addEventListener('input', () => {
    Object.assign(wanted, { search: search.value.trim(), offset: 0 });
    loadSafely();
  });
  session.changed.listen(loadSafely, signal);
  loadSafely();
  return h(
    'section',
    {},
    h('h2', { class: 'unseen' }, 'All of them'),
    h('div', { class: 'search', role: 'search' }, field('Search', search)),
    list,
    foot,
  );
};

export const people: View = ({ session, signal }) =>
  h('div', { class: 'split' }, listPanel(session, signal), registerPanel(session));
