// Bodies of every media type, well formed and not, over a real socket.
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readBody, type ReadBody } from './body.ts';

const limits = { bytes: 16_384, depth: 4 } as const;
const answers: ReadBody[] = [];
const server = createServer((request, response) => {
  void readBody(request, limits).then((body) => {
    answers.push(body);
    response.end();
  });
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

type Sent = string | Uint8Array | ReadableStream;

const read = async (
  body: Sent | undefined,
  type: string | undefined,
  headers: Record<string, string> = {},
): Promise<ReadBody> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...(type === undefined ? {} : { 'content-type': type }), ...headers },
    duplex: 'half',
    ...(body === undefined ? {} : { body: typeof body === 'string' ? Buffer.from(body) : body }),
  });
  await response.arrayBuffer();
  const answer = answers.pop();
  if (answer === undefined) throw new Error('The body was not read.');
  return answer;
};

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data; boundary=b';

const part = (name: string, value: string, more = ''): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;

const fields = (value: object): object => ({ kind: 'fields', fields: value });

describe('a body', () => {
  test.each([
    ['{"email":"a@b.c","role":"ADMIN"}', json],
    ['{"email":"a@b.c","role":"ADMIN"}', 'Application/JSON; charset=utf-8'],
    ['email=a%40b.c&role=ADMIN', form],
    [`${part('email', 'a@b.c')}${part('role', 'ADMIN')}--b--\r\n`, multipart],
    [
      `${part('email', 'a@b.c')}${part('role', 'ADMIN')}--b--\r\n`,
      'multipart/form-data; boundary="b"',
    ],
  ])('%s as %s has the same fields', async (body, type) => {
    const { outcome } = await read(body, type);
    expect(outcome).toEqual(fields({ email: 'a@b.c', role: 'ADMIN' }));
  });

  test.each([undefined, json, form, multipart, 'text/plain', 'nonsense'])(
    'that is empty is an empty object, whatever its type: %s',
    async (type) => {
      for (const empty of [undefined, '']) {
        expect(await read(empty, type)).toEqual({
          judged: { kind: 'none' },
          text: null,
          outcome: fields({}),
        });
      }
    },
  );

  test.each(['text/plain', 'application/json-patch+json', '', undefined, 'application/jsonx'])(
    'of another media type is not supported: %s',
    async (type) => {
      const { judged, outcome } = await read('{}', type);
      expect(outcome).toMatchObject({ kind: 'unsupported' });
      expect(judged).toEqual({ kind: 'unreadable' });
    },
  );

  test('that is compressed is not supported, and one that says it is not is', async () => {
    const gzip = await read('{}', json, { 'content-encoding': 'gzip' });
    expect(gzip.outcome).toMatchObject({ kind: 'unsupported' });
    const identity = await read('{}', json, { 'content-encoding': 'Identity' });
    expect(identity.outcome).toEqual(fields({}));
  });
});

describe('the limit', () => {
  const atLimit = `"${'x'.repeat(limits.bytes - 2)}"`;

  test('itself is read', async () => {
    expect((await read(atLimit, json)).outcome.kind).toBe('not-an-object');
  });

  test('is exceeded by one byte more, announced or not', async () => {
    const beyond = Buffer.from(`${atLimit} `);
    const chunked = new ReadableStream({
      start: (controller) => {
        controller.enqueue(beyond.subarray(0, 1_000));
        controller.enqueue(beyond.subarray(1_000));
        controller.close();
      },
    });
    for (const body of [beyond, chunked]) {
      expect(await read(body, json)).toMatchObject({ text: null, outcome: { kind: 'too-large' } });
    }
  });

  test('holds for what comes long after it as well', async () => {
    const endless = new ReadableStream({
      start: (controller) => {
        for (let index = 0; index < 200; index += 1) controller.enqueue(Buffer.alloc(10_000, 'x'));
        controller.close();
      },
    });
    expect((await read(endless, json)).outcome.kind).toBe('too-large');
  });
});

describe('JSON', () => {
  test.each([
    ['[1]', 'a list'],
    ['"text"', 'a string'],
    ['1', 'a number'],
    ['null', 'null'],
    ['true', 'a boolean'],
  ])('%s is no object', async (body, found) => {
    expect((await read(body, json)).outcome).toEqual({ kind: 'not-an-object', found });
  });

  test.each(['{', '{"a":}', "{'a':1}", '{"a":1}x', '\u0000', '\ufeff{}', '{"a":"\u0000"}', 'NaN'])(
    '%j cannot be parsed',
    async (body) => {
      const answer = await read(body, json);
      expect(answer).toMatchObject({
        judged: { kind: 'unreadable' },
        outcome: { kind: 'malformed' },
      });
    },
  );

  test.each([json, form])('that is no UTF-8 cannot be parsed, nor can a form: %s', async (type) => {
    const bytes = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
    expect((await read(bytes, type)).outcome).toMatchObject({
      kind: 'malformed',
      detail: 'The body is not valid UTF-8.',
    });
  });

  test('is read as deep as the limit and no deeper', async () => {
    const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    expect((await read(nested(4), json)).outcome.kind).toBe('fields');
    expect((await read(nested(5), json)).outcome.kind).toBe('malformed');
    expect((await read(`{"a":${'['.repeat(500)}`, json)).outcome.kind).toBe('malformed');
  });

  test.each([
    '{"a":"[[[[[[[[["}',
    '{"a":"\\"[[[[[[["}',
    '{"\\\\":"{{{{{{{"}',
    '[[],[],[],[],[],[]]',
  ])('is not deep because of its strings or its length: %s', async (body) => {
    expect((await read(body, json)).outcome.kind).not.toBe('malformed');
  });

  test('with a key twice counts the last', async () => {
    const { outcome } = await read('{"role":"OWNER","role":"VIEWER"}', json);
    expect(outcome).toEqual(fields({ role: 'VIEWER' }));
  });
});

