// A world that is kept to come back to, and one that goes to another server as a file.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { anAddress, invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';

const fake = running();
const elsewhere = running({ secret: 'another' });
const world = '/_mock/sandboxes/qa';

let owner = '';

beforeEach(async () => {
  const made = await fake.ask('PUT', world, { json: { scenario: 'edge-cases', page_size: 7 } });
  owner = ownerOf(made.json);
});

const ownerOf = (sandbox: unknown): string =>
  textOf(memberOf(memberOf(sandbox, 'credentials'), 'OWNER'), 'api_key');

/** All that the API shows to an owner, without the addresses of the server. */
const everything = async (as: string, server = fake): Promise<string> => {
  const pages: string[] = [];
  for (let page = 1; page < 30; page += 1) {
    const { status, text } = await server.ask('GET', `${invitations}?page=${page}`, { as });
    if (status !== 200) break;
    pages.push(text.replaceAll(server.server.url, ''));
  }
  expect(pages.length).toBeGreaterThan(1);
  return pages.join('\n');
};

const invite = async (): Promise<string> => {
  const json = { email: anAddress(), role: 'VIEWER' };
  return textOf((await fake.ask('POST', invitations, { as: owner, json })).json, 'id');
};

describe('a snapshot', () => {
  test('brings back what was there, by id and by label', async () => {
    await fake.ask('PATCH', `${world}/delivery`, { json: { mode: 'by-hand' } });
    const now = '2031-01-01T00:00:00.000Z';
    await fake.ask('PATCH', `${world}/clock`, { json: { now, frozen: true } });
    const pending = await invite();
    const before = await everything(owner);
    const kept = await fake.ask('POST', `${world}/snapshots`, { json: { label: 'clean' } });
    expect(kept.status).toBe(201);

    await fake.ask('DELETE', `${invitations}${pending}/`, { as: owner });
    await invite();
    await fake.ask('PATCH', `${world}/clock`, { json: { frozen: false, now: null } });
    await fake.ask('PATCH', `${world}/delivery`, { json: { mode: 'at-once' } });
    expect(await everything(owner)).not.toBe(before);

    for (const id of [textOf(kept.json, 'id'), 'clean']) {
      const restored = await fake.ask('POST', `${world}/snapshots/${id}/restore`);
      expect(restored.json).toMatchObject({
        clock: { now, frozen: true },
        delivery: { mode: 'by-hand', waiting: 1 },
        counts: { snapshots: 1 },
      });
      expect(await everything(owner)).toBe(before);
    }
    await fake.ask('PATCH', `${world}/delivery`, { json: { mode: 'at-once' } });
    const { json } = await fake.ask('GET', `${invitations}${pending}/`, { as: owner });
    expect(textOf(json, 'state')).toBe('sent');
  });

  test('is listed and deleted, and there are no more than twenty', async () => {
    const make = (): Promise<{ status: number }> => fake.ask('POST', `${world}/snapshots`);
    const known = await fake.ask('GET', `${world}/snapshots`);
    for (const one of listOf(known.json, 'snapshots')) {
      await fake.ask('DELETE', `${world}/snapshots/${textOf(one, 'id')}`);
    }
    for (let index = 0; index < 20; index += 1) expect((await make()).status).toBe(201);
    expect((await make()).status).toBe(409);
    const missing = await fake.ask('POST', `${world}/snapshots/nothing/restore`);
    expect(missing.status).toBe(404);
  });
});

describe('an exported world', () => {
  test('is the same on another server, where its keys are other ones', async () => {
    await fake.ask('PATCH', `${world}/delivery`, { json: { mode: 'by-hand' } });
    await invite();
    const file = await fake.ask('GET', `${world}/export`);
    expect(file.headers['content-disposition']).toBe('attachment; filename="qa.world.json"');
    expect(file.text).not.toContain(owner.slice('Api-Key '.length));
    const path = '/_mock/sandboxes/copy/import';
    const imported = await elsewhere.ask('PUT', path, { json: file.json });
    expect(imported.status).toBe(201);
    expect(imported.json).toMatchObject({
      page_size: 7,
      delivery: { mode: 'by-hand', waiting: 1 },
    });
    const theirs = ownerOf(imported.json);
    expect(theirs).not.toBe(owner);
    expect(await everything(theirs, elsewhere)).toBe(await everything(owner));
    expect((await elsewhere.ask('PUT', path, { json: file.json })).status).toBe(200);
    const again = await elsewhere.ask('GET', '/_mock/sandboxes/copy/export');
    expect(memberOf(again.json, 'events')).toEqual(memberOf(file.json, 'events'));
  });

  test.each(['empty', 'team', 'many-pages'])('of %s can be taken in', async (scenario) => {
    await fake.ask('PUT', world, { json: { scenario, scenario_size: 300 } });
    const file = await fake.ask('GET', `${world}/export`);
    const imported = await elsewhere.ask('PUT', `/_mock/sandboxes/${scenario}/import`, {
      json: file.json,
    });
    expect([imported.status, memberOf(memberOf(imported.json, 'counts'), 'invitations')]).toEqual([
      201,
      memberOf(memberOf((await fake.ask('GET', world)).json, 'counts'), 'invitations'),
    ]);
  });

  test.each([
    ['"version"', (file: string) => file.replace('"version":2', '"version":3')],
    ['"colour" is not known', (file: string) => file.replace('{"format"', '{"colour":1,"format"')],
    ['Did you mean "callers"?', (file: string) => file.replace('"callers":', '"caller":')],
    [
      '"events[0].type" is "Founded", but it takes one of UserRegistered',
      (file: string) => file.replace('"OrganizationFounded"', '"Founded"'),
    ],
    [
      'events[1]: organization',
      (file: string) => file.replace(/("events":\[)(\{[^}]*\})/, '$1$2,$2'),
    ],
    ['there is no user', (file: string) => file.replace(/\{[^}]*"UserRegistered"[^}]*\},/, '')],
  ])('that is wrong at %s is refused, and changes nothing', async (words, spoil) => {
    const file = await fake.ask('GET', `${world}/export`);
    const before = await everything(owner);
    const body = spoil(file.text);
    expect(body).not.toBe(file.text);
    const headers = { 'content-type': 'application/json' };
    const answer = await fake.ask('PUT', `${world}/import`, { body, headers });
    expect(answer.status).toBe(400);
    expect(textOf(answer.json, 'detail')).toContain(words);
    expect(await everything(owner)).toBe(before);
  });
});
