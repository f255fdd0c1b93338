// The states of a user interface in docs/front-end.md: each comes about as its row says, in so few steps.
import { expect, test } from '@jest/globals';
import { read, rowsIn } from '../docs/documents.ts';
import { invitations, memberOf, running, textOf } from './running.suite.ts';

const fake = running();
const page = read('docs/front-end.md');
const states = page.slice(page.indexOf('## States to design for'), page.indexOf('## In tests'));
const [byRequest = '', byFault = ''] = states.split('| to see                       |');

/** What asks for each state: the requests behind the start, and the status or state that the last of them shows. */
const shown: Readonly<Record<string, () => Promise<unknown>>> = {
  sent: () => lastState('new@kestrel.example'),
  'bounced with a reason': () => lastState('bounce.new@kestrel.example'),
  401: async () => {
    const json = { email: fake.server.credentials.inviteeEmail, expires_in: -1 };
    const { json: token } = await fake.ask('POST', '/_mock/tokens', { json });
    return statusOf('GET', textOf(token, 'authorization'));
  },
  403: () => statusOf('POST', keys().VIEWER, { email: 'v@kestrel.example', role: 'VIEWER' }),
  '404 on create': async () => {
    const json = { email: 'twice@kestrel.example', role: 'VIEWER' };
    await statusOf('POST', keys().OWNER, json);
    return statusOf('POST', keys().OWNER, json);
  },
  400: () => statusOf('POST', keys().OWNER, { email: 'x', role: 'BOSS' }),
};

const keys = () => fake.server.credentials.apiKeys;

const statusOf = async (method: string, as: string, json?: unknown): Promise<number> =>
  (await fake.ask(method, invitations, { as, json })).status;

const lastState = async (email: string): Promise<unknown> => {
  const as = keys().OWNER;
  const made = await fake.ask('POST', invitations, { as, json: { email, role: 'VIEWER' } });
  const again = await fake.ask('GET', `${invitations}${textOf(made.json, 'id')}/`, { as });
  return memberOf(again.json, 'state');
};

test.each(Object.entries(shown))('%s is what its row brings about', async (state, ask) => {
  expect(rowsIn(byRequest).map(([first]) => first?.replaceAll('`', ''))).toContain(state);
  expect(String(await ask())).toBe(/^(?:\d{3}|\w+)/.exec(state)?.[0]);
});

const faults = rowsIn(byFault).flatMap(([state = '', quoted = '']) =>
  quoted.startsWith('`{') ? [[state, quoted.replaceAll('`', '')] as const] : [],
);

test.each(faults)('%s is a fault as it stands there', async (_state, fault) => {
  const answer = await fake.ask('PUT', '/_mock/sandboxes/default/faults', {
    headers: { 'content-type': 'application/json' },
    body: `{"faults": [${fault}]}`,
  });
  expect(answer).toMatchObject({ status: 200 });
});

test('the table of faults is found', () => {
  expect(faults.length).toBeGreaterThan(6);
});
