// Bodies of create and update over HTTP: what is taken, and how the rest is refused.
import { describe, expect, test } from '@jest/globals';
import {
  anAddress,
  invitations,
  namesOf,
  running,
  textOf,
  type HttpAnswer,
} from '../running.suite.ts';

const fake = running({ bodyLimit: 4_096 });
const owner = (): string => fake.server.credentials.apiKeys.OWNER;

const post = (body: string | Buffer, type: string): Promise<HttpAnswer> =>
  fake.ask('POST', invitations, { as: owner(), body, headers: { 'content-type': type } });

const create = (fields: object): Promise<HttpAnswer> =>
  fake.ask('POST', invitations, { as: owner(), json: fields });

const multipart = 'multipart/form-data; boundary=b';

const part = (name: string, value: string, more = ''): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;

const required = 'This field is required.';
const blank = 'This field may not be blank.';
const noString = 'This field takes a string.';
const noAddress = 'This is not a valid e-mail address; one looks like name@example.com.';

const noRole = (text: string): string =>
  `"${text}" is not a role; the roles are OWNER, ADMIN, CONTRIB, VIEWER.`;

describe('a create', () => {
  test.each([
    ['application/json', (email: string) => JSON.stringify({ email, role: 'ADMIN' })],
    ['application/x-www-form-urlencoded', (email: string) => `email=${email}&role=ADMIN`],
    [multipart, (email: string) => `${part('email', email)}${part('role', 'ADMIN')}--b--\r\n`],
  ])('is taken as %s', async (type, write) => {
    const email = anAddress();
    const answer = await post(write(email), type);
    expect(answer).toMatchObject({ status: 201, json: { email, role: 'ADMIN' } });
    expect(answer.headers['sl-violations']).toBeUndefined();
  });

  test.each([
    [{}, { email: required, role: required }],
    [{ email: 'ann@example.com' }, { role: required }],
    [{ role: 'ADMIN' }, { email: required }],
    [
      { email: null, role: null },
      { email: 'This field may not be null.', role: 'This field may not be null.' },
    ],
    [
      { email: '', role: '' },
      { email: blank, role: blank },
    ],
    [{ email: ' ', role: 'ADMIN' }, { email: blank }],
    [
      { email: ['ann@example.com'], role: {} },
      { email: noString, role: noString },
    ],
    [
      { email: true, role: 1 },
      { email: noString, role: noRole('1') },
    ],
    [{ email: 5, role: 'ADMIN' }, { email: noAddress }],
    [
      { email: 'ann', role: 'admin' },
      { email: noAddress, role: noRole('admin') },
    ],
    [{ email: 'ann@nowhere', role: 'ADMIN' }, { email: noAddress }],
    [{ email: 'ann@@example.com', role: 'ADMIN' }, { email: noAddress }],
    [{ email: 'ann@example.com\r\nBcc: bob@example.com', role: 'ADMIN' }, { email: noAddress }],
    [{ email: 'ann\u0000@example.com', role: 'ADMIN' }, { email: noAddress }],
    [{ email: 'ann@example.com', role: 'ADMIN\u0000' }, { role: noRole('ADMIN\\u0000') }],
    [{ email: 'ann@example.com', role: 'x'.repeat(101) }, { role: noRole(`${'x'.repeat(100)}…`) }],
    [{ email: '<img src=x onerror=alert(1)>@example.com', role: 'ADMIN' }, { email: noAddress }],
  ])('of %j is refused with %j', async (fields, messages) => {
    const answer = await create(fields);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual(
      Object.fromEntries(Object.entries(messages).map(([name, message]) => [name, [message]])),
    );
    expect(answer.headers['sl-violations']).toContain('"request"');
  });

  test('takes an address of 254 characters and none of 255', async () => {
    const long = (length: number): string => `${'a'.repeat(length - 12)}@example.com`;
    expect((await create({ email: long(254), role: 'ADMIN' })).status).toBe(201);
    expect(await create({ email: long(255), role: 'ADMIN' })).toMatchObject({
      status: 400,
      json: { email: ['An address has at most 254 characters; this one has 255.'] },
    });
  });

  test('is quick to refuse what would keep a slow pattern busy', async () => {
    const { user: before } = process.cpuUsage();
    await create({ email: `a@${'a-'.repeat(120)}!`, role: 'ADMIN' });
    await create({ email: `${'a.'.repeat(120)}@`, role: 'ADMIN' });
    // CPU time, in microseconds: a machine that is busy with others does not count.
    expect(process.cpuUsage().user - before).toBeLessThan(1_000_000);
  });

  test.each([
    "o'neill+tag@example.co.uk",
    '!#$%@xn--bcher-kva.example',
    'A@b.co',
    'user@localhost',
    'user@[127.0.0.1]',
    'user@[::1]',
    'user@bücher.example',
    '"with@at"@example.com',
  ])('takes %s as it is written', async (email) => {
    const answer = await create({ email, role: 'ADMIN' });
    expect(answer).toMatchObject({ status: 201, json: { email } });
    expect(answer.headers['sl-violations']).toBeUndefined();
  });

  test('trims what surrounds a value', async () => {
    const email = anAddress();
    const answer = await create({ email: ` ${email}\n`, role: ' ADMIN ' });
    expect(answer).toMatchObject({ status: 201, json: { email, role: 'ADMIN' } });
  });
});

