// The outbox over HTTP: what a message says, how it is found, and how it is awaited.
import { Agent } from 'node:http';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  anAddress,
  askAt,
  invitations,
  listOf,
  memberOf,
  noSuchId,
  running,
  textOf,
  type HttpAnswer,
} from '../running.suite.ts';
import { startMockServer } from '../server.ts';

const template =
  'http://localhost:5173/accept?i={id}&e={email}&o={organization}&r={role}&s={sandbox}';
const fake = running({ acceptUrl: template });
const world = '/_mock/sandboxes/mail';

let owner = '';
let organization: unknown;

beforeEach(async () => {
  const json = { scenario: 'empty' };
  const put = await fake.ask('PUT', world, { json });
  owner = textOf(memberOf(memberOf(put.json, 'credentials'), 'OWNER'), 'api_key');
  organization = memberOf(put.json, 'organization');
});

const invite = async (email = anAddress()): Promise<string> => {
  const answer = await fake.ask('POST', invitations, {
    as: owner,
    json: { email, role: 'VIEWER' },
  });
  expect(answer.status).toBe(201);
  return textOf(answer.json, 'id');
};

const list = async (query = ''): Promise<readonly unknown[]> => {
  const answer = await fake.ask('GET', `${world}/messages${query}`);
  expect(answer.status).toBe(200);
  return listOf(answer.json, 'messages');
};

const newest = async (): Promise<unknown> => {
  const [message] = await list('?limit=1');
  return (await fake.ask('GET', `${world}/messages/${textOf(message, 'id')}`)).json;
};

const change = (part: string, json: object): Promise<HttpAnswer> =>
  fake.ask('PATCH', `${world}/${part}`, { json });

/** Asks with `wait`, and goes on when the server has heard it. */
const startWaiting = async (query: string): Promise<{ readonly answer: Promise<HttpAnswer> }> => {
  const answer = fake.ask('GET', `${world}/messages?${query}`);
  // What is asked later is answered later.
  await fake.ask('GET', `${world}/messages`);
  return { answer };
};

