// The faults of a sandbox as testers set, read and clear them, and what is refused in words.
import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';

const fake = running();
const world = '/_mock/sandboxes/qa';

let owner = '';

beforeEach(async () => {
  const { json } = await fake.ask('PUT', world, { json: { scenario: 'empty' } });
  owner = textOf(memberOf(memberOf(json, 'credentials'), 'OWNER'), 'api_key');
});

const put = async (...faults: readonly object[]): Promise<readonly unknown[]> => {
  const answer = await fake.ask('PUT', `${world}/faults`, { json: { faults } });
  expect(answer.json).toHaveProperty('faults');
  expect(answer.status).toBe(200);
  return listOf(answer.json, 'faults');
};

const shown = async (): Promise<readonly unknown[]> =>
  listOf((await fake.ask('GET', `${world}/faults`)).json, 'faults');

const list = async (as = owner): Promise<number> =>
  (await fake.ask('GET', invitations, { as })).status;

const everything = [
  {
    id: 'throttle',
    operations: ['invitations_list'],
    methods: ['GET'],
    roles: ['OWNER', 'none'],
    first: 2,
    status: 429,
    retry_after: 3,
  },
  { every: 2, latency: { kind: 'fixed', ms: 1.5 }, connection: 'reset-during' },
  { probability: 0.25, seed: 4, latency: { kind: 'uniform', min_ms: 0, max_ms: 1 }, status: 503 },
  { latency: { kind: 'lognormal', median_ms: 1, sigma: 0.5 }, drip: { bytes: 9, every_ms: 1 } },
  { body: 'violating', violation: 'unknown-state' },
  { body: 'violating' },
];

test('are none at first', async () => {
  expect(await shown()).toEqual([]);
});

test('are shown as they were asked for, with an id and what they met', async () => {
  const faults = await put(...everything);
  const none = { seen: 0, hit: 0, skipped: 0 };
  expect(faults).toEqual(
    everything.map((fault, place) => ({ id: `${place + 1}`, ...fault, ...none })),
  );
  expect(await shown()).toEqual(faults);
  const { json } = await fake.ask('GET', world);
  expect(json).toMatchObject({ counts: { faults: everything.length } });
});

test('may be sent back as they are shown, which counts anew', async () => {
  await put({ status: 503 });
  expect(await list()).toBe(503);
  const before = await shown();
  expect(before).toMatchObject([{ seen: 1, hit: 1 }]);
  await fake.ask('PUT', `${world}/faults`, { json: { faults: before } });
  expect(await shown()).toMatchObject([{ id: '1', status: 503, seen: 0, hit: 0 }]);
});

test('get ids of their own beside those that were given', async () => {
  const faults = await put({ status: 500 }, { id: '1', status: 500 }, { status: 500 });
  expect(faults.map((fault) => memberOf(fault, 'id'))).toEqual(["1'", '1', '3']);
});

test('tell a throttled client to come back in a second, unless told otherwise', async () => {
  expect(await put({ status: 429 })).toMatchObject([{ retry_after: 1 }]);
  expect((await put({ status: 503 }))[0]).not.toHaveProperty('retry_after');
});

test('count exactly, however many ask at once', async () => {
  await put({ first: 5, status: 500 }, { every: 4, status: 503 });
  const statuses = await Promise.all(Array.from({ length: 45 }, () => list()));
  const count = (status: number): number => statuses.filter((one) => one === status).length;
  expect([count(500), count(503), count(200)]).toEqual([5, 10, 30]);
  expect(await shown()).toMatchObject([
    { seen: 45, hit: 5 },
    { seen: 40, hit: 10 },
  ]);
});

test('by chance repeat themselves after they are set again, and differ with the seed', async () => {
  const draw = async (seed?: number): Promise<string> => {
    await put({ probability: 0.5, status: 500, ...(seed === undefined ? {} : { seed }) });
    let drawn = '';
    for (let count = 0; count < 40; count += 1) drawn += (await list()) === 500 ? 'x' : '.';
    return drawn;
  };
  const one = await draw();
  expect(one).toMatch(/x/);
  expect(one).toMatch(/\./);
  expect(await draw()).toBe(one);
  expect(await draw(99)).not.toBe(one);
});

test('concern one sandbox', async () => {
  const other = await fake.ask('PUT', '/_mock/sandboxes/other', { json: { scenario: 'empty' } });
  const otherOwner = textOf(memberOf(memberOf(other.json, 'credentials'), 'OWNER'), 'api_key');
  await put({ status: 500 });
  expect(await list(otherOwner)).toBe(200);
  expect(await list(fake.server.credentials.apiKeys.OWNER)).toBe(200);
  expect(await shown()).toMatchObject([{ seen: 0 }]);
  expect(await list()).toBe(500);
});

test('concern neither /_mock nor what is no path of the API', async () => {
  const faults = '/_mock/sandboxes/default/faults';
  await fake.ask('PUT', faults, { json: { faults: [{ status: 500 }] } });
  for (const path of ['/_mock/sandboxes', faults, '/_mock/traffic', '/_mock/openapi.json']) {
    expect((await fake.ask('GET', path)).status).toBe(200);
  }
  expect((await fake.ask('GET', '/nowhere')).status).toBe(404);
  expect((await fake.ask('GET', faults)).json).toMatchObject({ faults: [{ seen: 0 }] });
  expect((await fake.ask('GET', invitations)).status).toBe(500);
  expect((await fake.ask('DELETE', faults)).status).toBe(204);
});