describe('what cannot be read', () => {
  const json = 'application/json';

  test.each([
    ['{', json],
    ['\ufeff{}', json],
    [`{"a":${'['.repeat(1_000)}`, json],
    [Buffer.from([0x7b, 0xff]), json],
    [part('email', 'ann@example.com', '; filename="x"').trimEnd(), multipart],
    [part('email', 'ann@example.com').trimEnd(), multipart],
    ['x', 'multipart/form-data'],
  ])('%j as %s is 400 with a sentence, and the server goes on', async (body, type) => {
    const answer = await post(body, type);
    expect(answer.status).toBe(400);
    expect(textOf(answer.json, 'detail')).toMatch(/\.$/);
    expect((await fake.ask('GET', invitations, { as: owner() })).status).toBe(200);
  });

  test.each([
    ['[]', 'a list'],
    ['"text"', 'a string'],
    ['1', 'a number'],
    ['null', 'null'],
    ['true', 'a boolean'],
  ])('%s is no object', async (body, found) => {
    const answer = await post(body, json);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({
      non_field_errors: [`This operation takes an object; the body is ${found}.`],
    });
  });

  test.each([undefined, json, multipart, 'text/plain'])(
    'no body is an empty object, whatever its type: %s',
    async (type) => {
      const headers = type === undefined ? {} : { 'content-type': type };
      const answer = await fake.ask('POST', invitations, { as: owner(), headers });
      expect(answer.status).toBe(400);
      expect(namesOf(answer.json)).toEqual(['email', 'role']);
    },
  );

  test('a multipart part with a stray parameter for a header harms nobody', async () => {
    const answer = await post('--b\r\n;type=application/json\r\n\r\n{}\r\n--b--\r\n', multipart);
    expect(answer.status).toBe(400);
    expect((await fake.ask('GET', invitations, { as: owner() })).status).toBe(200);
  });

  test('a multipart value that is percent-encoded stays so', async () => {
    const body = `${part('email', anAddress())}${part('role', '%41DMIN')}--b--\r\n`;
    const answer = await post(body, multipart);
    expect(answer.status).toBe(400);
    expect(namesOf(answer.json)).toEqual(['role']);
  });

  test('a file is no text', async () => {
    const body = `${part('email', anAddress(), '; filename="x"')}${part('role', 'ADMIN')}--b--\r\n`;
    expect(namesOf((await post(body, multipart)).json)).toEqual(['email']);
  });

  test('a body beyond the limit is 413, and the connection goes on', async () => {
    const padded = (length: number): string =>
      JSON.stringify({ email: anAddress(), role: 'ADMIN' }).padEnd(length);
    expect((await post(padded(4_096), json)).status).toBe(201);
    const beyond = await post(padded(4_097), json);
    expect(beyond.status).toBe(413);
    expect(textOf(beyond.json, 'detail')).toContain('4096');
    const chunked = await fake.ask('POST', invitations, {
      as: owner(),
      body: padded(500_000),
      headers: { 'content-type': json, 'transfer-encoding': 'chunked' },
    });
    expect(chunked.status).toBe(413);
  });

  test('names that mean something to JavaScript do no harm', async () => {
    const body = `{"__proto__":{"email":"x","role":"OWNER"},"email":"${anAddress()}","role":"ADMIN"}`;
    expect(await post(body, json)).toMatchObject({ status: 201, json: { role: 'ADMIN' } });
    expect('email' in {}).toBe(false);
  });
});

test('findings beyond ASCII and beyond measure fit into the header', async () => {
  const answer = await create({ email: '日本語', role: 'ü'.repeat(1_000) });
  expect(answer.status).toBe(400);
  const header = String(answer.headers['sl-violations']);
  expect(header.length).toBeLessThan(8_192);
  expect(JSON.parse(header)).toMatchObject([{ severity: 'Error' }, { severity: 'Error' }]);
});
