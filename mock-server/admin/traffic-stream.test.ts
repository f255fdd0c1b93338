// The traffic as server-sent events: replayed, followed, resumed, missed, forgotten, ended.
import { afterEach, expect, test } from '@jest/globals';
import { invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';
import { startMockServer } from '../server.ts';
import { readEvents, type EventReader, type Received } from './event-reader.suite.ts';

const fake = running({ validation: 'off', scenario: 'many-pages', scenarioSize: 1_000 });

const readers: EventReader[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

type Sandbox = {
  readonly path: string;
  readonly owner: string;
  /** Asks the API in it, with this as what the exchange is known by. */
  readonly ask: (id: string, target?: string) => Promise<unknown>;
  readonly follow: (query?: string, headers?: Record<string, string>) => Promise<EventReader>;
};

let count = 0;

const aSandbox = async (options: object = { scenario: 'empty' }): Promise<Sandbox> => {
  count += 1;
  const path = `/_mock/sandboxes/stream-${count}`;
  const { json } = await fake.ask('PUT', path, { json: options });
  const owner = textOf(memberOf(memberOf(json, 'credentials'), 'OWNER'), 'api_key');
  return {
    path,
    owner,
    ask: (id, target = invitations) =>
      fake.ask('GET', target, { as: owner, headers: { 'x-request-id': id } }),
    follow: async (query = '', headers = {}) => {
      const reader = await readEvents(`${fake.server.url}${path}/traffic/stream${query}`, headers);
      readers.push(reader);
      return reader;
    },
  };
};

const idOf = (received: Received | null): string =>
  `${received?.event ?? 'end'} ${received?.id ?? '-'} ${textOf(received?.data, 'id')}`;

test('replays what is kept, the oldest first, and then follows', async () => {
  const { ask, follow } = await aSandbox();
  await ask('one');
  await ask('two');
  const reader = await follow();
  expect(reader.response.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  });
  expect((await reader.take(2)).map(idOf)).toEqual(['exchange 1 one', 'exchange 2 two']);
  await ask('three');
  expect((await reader.take(1)).map(idOf)).toEqual(['exchange 3 three']);
});

test('shows an exchange as the list does', async () => {
  const { ask, follow, path } = await aSandbox();
  await ask('same', `${invitations}x/`);
  const [received] = await (await follow()).take(1);
  const { json } = await fake.ask('GET', `${path}/traffic`);
  expect(received?.data).toEqual(listOf(json, 'exchanges')[0]);
});

test('keeps to its filters, in what is kept and in what comes', async () => {
  const { ask, follow } = await aSandbox();
  await ask('fine');
  await ask('missing', `${invitations}x/`);
  const reader = await follow('?status=4xx');
  await ask('fine again');
  await ask('missing-again', `${invitations}x/`);
  expect((await reader.take(2)).map(idOf)).toEqual([
    'exchange 2 missing',
    'exchange 4 missing-again',
  ]);
});

test.each([
  ['?after=2', {}],
  ['', { 'last-event-id': '2' }],
  ['?after=1', { 'last-event-id': '2' }],
])('goes on behind what a client has: %s %j', async (query, headers) => {
  const { ask, follow } = await aSandbox();
  for (const id of ['one', 'two', 'three']) await ask(id);
  const reader = await follow(query, headers);
  expect(idOf(await reader.next())).toBe('exchange 3 three');
});

test('tells a client that comes back that all was forgotten, or that this is another server', async () => {
  const { ask, follow, path } = await aSandbox();
  await ask('one');
  await ask('two');
  await fake.ask('DELETE', `${path}/traffic`);
  await ask('three');
  for (const after of [1, 2, 77]) {
    const reader = await follow(`?after=${after}`);
    expect(await reader.next()).toMatchObject({ event: 'clear' });
    expect(idOf(await reader.next())).toBe('exchange 3 three');
  }
});

test('says when the traffic is forgotten and when the sandbox begins anew', async () => {
  const { ask, follow, path } = await aSandbox();
  await ask('one');
  const reader = await follow();
  expect(idOf(await reader.next())).toBe('exchange 1 one');
  await fake.ask('DELETE', `${path}/traffic`);
  expect(await reader.next()).toEqual({ event: 'clear', id: undefined, data: {} });
  await ask('two');
  expect(idOf(await reader.next())).toBe('exchange 2 two');
  await fake.ask('POST', `${path}/reset`);
  expect(await reader.next()).toMatchObject({ event: 'clear' });
});

test('ends with its sandbox, and says so', async () => {
  const { follow, path } = await aSandbox();
  const reader = await follow();
  await fake.ask('DELETE', path);
  const ended = await reader.next();
  expect(ended?.event).toBe('end');
  expect(textOf(ended?.data, 'reason')).toMatch(/^The sandbox "stream-\d+" has ended\.$/);
  expect(await reader.next()).toBeNull();
});

test('says how many a client missed that did not read, and holds no more for it than is kept', async () => {
  const { ask, follow } = await aSandbox({ scenario: 'many-pages', page_size: 10_000 });
  const reader = await follow();
  reader.response.pause();
  // Together they are more than the sockets hold and eight million characters, which is what is kept.
  for (let id = 0; id < 60; id += 1) await ask(`large-${id}`);
  await ask('last', `${invitations}x/`);
  let [seen, missed, gaps] = [0, 0, 0];
  for (let next = await reader.next(); next !== null; next = await reader.next()) {
    if (next.event === 'gap') {
      gaps += 1;
      missed += Number(memberOf(next.data, 'missed'));
    } else seen += 1;
    if (next.event === 'exchange' && textOf(next.data, 'id') === 'last') break;
  }
  expect(gaps).toBe(1);
  expect(missed).toBeGreaterThan(3);
  expect(seen + missed).toBe(61);
});

test('hostile content breaks no frame', async () => {
  const { follow, owner } = await aSandbox();
  const body = '{"email": "a\n\ndata: {}\r\n\u2028\u2029\u0085\\u2028", "role":\r"id: 7"}';
  const reader = await follow();
  await fake.ask('POST', `${invitations}?x=%0a%0adata:%20x`, {
    as: owner,
    body,
    headers: { 'content-type': 'application/json', 'x-request-id': 'hostile' },
  });
  const received = await reader.next();
  expect(idOf(received)).toBe('exchange 1 hostile');
  expect(memberOf(memberOf(received?.data, 'request'), 'body')).toBe(body);
});

test('goes to fifty clients at once and refuses the next, until one goes', async () => {
  const { follow, path, ask } = await aSandbox();
  const all = await Promise.all(Array.from({ length: 50 }, () => follow()));
  const refused = await fake.ask('GET', `${path}/traffic/stream`);
  expect(refused).toMatchObject({ status: 429, json: { status: 429, title: 'Too Many Requests' } });
  await ask('one');
  for (const reader of all) expect(idOf(await reader.next())).toBe('exchange 1 one');
  all[0]?.close();
  // The server hears of it a moment later.
  let again = await follow();
  while (again.response.statusCode === 429) again = await follow();
  expect(idOf(await again.next())).toBe('exchange 1 one');
});

test.each(['?after=x', '?after=-1', '?status=abc', '?unknown=1'])(
  'refuses %s in words',
  async (query) => {
    const { path } = await aSandbox();
    const { status, json } = await fake.ask('GET', `${path}/traffic/stream${query}`);
    expect(status).toBe(400);
    expect(textOf(json, 'detail').length).toBeGreaterThan(20);
  },
);

test('refuses a Last-Event-ID that is none, in words', async () => {
  const { path } = await aSandbox();
  const headers = { 'last-event-id': 'x' };
  const { status, json } = await fake.ask('GET', `${path}/traffic/stream`, { headers });
  expect(status).toBe(400);
  expect(textOf(json, 'detail')).toContain('Last-Event-ID');
});

test('answers HEAD with its head alone', async () => {
  const { path } = await aSandbox();
  const { status, text } = await fake.ask('HEAD', `${path}/traffic/stream`);
  expect({ status, text }).toEqual({ status: 200, text: '' });
});

test('does not hold up the end of the server, whether it is read or not', async () => {
  const server = await startMockServer({
    port: 0,
    logLevel: 'silent',
    banner: false,
    validation: 'off',
    scenario: 'many-pages',
    scenarioSize: 1_000,
    pageSize: 1_000,
  });
  const address = `${server.url}/_mock/sandboxes/default/traffic/stream`;
  const [read, unread] = [await readEvents(address), await readEvents(address)];
  unread.response.pause();
  const headers = { authorization: server.credentials.apiKeys.OWNER };
  const events: (string | undefined)[] = [];
  const readAll = async (): Promise<void> => {
    for (let next = await read.next(); next !== null; next = await read.next()) {
      events.push(next.event);
    }
  };
  const reading = readAll();
  for (let round = 0; round < 30; round += 1) {
    await (await fetch(`${server.url}${invitations}`, { headers })).text();
  }
  const cutOff = new Promise((resolve) => {
    setTimeout(resolve, 4_900, 'cut off').unref();
  });
  const closed = Promise.all([server.close(), reading]);
  expect(await Promise.race([closed.then(() => 'closed'), cutOff])).toBe('closed');
  expect(events.at(0)).toBe('exchange');
  expect(events.at(-1)).toBe('end');
  unread.close();
});