describe('names that mean something to JavaScript', () => {
  test.each([
    ['{"__proto__":{"role":"OWNER"},"constructor":{"prototype":{"role":"OWNER"}}}', json],
    ['__proto__=OWNER&constructor=OWNER&toString=x', form],
    [`${part('__proto__', 'OWNER')}${part('constructor', 'OWNER')}--b--\r\n`, multipart],
  ])('do no harm: %s', async (body, type) => {
    const { outcome } = await read(body, type);
    expect(outcome.kind).toBe('fields');
    const read_ = outcome.kind === 'fields' ? outcome.fields : {};
    expect(read_['role']).toBeUndefined();
    expect(Object.getPrototypeOf(read_)).toBe(Object.prototype);
    expect(Object.keys({})).toEqual([]);
    expect('role' in {}).toBe(false);
  });
});

describe('a form', () => {
  test('counts the last of a name that comes twice', async () => {
    expect((await read('role=OWNER&role=VIEWER', form)).outcome).toEqual(
      fields({ role: 'VIEWER' }),
    );
    const twice = `${part('role', 'OWNER')}${part('role', 'VIEWER')}--b--\r\n`;
    expect((await read(twice, multipart)).outcome).toEqual(fields({ role: 'VIEWER' }));
  });

  test('decodes what is encoded, once, and only where it is a form', async () => {
    expect((await read('role=%2541+b', form)).outcome).toEqual(fields({ role: '%41 b' }));
    const percent = await read(`${part('role', '%41DMIN')}--b--\r\n`, multipart);
    expect(percent.outcome).toEqual(fields({ role: '%41DMIN' }));
  });

  test.each([
    ['form', form, 'a&'.repeat(999), 1_000],
    ['multipart body', multipart, part('a', '').repeat(100) + '--b--', 100],
  ])('that is a %s has a bounded number of fields', async (what, type, most, count) => {
    expect((await read(most, type)).outcome).toMatchObject({ kind: 'fields' });
    const more = what === 'form' ? `${most}a&` : part('a', '') + most;
    const { outcome, judged } = await read(more, type);
    expect(outcome).toMatchObject({
      kind: 'malformed',
      detail: expect.stringContaining(`${count}`),
    });
    expect(judged).toEqual({ kind: 'unreadable' });
  });

  test('counts the last of many parts, and each of many files', async () => {
    const fields = part('role', 'OWNER').repeat(99) + part('role', 'ADMIN');
    expect((await read(`${fields}--b--`, multipart)).outcome).toEqual({
      kind: 'fields',
      fields: { role: 'ADMIN' },
    });
    const files = part('x', '', '; filename="x"').repeat(50) + part('y', '', '; filename="y"');
    expect((await read(`${files}--b--`, multipart)).outcome).toEqual({
      kind: 'fields',
      fields: { x: { file: true }, y: { file: true } },
    });
  });

  test('takes odd encodings and bytes of nought as they are', async () => {
    expect((await read('a=%zz&b=%00&c', form)).outcome).toEqual(
      fields({ a: '%zz', b: '\u0000', c: '' }),
    );
  });
});

describe('multipart', () => {
  test.each([
    [
      'a part whose header is a stray parameter',
      '--b\r\n;type=application/json\r\n\r\nx\r\n--b--\r\n',
      {},
    ],
    ['a part without a header', '--b\r\n\r\nx\r\n--b--\r\n', {}],
    [
      'a stray parameter after the name',
      `${part('role', 'ADMIN', ';type=application/json')}--b--\r\n`,
      { role: 'ADMIN' },
    ],
    [
      'a part with a media type',
      `${part('role', 'ADMIN', '\r\nContent-Type: application/octet-stream')}--b--\r\n`,
      { role: 'ADMIN' },
    ],
    [
      'an unknown charset',
      `${part('role', 'ADMIN', '\r\nContent-Type: text/plain; charset=none')}--b--\r\n`,
      { role: 'ADMIN' },
    ],
    ['a text beyond ASCII', `${part('role', 'Größe')}--b--\r\n`, { role: 'Größe' }],
    [
      'a file',
      `${part('email', 'a@b.c', '; filename="x.txt"')}--b--\r\n`,
      { email: { file: true } },
    ],
    ['nothing but its end', '--b--\r\n', {}],
    ['text after its end', `${part('role', 'ADMIN')}--b--\r\nepilogue`, { role: 'ADMIN' }],
  ])('with %s', async (_what, body, expected) => {
    const { outcome, judged } = await read(body, multipart);
    expect(outcome).toEqual(fields(expected));
    expect(judged.kind).toBe('form');
  });

  test.each([
    ['without a boundary', 'x', 'multipart/form-data'],
    ['with an empty boundary', 'x', 'multipart/form-data; boundary='],
    [
      'with another boundary',
      `${part('role', 'ADMIN')}--b--\r\n`,
      'multipart/form-data; boundary=c',
    ],
    ['that breaks off in a field', part('role', 'ADMIN').trimEnd(), multipart],
    ['that breaks off in a file', part('role', 'ADMIN', '; filename="x"').trimEnd(), multipart],
    ['that breaks off in a skipped part', '--b\r\nX: y\r\n\r\nabc', multipart],
    ['that breaks off in a header', '--b\r\nContent-Dispo', multipart],
    ['without its end', part('role', 'ADMIN'), multipart],
    ['with more parts than are read', `${part('role', 'ADMIN').repeat(101)}--b--\r\n`, multipart],
  ])('%s cannot be parsed, and the process lives', async (_what, body, type) => {
    expect((await read(body, type)).outcome).toMatchObject({ kind: 'malformed' });
  });
});
