// Seed files from recordings: what was recorded is there again, under other names unless told otherwise.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { invitations, listOf, memberOf, running, textOf } from '../mock-server/running.suite.ts';
import { startMockServer } from '../mock-server/server.ts';
import { inProcess } from './in-process.suite.ts';
import { worldMain } from './world.ts';

const fake = running();
const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-world-'));
const world = inProcess(worldMain);

/** What a client of the sandbox saw of it. */
const record = async (
  scenario: string,
): Promise<{ readonly file: string; readonly as: string }> => {
  const at = `/_mock/sandboxes/${scenario}`;
  const made = await fake.ask('PUT', at, { json: { scenario } });
  const as = textOf(memberOf(memberOf(made.json, 'credentials'), 'OWNER'), 'api_key');
  const get = (path: string) => fake.ask('GET', path, { as });
  const list = await get(`${invitations}?page_size=500`);
  const results = listOf(list.json, 'results');
  for (const url of new Set(results.map((one) => textOf(one, 'inviter')))) {
    await get(new URL(url).pathname);
  }
  const [first] = results;
  await get(new URL(textOf(first, 'organization')).pathname);
  await fake.ask('DELETE', new URL(textOf(first, 'url')).pathname, { as });
  const file = join(folder, `${scenario}.har`);
  writeFileSync(file, (await fake.ask('GET', `${at}/traffic.har`)).text);
  return { file, as };
};

type Seen = readonly (readonly unknown[])[];

const seen = async (
  ask: (path: string) => Promise<unknown>,
  names: readonly string[],
): Promise<Seen> =>
  listOf(await ask(`${invitations}?page_size=500`), 'results').map((one) =>
    names.map((name) => memberOf(one, name)),
  );

const startWith = async (text: string, name: string) => {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, text);
  return startMockServer({ port: 0, logLevel: 'silent', banner: false, world: file });
};

test.each(['team', 'edge-cases'])(
  'a recording of %s comes back, in its order',
  async (scenario) => {
    const { file, as } = await record(scenario);
    const { code, out } = await world([file, '--keep-names']);
    expect(code).toBe(0);
    const server = await startWith(out, scenario);
    const names = ['email', 'role', 'state', 'inviter_name'];
    const before = await seen(async (path) => (await fake.ask('GET', path, { as })).json, names);
    const after = await seen(async (path) => {
      const authorization = server.credentials.apiKeys.OWNER;
      return (await fetch(`${server.url}${path}`, { headers: { authorization } })).json();
    }, names);
    await server.close();
    const told = (rows: Seen): Seen => rows.map(([email, role, state]) => [email, role, state]);
    expect(told(after)).toEqual(told(before));
  },
);

test('no address and no name of the recording is in it, and it is the same each time', async () => {
  const { file, as } = await record('team');
  const { out } = await world([file]);
  expect((await world([file])).out).toBe(out);
  expect(out).toContain('- name: Service account 1\n');
  expect(out).toMatch(/<\w+(?:\.\w+)+@example\.com>/);
  expect(out).toContain('# From recorded traffic; addresses and names are made up.');
  const list = await fake.ask('GET', `${invitations}?page_size=500`, { as });
  for (const one of listOf(list.json, 'results')) {
    expect(out).not.toContain(textOf(one, 'email'));
    expect(out).not.toContain(textOf(one, 'inviter_name'));
  }
  const people = await fake.ask('GET', '/_mock/sandboxes/team/people?limit=1000');
  for (const one of listOf(people.json, 'people')) {
    expect(out).not.toContain(textOf(one, 'email'));
    expect(out).not.toContain(textOf(one, 'name'));
  }
  await (await startWith(out, 'disguised')).close();
});

test('an inviter of whom nothing else is known may invite', async () => {
  const as = fake.server.credentials.apiKeys.OWNER;
  await fake.ask('POST', invitations, {
    as,
    json: { email: 'new@kestrel.example', role: 'VIEWER' },
  });
  const file = join(folder, 'one.har');
  writeFileSync(file, (await fake.ask('GET', '/_mock/sandboxes/default/traffic.har')).text);
  const { out } = await world([file, '--keep-names']);
  expect(out).toContain('name: Service account (owner)\n      role: ADMIN\n');
});

test('a file that shows nothing of it is said to be so', async () => {
  const file = join(folder, 'none.har');
  writeFileSync(file, JSON.stringify({ log: { entries: [] } }));
  expect(await world([file])).toMatchObject({
    code: 2,
    err: expect.stringContaining('Nothing in'),
  });
});
