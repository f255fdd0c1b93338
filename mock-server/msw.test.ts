// The fake in the place of the network: MSW hands it the requests of `fetch` and of Node's own clients, and nothing listens.
import https from 'node:https';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { setupServer } from 'msw/node';
import { createInvitationsHandlers, type InvitationsHandlers } from './msw.ts';
import { anAddress, invitations, textOf } from './running.suite.ts';

const base = 'https://api.example.com';
const server = setupServer();

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'bypass' });
});

afterEach(() => {
  server.resetHandlers();
});

afterAll(() => {
  server.close();
});

const setup = async (
  options: Parameters<typeof createInvitationsHandlers>[0] = {},
): Promise<InvitationsHandlers> => {
  const made = await createInvitationsHandlers({
    baseUrl: base,
    scenario: 'empty',
    validation: 'off',
    ...options,
  });
  server.use(...made.handlers);
  return made;
};

const ask = (
  as: string,
  target = invitations,
  { at = base, json }: { readonly at?: string; readonly json?: unknown } = {},
): Promise<Response> =>
  fetch(`${at}${target}`, {
    headers: { authorization: as, 'content-type': 'application/json' },
    ...(json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }),
  });

test('an invitation is made, mailed, accepted by who was invited, and listed', async () => {
  await using fake = await setup({ validation: 'enforce' });
  const { sandbox, credentials } = fake;
  const email = anAddress();
  const created = await ask(credentials.OWNER.jwt, invitations, {
    json: { email, role: 'VIEWER' },
  });
  expect(created.status).toBe(201);
  const invitation: unknown = await created.json();
  expect(textOf(invitation, 'url')).toBe(`${base}${invitations}${textOf(invitation, 'id')}/`);
  const message = await sandbox.messages.waitFor({ to: email });
  expect(message.accept_url).toContain(base);
  const { authorization } = await sandbox.token({ email });
  const accepted = await fetch(`${textOf(invitation, 'url')}accept/`, {
    method: 'POST',
    headers: { authorization },
  });
  expect(accepted.status).toBe(200);
  const listed: unknown = await (await ask(credentials.VIEWER.api_key)).json();
  expect(listed).toMatchObject({ count: 1, results: [{ state: 'accepted' }] });
  expect(await sandbox.traffic.list({ findings: 'true' })).toEqual([]);
  await sandbox.reset();
  expect(await sandbox.invitations()).toEqual([]);
});

test('faults are met as where there is a server, and count', async () => {
  await using fake = await setup();
  const { sandbox, credentials } = fake;
  const as = credentials.OWNER.api_key;
  await sandbox.faults.replace([
    { id: 'slow down', first: 1, status: 429, retry_after: 7 },
    { id: 'gone', first: 1, connection: 'reset-before' },
  ]);
  const refused = await ask(as);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
  await expect(ask(as)).rejects.toThrow(TypeError);
  expect((await ask(as)).status).toBe(200);
  expect(await sandbox.faults.list()).toMatchObject([{ hit: 1 }, { hit: 1 }]);
  await sandbox.faults.replace([{ id: 'half', connection: 'reset-during' }]);
  const broken = await ask(as);
  await expect(broken.text()).rejects.toThrow('reset');
  await sandbox.faults.clear();
  const giveUp = new AbortController();
  const waiting = fetch(`${base}/_mock/messages?wait=60`, { signal: giveUp.signal });
  giveUp.abort();
  await expect(waiting).rejects.toThrow();
});

test('messages leave when the clock is moved past their delay', async () => {
  await using fake = await setup({ delivery: 'after-delay', deliveryDelayMs: 3_600_000 });
  const { sandbox } = fake;
  await sandbox.clock.freeze('2026-01-31T09:00:00Z');
  const { OWNER } = (await sandbox.refresh()).credentials;
  await ask(OWNER.jwt, invitations, { json: { email: anAddress(), role: 'ADMIN' } });
  expect(await sandbox.messages.list()).toEqual([]);
  await sandbox.clock.advance('PT1H');
  expect(await sandbox.invitations({ state: 'sent' })).toHaveLength(1);
  expect(await sandbox.messages.list()).toHaveLength(1);
});

