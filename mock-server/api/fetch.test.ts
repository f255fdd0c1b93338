// The story of an invitation through the API without a server: what `fetch` gives it, and what it answers to `fetch`.
import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { judges } from '../../spec/judges.ts';
import { newestEdition } from '../../spec/vocabulary.ts';
import { toViolationsHeader } from '../../spec/violations-header.ts';
import type { FaultRule } from '../sandbox/fault-rule.ts';
import { aFault } from '../sandbox/fault.suite.ts';
import { textOf } from '../running.suite.ts';
import { toFetch } from '../web/fetch-port.ts';
import { ofOneOwner } from './one-owner.suite.ts';

const base = 'https://api.example.com';
const path = '/api/v1/invitations/';

const setup = async () => {
  const judge = await judges(newestEdition);
  const { api, sandbox } = ofOneOwner({
    newId: randomUUID,
    judgeOf: () => judge,
    toHeader: toViolationsHeader,
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
