// The sample front end: a list, a form, and the page behind the link of a message, which joins an organization.
import { connect, type Invitation, type Outcome, type Session } from './invitations.ts';

const find = <Kind extends Element>(selector: string, kind: new () => Kind): Kind => {
  const found = document.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${selector}.`);
};

/** Whoever logged in left it here. */
const readSession = (): Session => {
  const session: unknown = JSON.parse(sessionStorage.getItem('session') ?? '{}');
  const has = (name: string): string => {
    const value: unknown =
      typeof session === 'object' && session !== null ? Reflect.get(session, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { url: has('url'), authorization: has('authorization') };
};

const alertLine = find('[role=alert]', HTMLElement);
const statusLine = find('[role=status]', HTMLElement);
const form = find('form', HTMLFormElement);
const email = find('[name=email]', HTMLInputElement);
const role = find('[name=role]', HTMLSelectElement);
const rows = find('tbody', HTMLTableSectionElement);
const api = connect(readSession());

const showFields = (fields: Readonly<Record<string, readonly string[]>>): void => {
  for (const name of ['email', 'role']) {
    find(`#${name}-error`, HTMLElement).textContent = (fields[name] ?? []).join(' ');
  }
};

/** What is not done is shown where it belongs. */
const show = <Value>(outcome: Outcome<Value>, whenDone: (value: Value) => void): void => {
  alertLine.textContent = outcome.kind === 'refused' ? outcome.message : '';
  showFields(outcome.kind === 'invalid' ? outcome.fields : {});
  if (outcome.kind === 'done') whenDone(outcome.value);
};

const toRow = ({
  email: address,
  role: granted,
  state,
  state_detail: detail,
}: Invitation): Element => {
  const row = document.createElement('tr');
  for (const text of [address, granted, detail === '' ? state : `${state}: ${detail}`]) {
    const cell = document.createElement('td');
    cell.textContent = text;
    row.append(cell);
  }
  return row;
};

const list = async (): Promise<void> => {
  show(await api.list(), (invitations) => {
    rows.replaceChildren(...invitations.map(toRow));
  });
};

const roleNamed = (name: string): Invitation['role'] => {
  const roles = ['OWNER', 'ADMIN', 'CONTRIB', 'VIEWER'] as const;
  return roles.find((known) => known === name) ?? 'VIEWER';
};

const invite = async (): Promise<void> => {
  const outcome = await api.invite(email.value, roleNamed(role.value));
  show(outcome, ({ email: address }) => {
    statusLine.textContent = `${address} is invited.`;
    form.reset();
  });
  if (outcome.kind === 'done') await list();
};

const accept = async (id: string): Promise<void> => {
  form.hidden = true;
  show(await api.accept(id), ({ role: granted }) => {
    statusLine.textContent = `You have joined as ${granted}.`;
  });
};

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void invite();
});

const invitation = new URLSearchParams(location.search).get('accept');
void (invitation === null ? list() : accept(invitation));