test('two fakes share nothing, nor do two sandboxes of one', async () => {
  const elsewhere = 'http://localhost:4999';
  await using one = await setup();
  await using other = await setup({ baseUrl: elsewhere });
  const third = await other.createSandbox({ scenario: 'empty' });
  const json = { email: anAddress(), role: 'VIEWER' };
  expect((await ask(one.credentials.OWNER.api_key, invitations, { json })).status).toBe(201);
  const asked = { at: elsewhere, json };
  expect((await ask(third.credentials.OWNER.api_key, invitations, asked)).status).toBe(201);
  expect((await ask(third.credentials.OWNER.api_key, invitations, { json })).status).toBe(401);
  const counts = [one.sandbox, other.sandbox, third].map(async (sandbox) => {
    const { length } = await sandbox.invitations();
    return length;
  });
  expect(await Promise.all(counts)).toEqual([1, 0, 1]);
});

test("the testers' API is there under its path, for login and for tools, in its own words", async () => {
  await using fake = await setup();
  const { email } = fake.credentials.OWNER.user;
  const login = await ask('', '/_mock/tokens', { json: { email, organization: true } });
  expect(login.status).toBe(201);
  const authorization = textOf(await login.json(), 'authorization');
  expect((await ask(authorization)).status).toBe(200);
  expect((await ask('', '/_mock/sandboxes/nobody')).status).toBe(404);
  expect((await ask('', '/_mock/nothing')).status).toBe(404);
  expect((await ask('', '/_mock/sandboxes/default/traffic/stream')).status).toBe(501);
  await expect(fake.admin.createSandbox({ name: 'Not a name' })).rejects.toThrow('is no name');
  await expect(fake.admin.sandbox('%E0%A4%A')).rejects.toThrow('There is no sandbox');
});

test('a seed file is taken as YAML, and its mistakes are told by line', async () => {
  await using fake = await setup();
  const put = (body: string): Promise<Response> =>
    fetch(`${base}/_mock/sandboxes/own`, {
      method: 'PUT',
      headers: { 'content-type': 'application/yaml' },
      body,
    });
  expect((await put('world:\n  people:\n    - { email: mira@kestrel.example }\n')).status).toBe(
    201,
  );
  const people = await (await fake.admin.sandbox('own')).people();
  expect(people.map(({ email }) => email)).toContain('mira@kestrel.example');
  const refused = await put('world:\n  people:\n    - { email: mira }\n');
  expect(textOf(await refused.json(), 'detail')).toContain('Line 3: ');
});

test('what is asked through node:https is answered too, and other origins are left alone', async () => {
  await using fake = await setup();
  const headers = { authorization: fake.credentials.OWNER.api_key };
  const status = await new Promise((resolve, reject) => {
    https
      .get(`${base}${invitations}`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
      .on('error', reject);
  });
  expect(status).toBe(200);
  const seen: string[] = [];
  const listen = ({ request }: { readonly request: Request }): void => {
    seen.push(request.url);
  };
  server.events.on('request:unhandled', listen);
  const near = ['http://127.0.0.1:1/', 'https://api.example.com.invalid/'];
  for (const url of near) await expect(fetch(url)).rejects.toThrow(TypeError);
  server.events.removeAllListeners();
  expect(seen).toEqual(near);
});

test('an address that is more than scheme, host and port is refused', async () => {
  for (const baseUrl of ['api.example.com', 'https://api.example.com/below', 'ftp://example.com']) {
    await expect(createInvitationsHandlers({ baseUrl })).rejects.toThrow(`baseUrl is "${baseUrl}"`);
  }
});
