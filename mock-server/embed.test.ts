// The fake in the hands of another program: started, steered through its client, stopped.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AdminError, connectAdmin, startMockServer, type EmbeddedMock } from './index.ts';
import { anAddress, invitations, listOf, noSuchId, textOf } from './running.suite.ts';

const started: { mock?: EmbeddedMock } = {};

const mock = (): EmbeddedMock => {
  if (started.mock === undefined) throw new Error('The fake runs in tests alone.');
  return started.mock;
};

beforeAll(async () => {
  started.mock = await startMockServer({ validation: 'off' });
});

afterAll(async () => {
  await started.mock?.close();
});

const invite = async (authorization: string, email = anAddress()): Promise<Response> =>
  fetch(`${mock().url}${invitations}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ email, role: 'VIEWER' }),
  });

const refusal = async (promise: Promise<unknown>): Promise<AdminError> => {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (error instanceof AdminError) return error;
  throw new Error(`An AdminError was expected, not ${String(error)}.`);
};

describe('a sandbox', () => {
  test('has credentials that select it, and its own data', async () => {
    const [one, other] = await Promise.all([
      mock().createSandbox({ scenario: 'empty' }),
      mock().createSandbox({ scenario: 'empty' }),
    ]);
    expect((await invite(one.credentials.OWNER.api_key)).status).toBe(201);
    expect(await one.invitations()).toHaveLength(1);
    expect(await other.invitations()).toHaveLength(0);
    expect(one.name).not.toBe(other.name);
    expect(one.env['CONTRACT_AUTH_OWNER']).toBe(one.credentials.OWNER.api_key);
    await other.delete();
    expect((await invite(other.credentials.OWNER.api_key)).status).toBe(401);
  });

  test('has the same people again under the same name, and others under another', async () => {
    const first = await mock().createSandbox({ name: 'again' });
    const again = await mock().createSandbox({ name: 'again' });
    const other = await mock().createSandbox({ name: 'other' });
    expect(again.credentials.OWNER.user).toEqual(first.credentials.OWNER.user);
    expect(other.credentials.OWNER.user).not.toEqual(first.credentials.OWNER.user);
    expect((await mock().admin.sandbox('again')).organization).toEqual(first.organization);
    const names = (await mock().admin.sandboxes()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['default', 'again', 'other']));
  });

  test('has a clock and deliveries that a program steers', async () => {
    const sandbox = await mock().createSandbox({
      scenario: 'empty',
      delivery: { mode: 'after-delay', delay: 'PT1H' },
    });
    await sandbox.clock.freeze('2026-01-31T09:00:00Z');
    const { jwt } = (await sandbox.refresh()).credentials.OWNER;
    expect((await invite(jwt)).status).toBe(201);
    expect(await sandbox.delivery.read()).toMatchObject({ waiting: 1, delay: 'PT1H' });
    expect(await sandbox.invitations({ state: 'pending' })).toHaveLength(1);
    expect(await sandbox.clock.advance('PT1H')).toMatchObject({
      now: '2026-01-31T10:00:00.000Z',
      frozen: true,
    });
    expect(await sandbox.invitations({ state: 'sent' })).toHaveLength(1);
    expect(await sandbox.events()).toMatchObject([
      { type: 'InvitationCreated' },
      { type: 'InvitationSent' },
    ]);
    expect(await sandbox.clock.toPresent()).toMatchObject({ frozen: false, offset_ms: 0 });
    expect(await sandbox.clock.set(new Date(0))).toMatchObject({ frozen: false });
    expect((await sandbox.clock.release()).now).toMatch(/^1970-01-01T00:00/);
    await sandbox.clock.toPresent();
    await sandbox.delivery.change({ mode: 'by-hand' });
    const id = textOf(await (await invite(sandbox.credentials.OWNER.api_key)).json(), 'id');
    expect(
      await sandbox.delivery.deliver(id, { outcome: 'bounced', reason: 'The mailbox is full.' }),
    ).toMatchObject({ state: 'bounced', state_detail: 'The mailbox is full.' });
  });

  test('gives tokens, and shows its people and its traffic', async () => {
    const sandbox = await mock().createSandbox();
    const { email } = sandbox.credentials.ADMIN.user;
    const token = await sandbox.token({ email, organization: true });
    expect(token.organization).toBe(sandbox.organization.id);
    expect((await invite(token.authorization)).status).toBe(201);
    const people = await sandbox.people();
    expect(people.map((person) => person.email)).toContain(email);
    expect(await sandbox.traffic.list()).toMatchObject([{ operation: 'invitations_create' }]);
    await sandbox.traffic.clear();
    expect(await sandbox.traffic.list()).toEqual([]);
  });

  test('has an edition, readings and a world of its own, where people come and go', async () => {
    const email = 'zoe@kestrel.example';
    const sandbox = await mock().createSandbox({
      edition: '2021-07-28',
      readings: { 'membership.unset': 'left-out' },
      world: { invitations: [{ email, state: 'sent', age: 'P2D' }] },
    });
    const authorization = sandbox.credentials.OWNER.api_key;
    const list = await fetch(`${mock().url}${invitations}`, { headers: { authorization } });
    const fields = ['email', 'id', 'inviter', 'role', 'state', 'state_detail', 'url'];
    const shown = listOf(await list.json(), 'results').map((one) => Object.keys(one ?? {}));
    expect(shown.map((names) => names.toSorted())).toEqual([fields]);
    const mira = await sandbox.addPerson({ email: 'mira@kestrel.example', name: 'Mira' });
    expect(await sandbox.people({ search: 'mira' })).toMatchObject([{ id: mira.id, name: 'Mira' }]);
    await sandbox.removePerson(mira);
    expect(await sandbox.people({ search: 'mira' })).toEqual([]);
    expect((await sandbox.reset()).counts.invitations).toMatchObject({ sent: 1 });
  });

  test('begins anew, with other data where they are asked for', async () => {
    const sandbox = await mock().createSandbox({ scenario: 'empty' });
    await invite(sandbox.credentials.OWNER.api_key);
    expect((await sandbox.reset()).counts.invitations).toMatchObject({ pending: 0, sent: 0 });
    const before = sandbox.credentials.OWNER.user;
    await sandbox.seed({ scenario: 'many-pages', scenario_size: 7, seed: 99 });
    const invitationsOf = (await sandbox.invitations()).map(({ organization }) => organization.id);
    expect(invitationsOf.filter((id) => id === sandbox.organization.id)).toHaveLength(7);
    expect(sandbox.credentials.OWNER.user).not.toEqual(before);
  });
});

describe('what a program does with a sandbox', () => {
  test('waits for messages, reads and forgets them', async () => {
    const sandbox = await mock().createSandbox({ scenario: 'empty' });
    const to = anAddress();
    const waiting = sandbox.messages.waitFor({ to });
    await invite(sandbox.credentials.OWNER.api_key, to);
    const message = await waiting;
    expect(message).toMatchObject({ to, outcome: 'sent' });
    expect(message.text).toContain(message.accept_url);
    expect(await sandbox.messages.list()).toMatchObject([{ id: message.id }]);
    await sandbox.messages.clear();
    expect(await sandbox.messages.list()).toEqual([]);
    const none = await refusal(sandbox.messages.waitFor({ to, wait: 0 }));
    expect(none.message).toContain(`{"to":"${to}","wait":0} within 0 seconds`);
  });

  test('lets requests fail, and sees which did', async () => {
    const sandbox = await mock().createSandbox({ scenario: 'empty' });
    const as = sandbox.credentials.OWNER.api_key;
    await sandbox.faults.replace([{ id: 'slow down', first: 1, status: 429, retry_after: 7 }]);
    const refused = await invite(as);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('7');
    expect((await invite(as)).status).toBe(201);
    expect(await sandbox.faults.list()).toMatchObject([{ id: 'slow down', seen: 2, hit: 1 }]);
    expect(await sandbox.traffic.list({ status: '429' })).toMatchObject([{ fault: 'slow down' }]);
    await sandbox.faults.clear();
    expect(await sandbox.faults.list()).toEqual([]);
  });

  test('comes back to a state, and carries it to another sandbox', async () => {
    const sandbox = await mock().createSandbox({ scenario: 'empty' });
    await invite(sandbox.credentials.OWNER.api_key);
    const snapshot = await sandbox.snapshot('one invitation');
    expect(snapshot).toMatchObject({ label: 'one invitation', invitations: 1 });
    await invite(sandbox.credentials.OWNER.api_key);
    expect(await sandbox.invitations()).toHaveLength(2);
    await sandbox.restore(snapshot);
    expect(await sandbox.invitations()).toHaveLength(1);
    const other = await mock().createSandbox();
    await other.load(await sandbox.save());
    expect(await other.invitations()).toEqual(await sandbox.invitations());
    expect(other.credentials.OWNER.user).toEqual(sandbox.credentials.OWNER.user);
    expect((await invite(other.credentials.OWNER.api_key)).status).toBe(201);
  });
});

describe('what is refused', () => {
  test("is an error in the server's own words", async () => {
    const error = await refusal(mock().createSandbox({ name: 'Not a name' }));
    expect(error).toMatchObject({ name: 'AdminError', status: 400 });
    expect(error.message).toContain('is no name of a sandbox');
    expect(error.request).toBe(`PUT ${mock().url}/_mock/sandboxes/Not%20a%20name`);
    const missing = await refusal(mock().admin.sandbox('nobody'));
    expect(missing).toMatchObject({ status: 404 });
    expect(missing.message).toContain('There is no sandbox "nobody"');
    const sandbox = await mock().createSandbox();
    const late = await refusal(sandbox.delivery.deliver(noSuchId, { outcome: 'sent' }));
    expect(late.message).toContain(noSuchId);
  });

  test('by something else says so', async () => {
    const stranger = createServer((_request, response) => {
      response.writeHead(418).end('tea');
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = portOf(stranger.address());
    const error = await refusal(connectAdmin(`http://127.0.0.1:${port}`).sandboxes());
    expect(error.message).toContain("not by the testers' API");
    stranger.close();
    stranger.closeAllConnections();
    const unreachable = await refusal(connectAdmin(`http://127.0.0.1:${port}`).sandboxes());
    expect(unreachable).toMatchObject({ status: null });
    expect(unreachable.message).toContain('Does the server still run?');
  });
});

const portOf = (address: AddressInfo | string | null): { readonly port: number } => {
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address;
};

test('beyond the loopback address the admin token is needed, and the embedded client has it', async () => {
  await using guarded = await startMockServer({ host: '0.0.0.0', validation: 'off' });
  expect((await guarded.createSandbox({ name: 'mine' })).name).toBe('mine');
  const { adminToken } = guarded;
  const remote = connectAdmin(`${guarded.url}/`, { adminToken });
  expect((await remote.sandbox('mine')).url).toBe(guarded.url);
  const error = await refusal(connectAdmin(guarded.url).sandboxes());
  expect(error).toMatchObject({ status: 401 });
  expect(error.message).toContain('ADMIN-TOKEN');
});

test('await using ends a sandbox and a server', async () => {
  const server = await startMockServer({ validation: 'off' });
  {
    await using stopped = server;
    await using sandbox = await stopped.createSandbox({ name: 'brief' });
    expect(sandbox.name).toBe('brief');
  }
  expect((await refusal(server.admin.sandboxes())).status).toBeNull();
});
