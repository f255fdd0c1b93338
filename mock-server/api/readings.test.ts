// Each alternative of each reading, over HTTP: a sandbox set to it answers otherwise than one set to any other.
import { Agent } from 'node:http';
import { expect, test } from '@jest/globals';
import { toReadings } from '../../spec/readings.ts';
import { readings, readingNames, type ReadingName } from '../../spec/vocabulary.ts';
import { askAt, running, type HttpAnswer, type Ask } from '../running.suite.ts';
import { startMockServer } from '../server.ts';

const fake = running();

const list = '/api/v1/invitations/';
const none = `${list}0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908/`;

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (node, name) =>
      typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined,
    value,
  );

type Probing = {
  readonly ask: (
    method: string,
    path: string,
    json?: unknown,
    headers?: Record<string, string>,
  ) => Promise<HttpAnswer>;
  readonly as: (role: string) => Probing['ask'];
  /** Of an invitation of that role, for the invitee or a stranger. */
  readonly invite: (role: string, email?: string) => Promise<string>;
  readonly accepted: (role: string) => Promise<string>;
  readonly invitee: {
    readonly email: string;
    readonly accept: (path: string) => Promise<HttpAnswer>;
  };
  readonly outside: string;
};

/** What tells the alternatives apart: a status, or a piece of an answer. */
type Probe = (probing: Probing) => Promise<unknown>;

const stranger = 'Stranger@Example.com';
const status = (answer: HttpAnswer): number => answer.status;
const form = { 'content-type': 'text/plain' };