test.each([
  ['DELETE', '/faults', 204],
  ['POST', '/reset', 200],
  ['POST', '/seed', 200],
])('end with %s %s', async (method, path, status) => {
  await put({ status: 500 });
  expect(await list()).toBe(500);
  expect((await fake.ask(method, `${world}${path}`)).status).toBe(status);
  expect(await shown()).toEqual([]);
  expect(await list()).toBe(200);
});

describe('are refused in words when', () => {
  test.each<[string, object, string]>([
    ['they do nothing', {}, 'something that goes wrong: "latency", "drip", "status"'],
    ['an operation is unknown', { operations: ['list'], status: 500 }, 'invitations_list'],
    ['a list is empty', { roles: [], status: 500 }, 'leave it out to mean all'],
    ['a method is unknown', { methods: ['get'], status: 500 }, 'one of GET, HEAD, POST'],
    ['a role is unknown', { roles: ['BOSS'], status: 500 }, 'CONTRIB, VIEWER, none'],
    ['a status is none of them', { status: 404 }, 'one of 429, 500, 502, 503, 504'],
    ['a status is a text', { status: '500' }, 'one of 429, 500'],
    [
      'there are several occasions',
      { first: 1, every: 2, status: 500 },
      'only one of "first", "every"',
    ],
    [
      'there are several effects',
      { status: 500, connection: 'hang' },
      'only one of "status", "conn',
    ],
    ['there is a time without status', { body: 'truncated', retry_after: 1 }, '"retry_after" only'],
    [
      'there is a violation without need',
      { body: 'malformed', violation: 'wrong-type' },
      '"violation" only',
    ],
    [
      'a hang is late',
      { connection: 'hang', latency: { kind: 'fixed', ms: 1 } },
      'no "latency" beside',
    ],
    [
      'nothing drips',
      { connection: 'reset-before', drip: { bytes: 1, every_ms: 1 } },
      'no "drip" beside',
    ],
    ['it takes too long', { latency: { kind: 'fixed', ms: 600_001 } }, 'a number from 0 to 600000'],
    [
      'a number is missing',
      { latency: { kind: 'uniform', min_ms: 5 } },
      '"faults[0].latency.max_ms" is missing',
    ],
    [
      'bounds are turned round',
      { latency: { kind: 'uniform', min_ms: 5, max_ms: 4 } },
      'a "max_ms" that is not below "min_ms"',
    ],
    ['a kind is unknown', { latency: { kind: 'normal' } }, 'one of fixed, uniform, lognormal'],
    [
      'a number belongs to another kind',
      { latency: { kind: 'fixed', ms: 1, sigma: 1 } },
      '"sigma" is not known here',
    ],
    ['a drip has no size', { drip: { every_ms: 1 } }, '"faults[0].drip.bytes" is missing'],
    ['chance is above one', { probability: 1.5, status: 500 }, 'a number from 0 to 1'],
    ['a member is unknown', { statuss: 500 }, '"statuss" is not known here; known are "id"'],
  ])('%s', async (_what, fault, words) => {
    await put({ id: 'stays', status: 500 });
    const answer = await fake.ask('PUT', `${world}/faults`, { json: { faults: [fault] } });
    expect(answer.status).toBe(400);
    expect(textOf(answer.json, 'detail')).toContain(words);
    expect(await shown()).toMatchObject([{ id: 'stays' }]);
  });

  test.each<[string, object, string]>([
    ['there is no list', {}, '"faults" is missing'],
    [
      'two have one id',
      {
        faults: [
          { id: 'a', status: 500 },
          { id: 'a', status: 500 },
        ],
      },
      'Two faults have the id "a"',
    ],
    ['there are too many', { faults: Array(101).fill({ status: 500 }) }, 'a list of at most 100'],
    [
      'the wrong one is the third',
      { faults: [{ status: 500 }, { status: 500 }, {}] },
      '"faults[2]" is {}, but it takes something that goes wrong',
    ],
  ])('%s', async (_what, json, words) => {
    const answer = await fake.ask('PUT', `${world}/faults`, { json });
    expect(answer.status).toBe(400);
    expect(textOf(answer.json, 'detail')).toContain(words);
  });
});

test.each([
  ['qa.md', '### Faults to begin with'],
  ['front-end.md', 'comes on demand'],
])('those that docs/%s shows are taken', async (file, from) => {
  const text = await readFile(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
  const [section = ''] = text.slice(text.indexOf(from)).split('\n## ', 1);
  const written = [...section.matchAll(/`(\{"[^`]+\})`/g)].map(([, fault = '']) => fault);
  expect(written.length).toBeGreaterThan(5);
  const answer = await fake.ask('PUT', `${world}/faults`, {
    body: `{"faults":[${written.join()}]}`,
    headers: { 'content-type': 'application/json' },
  });
  expect(answer).toMatchObject({ status: 200 });
  expect(listOf(answer.json, 'faults')).toHaveLength(written.length);
});