describe('every delivery leaves a message', () => {
  test('with a link of the sandbox, where it has one; a wrong one is refused with what it takes', async () => {
    const at = '/_mock/sandboxes/own-link';
    const put = await fake.ask('PUT', at, {
      json: { delivery: { accept_url: 'https://app.example/join/{id}' } },
    });
    const as = textOf(memberOf(memberOf(put.json, 'credentials'), 'OWNER'), 'api_key');
    const linkTo = async (email: string): Promise<string> => {
      await fake.ask('POST', invitations, { as, json: { email, role: 'VIEWER' } });
      const { json } = await fake.ask('GET', `${at}/messages?to=${email}`);
      const [message] = listOf(json, 'messages');
      return textOf(message, 'accept_url');
    };
    expect(await linkTo('one@example.com')).toMatch(
      /^https:\/\/app\.example\/join\/[0-9a-f-]{36}$/,
    );
    const change = (accept_url: string | null) =>
      fake.ask('PATCH', `${at}/delivery`, { json: { accept_url } });
    const refused = await change('javascript:{id}');
    expect(textOf(refused.json, 'detail')).toContain(
      '"accept_url" is "javascript:{id}", but it takes',
    );
    await change(null);
    expect(await linkTo('two@example.com')).toContain('http://localhost:5173/accept?i=');
  });

  test('with the accept link of the template', async () => {
    const email = anAddress('o.hara+a');
    const id = await invite(email);
    const message = await newest();
    const name = textOf(organization, 'name');
    expect(message).toMatchObject({ to: email, invitation: id, outcome: 'sent', reason: null });
    expect(textOf(message, 'subject')).toContain(`invites you to ${name}`);
    expect(textOf(message, 'from')).toMatch(/ via Invitations"? <no-reply@invitations\.example>$/);
    const link = new URL(textOf(message, 'accept_url'));
    expect(Object.fromEntries(link.searchParams)).toEqual({
      i: id,
      e: email,
      o: textOf(organization, 'id'),
      r: 'VIEWER',
      s: 'mail',
    });
    expect(textOf(message, 'text')).toContain(link.href);
    expect(textOf(message, 'html')).toContain(link.href.replaceAll('&', '&amp;'));
    expect((await fake.ask('GET', world)).json).toMatchObject({ counts: { messages: 1 } });
  });

  test('bounced, by rule and by hand, with the reason', async () => {
    await invite('bounce@example.com');
    expect(await list()).toMatchObject([{ outcome: 'bounced' }]);
    await change('delivery', { mode: 'by-hand' });
    const id = await invite();
    expect(await list(`?invitation=${id}`)).toEqual([]);
    const json = { outcome: 'bounced', reason: 'mailbox full' };
    await fake.ask('POST', `${world}/deliveries/${id}`, { json });
    expect(await list(`?invitation=${id}`)).toMatchObject([{ reason: 'mailbox full' }]);
  });

  test('after a resend and a new address another one', async () => {
    const id = await invite('first@example.com');
    await list();
    await fake.ask('POST', `${invitations}${id}/resend/`, { as: owner });
    await list();
    const json = { email: 'second@example.com' };
    await fake.ask('PATCH', `${invitations}${id}/`, { as: owner, json });
    const all = await list();
    expect(all.map((message) => memberOf(message, 'to'))).toEqual([
      'second@example.com',
      'first@example.com',
      'first@example.com',
    ]);
  });
});

describe('messages are found', () => {
  test.each([
    ['?to=ANN@example.com', 1],
    ['?to=example.com', 0],
    ['?outcome=bounced', 1],
    ['?outcome=sent', 2],
    ['?subject=invites%20you', 3],
    ['?subject=nothing', 0],
    [`?invitation=${noSuchId}`, 0],
    ['?limit=2', 2],
    ['', 3],
  ])('by %s', async (query, count) => {
    for (const name of ['ann', 'bob', 'bounce']) await invite(`${name}@example.com`);
    expect(await list(query)).toHaveLength(count);
  });

  test('page by page, the newest first', async () => {
    for (const name of ['ann', 'bob', 'cid']) await invite(`${name}@example.com`);
    const [first] = await list('?limit=1');
    const rest = await list(`?after=${textOf(first, 'id')}`);
    expect([first, ...rest].map((message) => memberOf(message, 'to'))).toEqual([
      'cid@example.com',
      'bob@example.com',
      'ann@example.com',
    ]);
  });

  test.each([
    ['wait=61', '"wait"'],
    ['wait=soon', '"wait"'],
    ['outcome=lost', 'sent, bounced'],
    ['recipient=a', '"recipient" is not known here'],
  ])('and ?%s is refused in words', async (query, words) => {
    const { status, json } = await fake.ask('GET', `${world}/messages?${query}`);
    expect(status).toBe(400);
    expect(textOf(json, 'detail')).toContain(words);
  });
});

test('messages are removed, one by one, all together, and by a reset', async () => {
  for (const name of ['ann', 'bob', 'cid']) await invite(`${name}@example.com`);
  const path = `${world}/messages/${textOf(await newest(), 'id')}`;
  expect((await fake.ask('DELETE', path)).status).toBe(204);
  for (const [method, target] of [
    ['DELETE', path],
    ['GET', path],
    ['GET', `${path}/html`],
  ] as const) {
    const { status, json } = await fake.ask(method, target);
    expect(status).toBe(404);
    expect(textOf(json, 'detail')).toContain(`GET ${world}/messages lists`);
  }
  expect(await list()).toHaveLength(2);
  expect((await fake.ask('DELETE', `${world}/messages`)).status).toBe(204);
  expect(await list()).toEqual([]);
  await invite();
  await list();
  await fake.ask('POST', `${world}/reset`);
  expect(await list()).toEqual([]);
});

test('as a page a message runs nothing, loads nothing and is framed by nobody else', async () => {
  await invite("<script>alert(1)</script>'@example.com".replace(/[<>()]/g, '!'));
  const message = await newest();
  const path = `${world}/messages/${textOf(message, 'id')}/html`;
  const { status, headers, text } = await fake.ask('GET', path);
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(text).toBe(textOf(message, 'html'));
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/(?:^|; )sandbox(?: allow-popups\S*)*;/);
  expect(policy).not.toContain('allow-scripts');
  expect(headers['x-content-type-options']).toBe('nosniff');
});