const probes: Readonly<Record<Exclude<ReadingName, 'edition'>, Probe>> = {
  'list.order': async ({ ask, invite }) => {
    const first = await invite('VIEWER');
    await invite('VIEWER', 'second@example.com');
    return String(at((await ask('GET', list)).json, 'results', '0', 'url')).endsWith(first);
  },
  'list.filter-outside-enumeration': async ({ ask }) =>
    status(await ask('GET', `${list}?role=BOSS`)),
  'list.email-letter-case': async ({ ask, invite }) => {
    await invite('VIEWER');
    return at((await ask('GET', `${list}?email=${stranger.toLowerCase()}`)).json, 'count');
  },
  'list.empty-parameter': async ({ ask }) => status(await ask('GET', `${list}?role=`)),
  'list.unknown-parameter': async ({ ask }) => status(await ask('GET', `${list}?colour=red`)),
  'list.empty-page': async ({ ask }) => status(await ask('GET', list)),
  'pages.last': async ({ ask }) => status(await ask('GET', `${list}?page=last`)),
  'pages.wrong': async ({ ask }) => status(await ask('GET', `${list}?page=99`)),
  'pages.largest': async ({ ask }) =>
    at((await ask('GET', `${list}?page_size=5000`)).json, 'results', 'length'),
  'list.page-size-wrong': async ({ ask }) => status(await ask('GET', `${list}?page_size=0`)),
  'create.location': async ({ ask }) =>
    (await ask('POST', list, { email: stranger, role: 'VIEWER' })).headers.location !== undefined,
  'create.answer-state': async ({ ask }) =>
    at((await ask('POST', list, { email: stranger, role: 'VIEWER' })).json, 'state'),
  'create.letter-case': async ({ ask }) =>
    at((await ask('POST', list, { email: stranger, role: 'VIEWER' })).json, 'email'),
  'duplicate.status': async ({ ask, invite }) => {
    await invite('VIEWER');
    return status(await ask('POST', list, { email: stranger, role: 'VIEWER' }));
  },
  'roles.who-invites': async ({ as }) =>
    status(await as('VIEWER')('POST', list, { email: stranger, role: 'VIEWER' })),
  'create.role-above-own': async ({ as }) =>
    status(await as('ADMIN')('POST', list, { email: stranger, role: 'OWNER' })),
  'update.role-above-own': async ({ as, invite }) =>
    status(await as('ADMIN')('PATCH', await invite('VIEWER'), { role: 'OWNER' })),
  'update.address-taken': async ({ ask, invite }) => {
    await invite('VIEWER');
    const other = await invite('VIEWER', 'other@example.com');
    return status(await ask('PATCH', other, { email: stranger }));
  },
  'update.accepted': async ({ ask, accepted }) =>
    status(await ask('PATCH', await accepted('VIEWER'), { role: 'ADMIN' })),
  'update.case-only-address': async ({ ask, invite }) => {
    const path = await invite('VIEWER');
    return at((await ask('PATCH', path, { email: stranger.toLowerCase() })).json, 'email');
  },
  'destroy.accepted': async ({ ask, accepted }) =>
    status(await ask('DELETE', await accepted('VIEWER'))),
  'delete.membership': async ({ ask, accepted }) => {
    const path = await accepted('VIEWER');
    const membership = new URL(textAt((await ask('GET', path)).json, 'membership')).pathname;
    await ask('DELETE', path);
    return status(await ask('GET', membership));
  },
  'accept.api-key': async ({ ask, invite }) =>
    status(await ask('POST', `${await invite('VIEWER')}accept/`)),
  'accept.anonymous': async ({ ask, invite }) =>
    status(await ask('POST', `${await invite('VIEWER')}accept/`, undefined, { authorization: '' })),
  'accept.member-role': async ({ ask, invite, invitee, accepted }) => {
    await ask('DELETE', await accepted('VIEWER'));
    const { json } = await invitee.accept(await invite('CONTRIB', invitee.email));
    const membership = new URL(String(at(json, 'membership'))).pathname;
    return at((await ask('GET', membership)).json, 'role');
  },
  'roles.invitation-above-own': async ({ as, invite }) =>
    status(await as('ADMIN')('DELETE', await invite('OWNER'))),
  'accepted.before-role': async ({ as, accepted }) =>
    status(await as('ADMIN')('PATCH', await accepted('OWNER'), { role: 'VIEWER' })),
  'scope.required': async ({ outside, ask }) =>
    status(await ask('GET', list, undefined, { authorization: outside })),
  'tenancy.other-organization': async ({ ask }) => status(await ask('GET', none)),
  'authentication.refused': async ({ ask }) =>
    status(await ask('GET', list, undefined, { authorization: 'Api-Key nobody' })),
  'authentication.challenge': async ({ ask }) =>
    (await ask('GET', list, undefined, { authorization: 'Api-Key nobody' })).headers[
      'www-authenticate'
    ],
  'order.negotiation': async ({ ask }) =>
    status(await ask('GET', list, undefined, { authorization: '', accept: 'text/html' })),
  'order.object': async ({ ask }) => status(await ask('PATCH', none, { role: 'BOSS' })),
  'headers.allow': async ({ ask }) => (await ask('GET', list)).headers.allow,
  'membership.unset': async ({ ask, invite }) => {
    const { json } = await ask('GET', await invite('VIEWER'));
    const membership = at(json, 'membership');
    return membership === undefined ? 'left out' : JSON.stringify(membership);
  },
  times: async ({ ask, invite }) => {
    const inviter = at((await ask('GET', await invite('VIEWER'))).json, 'inviter');
    return String(at((await ask('GET', new URL(String(inviter)).pathname)).json, 'created_at'))
      .length;
  },
  'resend.answer-state': async ({ ask, invite }) =>
    at((await ask('POST', `${await invite('VIEWER')}resend/`)).json, 'state'),
  'errors.unknown-field': async ({ ask }) =>
    status(await ask('POST', list, { email: stranger, role: 'VIEWER', colour: 'red' })),
  'errors.id-not-a-uuid': async ({ ask }) => status(await ask('GET', `${list}17/`)),
  'errors.invalid-body': async ({ ask }) => status(await ask('POST', list, {})),
  'errors.unparsable-body': async ({ ask }) =>
    status(await ask('POST', list, undefined, { 'content-type': 'application/json', body: '{' })),
  'errors.no-field': async ({ ask }) =>
    Object.keys((await ask('POST', list, [])).json ?? {}).join(),
  'errors.wording': async ({ ask }) => at((await ask('GET', none)).json, 'detail'),
  'errors.body-too-large': async ({ ask }) =>
    status(await ask('POST', list, { email: 'x'.repeat(1_100_000), role: 'VIEWER' })),
  'errors.unsupported-media-type': async ({ ask }) =>
    status(await ask('POST', list, undefined, { ...form, body: 'x' })),
  'errors.not-acceptable': async ({ ask }) =>
    status(await ask('GET', list, undefined, { accept: 'text/html' })),
  'slash.missing': async ({ ask }) => status(await ask('GET', list.slice(0, -1))),
  options: async ({ ask }) => status(await ask('OPTIONS', list)),
  'users.invitations': async ({ ask }) => {
    const account = await ask('POST', '/api/v1/serviceaccounts/', { name: 'Robot', role: 'ADMIN' });
    const authorization = `Api-Key ${textAt(account.json, 'apikey')}`;
    const made = await ask('POST', list, { email: stranger, role: 'VIEWER' }, { authorization });
    await ask('DELETE', new URL(textAt(account.json, 'url')).pathname);
    return status(await ask('GET', `${list}${textAt(made.json, 'id')}/`));
  },
  'linked.missing': async ({ ask }) =>
    status(await ask('GET', '/api/v1/memberships/0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908/')),
};

