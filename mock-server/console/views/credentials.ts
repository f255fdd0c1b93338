// Whom a client can be here, to copy: as a header, as a request, as variables, as a new token.
import { quote } from '../../../spec/quote.ts';
import { addressOf } from '../api.ts';
import { tokenFor } from '../command.ts';
import { copyButton } from '../controls.ts';
import { fill, h } from '../dom.ts';
import { field, form, numberIn, select } from '../forms.ts';
import { announce, complain } from '../notices.ts';
import type { Session } from '../session.ts';
import type { View } from '../view.ts';
import type { CredentialsOf } from '../wire.ts';
import { timeText } from '../words.ts';
import { addressChoices, readPeople } from './address-choices.ts';

const curlOf = (authorization: string): string => {
  const address = addressOf('../api/v1/invitations/');
  return `curl -H ${quote(`Authorization: ${authorization}`)} ${quote(address)}`;
};

const copies = (who: string, authorization: string): HTMLElement =>
  h(
    'div',
    { class: 'credential' },
    h('code', { class: 'secret' }, authorization),
    h(
      'span',
      { class: 'actions' },
      copyButton('Value', `the value for ${who}`, authorization),
      copyButton('Header', `the header for ${who}`, `Authorization: ${authorization}`),
      copyButton('curl', `a request as ${who}`, curlOf(authorization)),
    ),
  );

const roleHints: Readonly<Record<string, string>> = {
  OUTSIDER: 'of another organization',
  INVITEE: 'a person without organization, who can accept',
  EXPIRED: 'a JWT that has expired: 401',
};

const callerRow = (name: string, { api_key: key, jwt, user }: CredentialsOf): HTMLElement => {
  const who = user === undefined ? (roleHints[name] ?? '') : `${user.name}, ${user.email}`;
  const hint = user === undefined ? '' : (roleHints[name] ?? '');
  return h(
    'li',
    { class: 'row stacked' },
    h(
      'div',
      { class: 'row-text' },
      h('h3', {}, name),
      h('p', { class: 'muted' }, [who, hint].filter(Boolean).join('; ')),
    ),
    key === undefined ? null : copies(`${name} by API key`, key),
    jwt === undefined ? null : copies(`${name} by JWT`, jwt),
  );
};

const environmentPanel = (session: Session): HTMLElement => {
  const entries = Object.entries(session.sandbox().environment);
  const lines = entries.map(([name, value]) => `${name}=${quote(value)}`);
  const text = `${lines.join('\n')}\nexport ${entries.map(([name]) => name).join(' ')}\n`;
  return h(
    'section',
    { class: 'panel' },
    h(
      'div',
      { class: 'bar' },
      h('h2', {}, 'Variables for the contract suites'),
      copyButton('Copy all', 'the variables', text),
    ),
    h('p', { class: 'hint' }, 'For a shell, or for node --env-file.'),
    h('pre', { tabindex: 0, 'aria-label': 'Variables', class: 'lines' }, lines.join('\n')),
  );
};

const scopes = [
  ['newest', 'of the newest membership'],
  ['none', 'without organization'],
] as const;

const offerAddresses = (session: Session, choices: HTMLElement): void => {
  readPeople(session)
    .then((persons) => {
      fill(choices, addressChoices(persons));
    })
    .catch(complain);
};

const tokenPanel = (session: Session): HTMLElement => {
  const people = h('datalist', { id: 'token-people' });
  const email = h('input', {
    type: 'email',
    'data-member': 'email',
    list: 'token-people',
    autocomplete: 'off',
  });
  const scope = select(scopes, 'none');
  const seconds = h('input', {
    inputmode: 'numeric',
    placeholder: '43200',
    'data-member': 'expires_in',
  });
  const made = h('div', { role: 'status' });
  const submit = async (): Promise<void> => {
    const lifetime = numberIn(seconds, 'Expires in');
    const { authorization, expires_at: ends } = await tokenFor(session, {
      email: email.value.trim(),
      ...(scope.value() === 'newest' ? { organization: true } : {}),
      ...(lifetime === undefined ? {} : { expires_in: lifetime }),
    });
    fill(
      made,
      h('p', {}, `For ${email.value.trim()}, until ${timeText(ends)}:`),
      copies(email.value.trim(), authorization),
    );
    announce('The JWT is made.');
  };
  offerAddresses(session, people);
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, 'A JWT for anybody'),
    form(
      { submit, label: 'Make a JWT', name: 'A JWT for anybody' },
      h(
        'div',
        { class: 'fields' },
        field('Address', email, 'of a registered person'),
        field('Scope', scope.element),
        field('Expires in', seconds, 'seconds; negative for an expired one'),
      ),
      people,
    ),
    made,
  );
};

export const credentials: View = ({ session, signal }) => {
  const list = h('ul', { class: 'rows', 'aria-label': 'Callers' });
  const show = (): void => {
    const all = Object.entries(session.sandbox().credentials);
    fill(
      list,
      all.map(([name, given]) => callerRow(name, given)),
    );
  };
  // Keys stay as they are until the sandbox is filled anew, which another view does.
  if (!signal.aborted) show();
  return h(
    'div',
    { class: 'split even' },
    h(
      'section',
      {},
      h('h2', {}, 'By role'),
      h(
        'p',
        { class: 'hint' },
        'Credentials alone lead to this sandbox; the address of the API is the same for all.',
      ),
      list,
    ),
    h('div', {}, tokenPanel(session), environmentPanel(session)),
  );
};
