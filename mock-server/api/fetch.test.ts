// The story of an invitation through the API without a server: what `fetch` gives it, and what it answers to `fetch`.
import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createJudge } from '../../spec/judge.ts';
import { toViolationsHeader } from '../../spec/violations-header.ts';
import { defaultDelivery } from '../sandbox/delivery-settings.ts';
import type { FaultRule } from '../sandbox/fault-rule.ts';
import { aFault } from '../sandbox/fault.suite.ts';
import { aSandbox } from '../sandbox/sandbox.suite.ts';
import { textOf } from '../running.suite.ts';
import { toFetch } from '../web/fetch-port.ts';
import { createApi } from './create-api.ts';

const organizationId = 'c7a51d2e-6a2b-4a6e-9b0e-7d1f5f0a0001';
const userId = 'c7a51d2e-6a2b-4a6e-9b0e-7d1f5f0a0002';
const base = 'https://api.example.com';
const path = '/api/v1/invitations/';

const setup = async () => {
  const sandbox = aSandbox({
    now: () => 1_000,
    delivery: defaultDelivery,
    history: [
      { type: 'OrganizationFounded', at: 0, organizationId, name: 'O' },
      {
        type: 'UserRegistered',
        at: 0,
        userId,
        name: 'U',
        email: 'u@example.com',
        pictureUrl: '',
        kind: 'person',
      },
      { type: 'ApiKeyIssued', at: 0, key: 'key', userId, organizationId },
      {
        type: 'MembershipGranted',
        at: 0,
        membershipId: randomUUID(),
        userId,
        organizationId,
        role: 'OWNER',
      },
    ],
  });
  const judge = await createJudge();
  const api = createApi({
    enter: (_authorization, _request, work) =>
      work({
        sandbox,
        verifyToken: () => ({
          kind: 'refused',
          rule: 'authentication.malformed-jwt',
          detail: 'No.',
        }),
      }),
    standard: () => sandbox,
    newId: randomUUID,
    invitationLimit: 10,
    whyFull: () => undefined,
    bodyLimits: { bytes: 1_000, depth: 5 },
    onFault: (message, error) => {
      throw new Error(message, { cause: error });
    },
    judgeOf: () => judge,
    mode: 'report',
    toHeader: toViolationsHeader,
    log: () => undefined,
    requestId: () => 'request',
  });
  const fetchFake = toFetch(api);
  const ask = (
    method: string,
    target: string,
    body?: string | URLSearchParams | FormData,
  ): Promise<Response> =>
    fetchFake(
      new Request(`${base}${target}`, {
        method,
        headers: {
          authorization: 'Api-Key key',
          ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
        },
        ...(body === undefined ? {} : { body }),
      }),
    );
  const set = (more: Partial<FaultRule>): void => {
    sandbox.faults.replace([aFault(more)], 1);
  };
  return { ask, set, fetchFake, sandbox };
};

test('an invitation is made, read, listed, changed and deleted, and nothing is found wrong', async () => {
  const { ask, sandbox } = await setup();
  const created = await ask('POST', path, '{"email":"ann@example.com","role":"VIEWER"}');
  expect(created.status).toBe(201);
  const invitation: unknown = await created.json();
  const url = textOf(invitation, 'url');
  expect(url).toBe(`${base}${path}${textOf(invitation, 'id')}/`);
  const own = url.slice(base.length);
  expect(await (await ask('GET', own)).json()).toMatchObject({ state: 'sent' });
  expect(await (await ask('GET', `${path}?role=VIEWER`)).json()).toMatchObject({ count: 1 });
  expect(await (await ask('GET', `${path}?role=OWNER`)).json()).toMatchObject({ count: 0 });
  const changed = await ask('PATCH', own, new URLSearchParams({ role: 'ADMIN' }));
  expect(await changed.json()).toMatchObject({ role: 'ADMIN' });
  const head = await ask('HEAD', own);
  expect([head.status, await head.text()]).toEqual([200, '']);
  const gone = await ask('DELETE', own);
  expect([gone.status, gone.body]).toEqual([204, null]);
  expect((await ask('GET', own)).status).toBe(404);
  expect((await ask('GET', '/nowhere')).status).toBe(404);
  const found = sandbox.traffic
    .list()
    .flatMap(({ findings, request: { target } }) => (target === '/nowhere' ? [] : findings));
  expect(found).toEqual([]);
});

test('a body is refused for what it is, as by the server', async () => {
  const { ask } = await setup();
  expect((await ask('POST', path, '{')).status).toBe(400);
  expect((await ask('POST', path, 'x'.repeat(1_001))).status).toBe(413);
  const form = new FormData();
  form.set('email', 'ann@example.com');
  form.set('role', 'ADMIN');
  expect((await ask('POST', path, form)).status).toBe(201);
});

test('a fault is met as a fetch meets it', async () => {
  const { ask, set } = await setup();
  set({ effect: { kind: 'status', status: 503, retryAfter: null } });
  expect((await ask('GET', path)).status).toBe(503);
  set({ drip: { bytes: 10, everyMs: 1 } });
  expect(await (await ask('GET', path)).json()).toMatchObject({ count: 0 });
  set({ effect: { kind: 'connection', connection: 'reset-before' } });
  await expect(ask('GET', path)).rejects.toThrow(TypeError);
  set({ effect: { kind: 'connection', connection: 'reset-during' } });
  const broken = await ask('GET', path);
  await expect(broken.text()).rejects.toThrow('reset');
});

test('a request that is given up is waited with no longer', async () => {
  const { fetchFake, set, sandbox } = await setup();
  set({ latency: { kind: 'fixed', ms: 600_000 } });
  const giveUp = new AbortController();
  const headers = { authorization: 'Api-Key key' };
  const asking = fetchFake(new Request(`${base}${path}`, { headers, signal: giveUp.signal }));
  giveUp.abort();
  await expect(asking).rejects.toThrow();
  while (sandbox.traffic.counts().exchanges === 0) await new Promise(setImmediate);
  expect(sandbox.traffic.list()).toMatchObject([{ response: { status: 0 } }]);
});