const textAt = (value: unknown, ...path: readonly string[]): string => String(at(value, ...path));

let worlds = 0;

/** A sandbox of its own, with nothing in it but what the reading is about. */
const set = async (name: string, alternative: string): Promise<Probing> => {
  const content =
    name === 'pages.largest'
      ? { scenario: 'many-pages', scenario_size: 501 }
      : { scenario: 'empty' };
  const options = { ...content, readings: { [name]: alternative } };
  const made = await fake.ask('PUT', `/_mock/sandboxes/world-${(worlds += 1)}`, { json: options });
  expect(made.json).toMatchObject({ name: expect.anything() });
  return toProbing(fake.ask, at(made.json, 'credentials'));
};

const toProbing = (send: Ask, people: unknown): Probing => {
  const as =
    (role: string): Probing['ask'] =>
    (method, path, json, given = {}) => {
      const { authorization = textAt(people, role, 'api_key'), body, ...headers } = given;
      return send(method, path, {
        ...(authorization !== '' && { as: authorization }),
        ...(json !== undefined && { json }),
        ...(body !== undefined && { body }),
        headers,
      });
    };
  const ask = as('OWNER');
  const outside = textAt(people, 'INVITEE', 'jwt');
  const invitee = {
    email: textAt(people, 'INVITEE', 'user', 'email'),
    accept: (path: string) => ask('POST', `${path}accept/`, undefined, { authorization: outside }),
  };
  const invite: Probing['invite'] = async (role, email = stranger) => {
    const { json } = await ask('POST', list, { email, role });
    return `${list}${textAt(json, 'id')}/`;
  };
  const accepted = async (role: string): Promise<string> => {
    const path = await invite(role, invitee.email);
    expect((await invitee.accept(path)).status).toBe(200);
    return path;
  };
  return { ask, as, invite, accepted, invitee, outside };
};

// Without credentials nobody is in a sandbox but the default one.
const unknownCallers: readonly ReadingName[] = [
  'accept.anonymous',
  'authentication.refused',
  'authentication.challenge',
  'order.negotiation',
];

const probe = async (name: keyof typeof probes, alternative: string): Promise<unknown> => {
  if (!unknownCallers.includes(name)) return probes[name](await set(name, alternative));
  const config = { port: 0, logLevel: 'silent', scenario: 'empty' } as const;
  const server = await startMockServer({
    ...config,
    readings: toReadings({ [name]: alternative }),
  });
  const agent = new Agent();
  try {
    const ask = askAt(server.url, agent);
    const { OWNER } = server.credentials.apiKeys;
    return await probes[name](toProbing(ask, { OWNER: { api_key: OWNER } }));
  } finally {
    agent.destroy();
    await server.close();
  }
};

const chosen = readingNames.filter((name) => name !== 'edition');

test.each(chosen)('a fake set to an alternative of %s shows it', async (name) => {
  const seen: unknown[] = [];
  for (const alternative of readings[name]) seen.push(await probe(name, alternative));
  expect(new Set(seen).size).toBe(readings[name].length);
  const byStatus = readings[name].filter((alternative) => /^[45]\d\d$/.test(alternative));
  if (byStatus.length === seen.length) expect(seen.map(String)).toEqual(byStatus);
});

test('there are at least forty', () => {
  expect(chosen.length).toBeGreaterThanOrEqual(40);
});

test('a reading that is none, or an alternative that is none, is refused in words', async () => {
  const wrong = await fake.ask('PUT', '/_mock/sandboxes/wrong', {
    json: { readings: { 'list.order': 'by-luck' } },
  });
  expect(wrong.status).toBe(400);
  expect(wrong.text).toContain('oldest-first, newest-first');
});
