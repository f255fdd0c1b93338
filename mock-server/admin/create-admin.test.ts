// The documentation, the traffic, and what the testers' API does not have.
import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { anAddress, invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';

const fake = running();
const owner = (): string => fake.server.credentials.apiKeys.OWNER;

const exchanges = async (query = ''): Promise<readonly unknown[]> => {
  const { json } = await fake.ask('GET', `/_mock/traffic${query}`);
  return listOf(json, 'exchanges');
};

describe('the documentation', () => {
  test.each(['/_mock/docs', '/_mock/docs/testers'])('is found at %s', async (path) => {
    const answer = await fake.ask('GET', path);
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toBe(`${path}/`);
  });

  test.each([
    ['/_mock/docs/', '/_mock/docs/testers/', '/_mock/openapi.json'],
    ['/_mock/docs/testers/', '/_mock/docs/', '/_mock/admin.openapi.json'],
    [
      '/_mock/sandboxes/default/docs/',
      '/_mock/docs/testers/',
      '/_mock/sandboxes/default/openapi.json',
      '#/default',
    ],
  ])(
    '%s loads nothing from elsewhere, everything that it names is there, and it leads to the other and to the console',
    async (folder, other, description, view = '#/') => {
      const page = await fake.ask('GET', folder);
      expect(page.status).toBe(200);
      expect(page.headers['content-type']).toMatch(/^text\/html/);
      const script = await fake.ask('GET', `${folder}start.js`);
      const named = [...`${page.text}${script.text}`.matchAll(/(?:src=|href=|url: )["']([^"']+)/g)]
        .map(([, name = '']) => name)
        .map((name) => new URL(name, `http://x${folder}`));
      expect(named.map(({ pathname }) => pathname)).toEqual(
        expect.arrayContaining([other, description, `${folder}start.js`]),
      );
      expect(named.map(({ pathname, hash }) => `${pathname}${hash}`)).toContain(`/_mock/${view}`);
      for (const { host, pathname } of named) {
        expect(host).toBe('x');
        expect((await fake.ask('GET', pathname)).status).toBe(200);
      }
    },
  );

  test('has a policy that lets no script in but its own', async () => {
    for (const path of [
      '/docs/',
      '/docs/start.js',
      '/openapi.json',
      '/docs/testers/',
      '/docs/testers/start.js',
      '/admin.openapi.json',
    ]) {
      const { headers } = await fake.ask('GET', `/_mock${path}`);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toMatch(/script-src 'self'(?:;|$)/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
    const page = await fake.ask('GET', '/_mock/docs/');
    expect(page.text).not.toMatch(/<script>|\son[a-z]+=/);
  });

  test('tries out on the server that it came from, with a key that works', async () => {
    const contract = await fake.ask('GET', '/_mock/openapi.json', {
      headers: { host: 'localhost:99' },
    });
    expect(contract.json).toMatchObject({
      openapi: '3.0.3',
      servers: [{ url: 'http://localhost:99' }],
    });
    const script = await fake.ask('GET', '/_mock/docs/start.js');
    expect(script.headers['content-type']).toMatch(/^text\/javascript/);
    expect(script.text).toContain(owner());
    const ofTesters = await fake.ask('GET', '/_mock/admin.openapi.json', {
      headers: { host: 'localhost:99' },
    });
    expect(ofTesters.json).toMatchObject({ servers: [{ url: 'http://localhost:99/_mock' }] });
    const theirScript = await fake.ask('GET', '/_mock/docs/testers/start.js');
    expect(theirScript.text).not.toContain(owner());
  });

  test.each(['/openapi', '/admin.openapi'])('gives %s in YAML as well', async (file) => {
    const { text } = await fake.ask('GET', `/_mock${file}.yaml`);
    const { json } = await fake.ask('GET', `/_mock${file}.json`);
    expect(load(text)).toMatchObject({ openapi: '3.0.3', info: memberOf(json, 'info') });
  });

  test.each([
    ['range', 'bytes=99999999-', 416],
    ['if-match', '"x"', 412],
  ])('answers a file that cannot be had with %s %s', async (name, value, status) => {
    const answer = await fake.ask('GET', '/_mock/docs/swagger-ui.css', {
      headers: { [name]: value },
    });
    expect(answer).toMatchObject({ status, json: { status } });
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  test.each([
    '/docs/package.json',
    '/docs/..%2fpackage.json',
    '/docs/%2e%2e/openapi.json',
    '/docs/swagger-ui.css/',
  ])('has no file but its own: %s', async (path) => {
    expect((await fake.ask('GET', `/_mock${path}`)).status).toBe(404);
  });
});

describe('the traffic', () => {
  test('shows what was asked and answered, the newest first, without secrets', async () => {
    await fake.ask('DELETE', '/_mock/traffic');
    const email = anAddress();
    await fake.ask('GET', invitations, {
      as: fake.server.credentials.jwts.OWNER,
      headers: { cookie: 'session=secret-cookie' },
    });
    await fake.ask('POST', invitations, {
      as: owner(),
      json: { email, role: 'VIEWER' },
      headers: { 'x-request-id': 'mine' },
    });
    const { text, json } = await fake.ask('GET', '/_mock/traffic');
    expect(json).toMatchObject({
      count: 2,
      exchanges: [
        {
          id: 'mine',
          operation: 'invitations_create',
          caller: { role: 'OWNER' },
          rule: null,
          request: {
            method: 'POST',
            target: invitations,
            headers: { authorization: 'Api-Key [redacted]' },
          },
          response: { status: 201, headers: { 'x-request-id': 'mine' } },
          findings: [],
        },
        {
          operation: 'invitations_list',
          request: {
            method: 'GET',
            headers: { authorization: 'Bearer [redacted]', cookie: '[redacted]' },
          },
          response: { status: 200 },
        },
      ],
    });
    expect(text).toContain(email);
    expect(text).not.toContain(owner().slice('Api-Key '.length));
    expect(text).not.toContain(fake.server.credentials.jwts.OWNER.slice('Bearer '.length));
    expect(text).not.toContain('secret-cookie');
    const [newest] = await exchanges();
    expect(Number.isNaN(Date.parse(textOf(newest, 'at')))).toBe(false);
  });

  test('names the rule of a refusal', async () => {
    await fake.ask('GET', invitations);
    expect((await exchanges())[0]).toMatchObject({
      rule: { id: 'authentication.missing', source: 'family' },
      caller: null,
      response: { status: 401 },
    });
  });

  test('shows only findings when asked to', async () => {
    await fake.ask('DELETE', '/_mock/traffic');
    await fake.ask('GET', invitations, { as: owner() });
    await fake.ask('GET', `${invitations}?role=x`, { as: owner() });
    const found = await exchanges('?findings=true');
    expect(found).toMatchObject([{ findings: [{ location: ['request', 'query', 'role'] }] }]);
    expect(await exchanges()).toHaveLength(2);
  });

  test('keeps the last thousand and is empty after it was cleared', async () => {
    for (let round = 0; round < 11; round += 1) {
      await Promise.all(Array.from({ length: 100 }, () => fake.ask('GET', '/nowhere')));
    }
    expect(await exchanges('?limit=1000')).toHaveLength(1_000);
    expect((await fake.ask('DELETE', '/_mock/traffic')).status).toBe(204);
    expect(await exchanges()).toHaveLength(0);
  });
});

test.each([
  ['GET', '/nothing'],
  ['DELETE', '/tokens'],
  ['POST', '/traffic'],
  ['GET', '/%E0%A4%A'],
])('%s %s is a problem that names what there is', async (method, path) => {
  const answer = await fake.ask(method, `/_mock${path}`);
  expect(answer.status).toBe(404);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(textOf(answer.json, 'detail')).toContain('POST /_mock/tokens');
});