describe('waiting', () => {
  test('ends at once when a message is there that matches', async () => {
    await invite('ann@example.com');
    expect(await list('?wait=60&to=ann@example.com')).toHaveLength(1);
  });

  test('ends when one leaves, although nobody looks', async () => {
    const { answer } = await startWaiting('wait=60&to=bob@example.com');
    await invite('ann@example.com');
    await invite('bob@example.com');
    const { json } = await answer;
    expect(json).toMatchObject({ count: 1, messages: [{ to: 'bob@example.com' }] });
  });

  test('ends when the delay is over', async () => {
    await change('delivery', { mode: 'after-delay', delay: 'PT0.2S' });
    await invite('ann@example.com');
    expect(await list('?wait=60')).toHaveLength(1);
  });

  test('ends when the clock is advanced', async () => {
    await change('delivery', { mode: 'after-delay', delay: 'PT1H' });
    await invite('ann@example.com');
    const { answer } = await startWaiting('wait=60');
    await change('clock', { advance: 'PT1H' });
    expect((await answer).json).toMatchObject({ count: 1 });
  });

  test('ends with none when its time is over', async () => {
    expect(await list('?wait=1')).toEqual([]);
  });

  test('ends with words when the sandbox does', async () => {
    const { answer } = await startWaiting('wait=60');
    await fake.ask('DELETE', world);
    const { status, json } = await answer;
    expect(status).toBe(404);
    expect(textOf(json, 'detail')).toContain('ended');
  });

  test('is bounded, and a client that goes away makes room', async () => {
    const impatient = new Agent({ keepAlive: true });
    const ask = askAt(fake.server.url, impatient);
    const target = `${world}/messages?wait=60`;
    const given = Array.from({ length: 110 }, () =>
      ask('GET', target).catch((): undefined => undefined),
    );
    const refused = await Promise.race(given);
    expect(refused?.status).toBe(429);
    expect(textOf(refused?.json, 'detail')).toContain('100 requests wait');
    impatient.destroy();
    await Promise.all(given);
    // The server hears of it in its own time.
    const waitAgain = (): Promise<HttpAnswer> => fake.ask('GET', `${world}/messages?wait=1`);
    let again = await waitAgain();
    while (again.status === 429) again = await waitAgain();
    expect(again.status).toBe(200);
  });
});

describe('a server of its own', () => {
  const agent = new Agent({ keepAlive: true });
  afterAll(() => {
    agent.destroy();
  });

  test('lets links lead to its own accept page, and does not wait for those who wait', async () => {
    const server = await startMockServer({ port: 0, logLevel: 'silent' });
    const ask = askAt(server.url, agent);
    const json = { email: server.credentials.inviteeEmail, role: 'VIEWER' };
    const created = await ask('POST', invitations, { as: server.credentials.apiKeys.OWNER, json });
    const id = textOf(created.json, 'id');
    const path = '/_mock/sandboxes/default/messages';
    const [message] = listOf((await ask('GET', `${path}?invitation=${id}`)).json, 'messages');
    const link = textOf(message, 'accept_url');
    expect(link).toBe(`${server.url}/_mock/accept/#/default/${id}`);

    const waiting = ask('GET', `${path}?wait=60&to=nobody@example.com`);
    await ask('GET', path);
    await server.close();
    expect((await waiting).status).toBe(503);
  });
});
