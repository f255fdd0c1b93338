// Paths and methods: what is there, what is not, and what is told about it.
import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { anAddress, invitations, noSuchId, running, textOf } from '../running.suite.ts';
import { routes } from './routes.ts';

const fake = running();
const owner = (): string => fake.server.credentials.apiKeys.OWNER;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const allowed: Readonly<Record<string, string>> = {
  '/api/v1/invitations/': 'GET, POST, HEAD, OPTIONS',
  '/api/v1/invitations/:id/': 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS',
  '/api/v1/invitations/:id/accept/': 'POST, OPTIONS',
  '/api/v1/invitations/:id/resend/': 'POST, OPTIONS',
  '/api/v1/users/': 'GET, HEAD, OPTIONS',
  '/api/v1/users/current/': 'GET, HEAD, OPTIONS',
  '/api/v1/users/:id/': 'GET, DELETE, HEAD, OPTIONS',
  '/api/v1/memberships/:id/': 'GET, HEAD, OPTIONS',
  '/api/v1/organizations/:id/': 'GET, HEAD, OPTIONS',
  '/api/v1/serviceaccounts/': 'GET, POST, HEAD, OPTIONS',
  '/api/v1/serviceaccounts/:id/': 'GET, DELETE, HEAD, OPTIONS',
};

test('these are all routes', () => {
  expect(routes.map(({ path, allow }) => [path, allow])).toEqual(Object.entries(allowed));
});

describe.each(Object.entries(allowed))('%s', (path, allow) => {
  const target = path.replace(':id', noSuchId);
  const refused = methods.filter((method) => !allow.includes(method));

  test.each(refused)('refuses %s with 405 and names what it allows', async (method) => {
    const answer = await fake.ask(method, target, { as: owner() });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    expect(textOf(answer.json, 'detail')).toContain(allow);
  });

  test('tells about itself when asked with OPTIONS', async () => {
    const answer = await fake.ask('OPTIONS', target, { as: owner() });
    expect(answer.status).toBe(200);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.json).toEqual({
      name: 'Invitations API',
      description: `${path} answers to ${allow}.`,
      renders: ['application/json'],
      parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
    });
    expect((await fake.ask('OPTIONS', target)).status).toBe(401);
  });

  test('names what it allows in every other answer too', async () => {
    for (const as of [undefined, owner()]) {
      const answer = await fake.ask(allow.startsWith('POST') ? 'POST' : 'GET', target, { as });
      expect(answer.headers.allow).toBe(allow);
    }
  });

  test('sends whoever only reads on to its last slash, with the query', async () => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await fake.ask(method, `${target.slice(0, -1)}?page=2&role=ADMIN`);
      expect(answer.status).toBe(301);
      expect(answer.headers.location).toBe(`${target}?page=2&role=ADMIN`);
      expect(answer.text).toBe('');
      const plain = await fake.ask(method, target.slice(0, -1));
      expect(plain.headers.location).toBe(target);
    }
  });

  test('names the right path to whoever would write without its last slash', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await fake.ask(method, target.slice(0, -1), { as: owner(), json: {} });
      expect(answer.status).toBe(404);
      expect(textOf(answer.json, 'detail')).toContain(`${method} ${target} `);
    }
  });
});

describe('HEAD', () => {
  test('has the headers of GET and no body', async () => {
    const get = await fake.ask('GET', invitations, { as: owner() });
    const head = await fake.ask('HEAD', invitations, { as: owner() });
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
    expect(head.headers['sl-violations']).toBeUndefined();
  });

  test('is refused where GET is', async () => {
    const answer = await fake.ask('HEAD', `${invitations}${noSuchId}/accept/`, { as: owner() });
    expect(answer).toMatchObject({ status: 405, text: '' });
  });
});

describe('an id', () => {
  const odd = [
    'x',
    '%E0%A4%A',
    '%',
    '%00',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e',
    '__proto__',
    'constructor',
    noSuchId.replaceAll('-', ''),
    `${noSuchId}0`,
    'a'.repeat(4_000),
  ];

  test.each(odd)('that is no UUID is not found: %s', async (id) => {
    for (const path of [`${invitations}${id}/`, `/api/v1/users/${id}/`]) {
      const answer = await fake.ask('GET', path, { as: owner() });
      expect(answer.status).toBe(404);
      expect(textOf(answer.json, 'detail')).not.toBe('');
      expect(answer.headers.allow).toContain('GET');
    }
    const resend = await fake.ask('POST', `${invitations}${id}/resend/`, { as: owner() });
    expect(resend.status).toBe(404);
  });

  test('is the same in capital letters', async () => {
    const json = { email: anAddress(), role: 'VIEWER' };
    const created = await fake.ask('POST', invitations, { as: owner(), json });
    const id = textOf(created.json, 'id');
    const answer = await fake.ask('GET', `${invitations}${id.toUpperCase()}/`, { as: owner() });
    expect(answer).toMatchObject({ status: 200, json: { id } });
  });
});

describe('what is no path', () => {
  test.each([
    '/',
    '/api/v1/',
    '/API/V1/invitations/',
    `${invitations}/`,
    '//api/v1/invitations/',
    `/x${invitations}`,
    '/%',
    '/_mocks',
    '/api/v1/memberships/',
    '/api/v1/users//',
  ])('%s is 404 in JSON, with a hint', async (path) => {
    const answer = await fake.ask('GET', path, { as: owner() });
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(textOf(answer.json, 'detail')).toContain('/api/v1/');
    expect(answer.headers.allow).toBe('OPTIONS');
  });

  test('a request line with scheme and host is sent on to the path alone', async () => {
    const { port } = new URL(fake.server.url);
    const text = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1');
      let received = '';
      socket.on('data', (chunk) => (received += String(chunk)));
      socket.on('close', () => {
        resolve(received);
      });
      socket.write(
        'GET http://evil.example/api/v1/invitations?page=2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      );
    });
    expect(text).toMatch(/^HTTP\/1.1 301 /);
    expect(text).toMatch(/location: \/api\/v1\/invitations\/\?page=2\r\n/i);
  });
});

describe('a request id', () => {
  test('is in every answer, another one each time', async () => {
    const ids = await Promise.all(
      ['/', invitations, '/api/v1/invitations'].map(async (path) => {
        const { headers } = await fake.ask('GET', path);
        return headers['x-request-id'];
      }),
    );
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain(undefined);
  });

  test('is the client’s own if it is plain', async () => {
    const given = async (id: string): Promise<unknown> =>
      (await fake.ask('GET', '/', { headers: { 'x-request-id': id } })).headers['x-request-id'];
    expect(await given('my-id.1')).toBe('my-id.1');
    expect(await given('<script>')).not.toBe('<script>');
  });
});
