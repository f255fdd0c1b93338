// Recordings as browsers, proxies and test tools write them, each with what is odd about that tool.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import {
  expectClean,
  entry,
  good,
  har,
  invitation,
  judge,
  list,
  page,
  shown,
  strictly,
  toList,
  write,
  wrong,
  wrongPage,
} from './recording.suite.ts';

const content = (part: object, of: typeof good = good) => ({
  ...of,
  response: { ...of.response, content: { mimeType: 'application/json', ...part } },
});
const headed = (headers: unknown) => ({ ...good, response: { ...good.response, headers } });

const headedWith = (name: string, value: string) => ({
  ...good,
  response: { ...good.response, headers: [...good.response.headers, { name, value }] },
});

describe('a body that is not there', () => {
  test.each([
    ['Playwright, bodies omitted: a size of -1', { size: -1 }],
    ['neither size nor text', {}],
    ['Firefox, bodies discarded', { size: 512, comment: 'Response bodies are not included.' }],
    ['an empty text with a size', { size: 512, text: '' }],
    ['content that is null', null],
    ['a tool that takes secrets out', { size: 512, text: '[application/json redacted]' }],
    ['an attachment that is lost', { size: 512, _file: 'lost.json' }],
    ['no base64', { size: 512, encoding: 'base64', text: '<html>' }],
  ])('%s: is not judged, and counted', async (_title, part) => {
    const entries =
      part === null ? { ...good, response: { ...good.response, content: null } } : content(part);
    await expectClean(har(entries), '1 exchange judged (1 without a recorded body)');
  });

  test('of which a part is there: is cut, and counted', async () => {
    const text = JSON.stringify(page);
    const entries = [
      content({ size: text.length, text: text.slice(0, 40) }),
      content({ text: text.slice(0, 40) }, headedWith('Content-Length', `${text.length}`)),
    ];
    await expectClean(har(...entries), '2 exchanges judged (2 with a body that was cut)');
  });

  test('whole though its size says more: is judged', async () => {
    const text = JSON.stringify(wrongPage);
    expect(await judge(har(content({ size: 9999, text })))).toMatchObject(shown('1 violation,', 1));
  });

  test('and was none: an answer of no bytes lacks what it should have', async () => {
    const ended = await judge(har(content({ size: 0 })));
    expect(ended).toMatchObject(shown('list', 1));
  });
});

describe('a body elsewhere', () => {
  const text = JSON.stringify(wrongPage);

  test('Playwright: in a file beside the recording', async () => {
    const file = har(content({ size: -1, _file: 'bodies/1.json' }));
    mkdirSync(join(dirname(file), 'bodies'));
    writeFileSync(join(dirname(file), 'bodies', '1.json'), text);
    expect(await judge(file)).toMatchObject(shown('schema.role', 1));
  });

  test('never outside the folder of the recording, by a name or by a link', async () => {
    const outside = write(text, 'outside.json');
    const file = har(
      content({ _file: outside }),
      content({ _file: `../${dirname(outside).split('/').at(-1) ?? ''}/outside.json` }),
      content({ _file: 'link.json' }),
    );
    symlinkSync(outside, join(dirname(file), 'link.json'));
    expect(await judge(file)).toMatchObject(shown('3 without a recorded body'));
  });

  test.each([
    ['gzip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
  ])('Charles: in base64, as it went over the wire in %s', async (encoding, bytes) => {
    const packed = { size: bytes.length, encoding: 'base64', text: bytes.toString('base64') };
    const ended = await judge(har(content(packed, headedWith('Content-Encoding', encoding))));
    expect(ended).toMatchObject(shown('schema.role', 1));
  });

  test('mitmproxy: unpacked, under the headers of the packed one', async () => {
    const entries = content(
      { size: 90, compression: 300, text },
      headedWith('Content-Encoding', 'gzip'),
    );
    expect(await judge(har(entries))).toMatchObject(shown('schema.role', 1));
  });

  test('in base64, though nothing says so', async () => {
    expect(await judge(har(content({ text: btoa(text) })))).toMatchObject(shown('schema.role', 1));
  });

  test('a tool that has parsed it', async () => {
    expect(await judge(har(content({ text: wrongPage })))).toMatchObject(shown('schema.role', 1));
  });
});

describe('an entry about something else', () => {
  const elsewhere = entry({ path: 'https://cdn.example.net/app.js' }, { status: 200 });

  test.each<[string, unknown]>([
    ['with a response of null', { ...elsewhere, response: null }],
    ['with a status of null', { ...elsewhere, response: { ...elsewhere.response, status: null } }],
    ['with headers of null', { ...elsewhere, request: { ...elsewhere.request, headers: null } }],
    ['without a request', { startedDateTime: 'never' }],
    ['that is null', null],
    ['with an address that is none', { ...elsewhere, request: { url: '{{baseUrl}}/health' } }],
    ['of a page itself', { ...elsewhere, request: { method: 'GET', url: 'data:text/html,hello' } }],
    [
      'over a socket',
      { ...elsewhere, request: { method: 'GET', url: 'wss://a.example/api/v1/invitations/' } },
    ],
  ])('%s: is skipped and counted', async (_title, odd) => {
    await expectClean(har(odd, good), '1 exchange judged, 1 about other things');
  });
});

describe('an entry of the API', () => {
  test.each<[string, unknown]>([
    ['that never got an answer', { ...good, response: null }],
    ['Postman, saved without an answer', { request: good.request }],
    ['Firefox, blocked', { ...good, response: { ...good.response, status: 0, headers: [] } }],
    ['with a status of null', { ...good, response: { ...good.response, status: null } }],
  ])('%s: is counted, and the others are judged', async (_title, odd) => {
    await expectClean(har(odd, good), '1 exchange judged, 1 without an answer of their own');
  });

  test('that failed and was asked again, written in the order in which they ended', async () => {
    const at = (second: number) => ({ startedDateTime: `2026-01-01T00:00:0${second}Z` });
    const failed = { ...good, ...at(1), response: { ...good.response, status: 503 } };
    await expectClean(har({ ...good, ...at(5) }, failed), '1 answered by a gateway in passing');
  });

  test('with a status in text: is judged', async () => {
    const ended = await judge(har({ ...wrong, response: { ...wrong.response, status: '200' } }));
    expect(ended).toMatchObject(shown('schema.role', 1));
  });

  test.each<[string, object]>([
    ['Chrome, out of the cache on disk', { _fromCache: 'disk' }],
    ['Chrome, out of the cache in memory', { _fromCache: 'memory' }],
    ['Safari, out of a cache', { _fetchType: 'Disk Cache' }],
    ['Playwright, answered by the test', { _wasFulfilled: true }],
    ['Chrome, by a service worker', { response: { status: 200, _fetchedViaServiceWorker: true } }],
  ])('%s: is ignored and counted', async (_title, mark) => {
    await expectClean(
      har({ ...content({ size: 0 }), ...mark }, good),
      '1 exchange judged, 1 that did not ask the server',
    );
  });

  test('with the path alone: the Host header says the rest', async () => {
    const headers = toList({ Host: 'api.example.com', Accept: '*/*' });
    const ended = await judge(har({ ...wrong, request: { method: 'get', url: list, headers } }));
    expect(ended).toMatchObject(shown("curl -i -X GET 'https://api.example.com/api/v1/", 1));
  });
});

describe('headers', () => {
  const allow = { name: 'Allow', value: 'GET, POST' };
  const type = { name: 'Content-Type', value: 'application/json' };

  test.each<[string, unknown]>([
    ['a number', [type, allow, { name: 'X-Age', value: 12 }]],
    ['null', [type, allow, { name: 'X-Age', value: null }]],
    ['of HTTP/2', [{ name: ':status', value: '200' }, type, allow]],
    ['twice with one value', [type, allow, { name: 'content-type', value: 'application/json' }]],
    [
      'with and without its charset',
      [type, allow, { ...type, value: 'application/json; charset=utf-8' }],
    ],
    [
      'Chrome, two in one by lines',
      [{ ...type, value: 'application/json\napplication/json' }, allow],
    ],
    [
      'fetch, two in one by a comma',
      [{ ...type, value: 'application/json, application/json' }, allow],
    ],
    ['Insomnia, several values in a list', [type, { name: 'Allow', value: ['GET', 'POST'] }]],
    ['a map', { 'Content-Type': 'application/json', Allow: 'GET' }],
  ])('%s: is read', async (_title, headers) => {
    await expectClean(har(headed(headers)));
  });

  test.each<[string, unknown]>([
    ['those that a page may see', [type, { name: 'content-length', value: '1' }]],
    ['none', []],
    ['null', null],
  ])('%s: what is lacking was not recorded', async (_title, headers) => {
    const ended = await judge(har(headed(headers)), strictly);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.text).toContain('1 without all headers');
    expect(ended.text).toContain('0 violations, 0 divergences');
  });
});

describe('a request body', () => {
  const create = (mimeType: string, postData: object) => {
    const made = entry({ method: 'POST', path: list }, { status: 201, body: invitation });
    const headers = toList({ 'Content-Type': mimeType });
    return har({
      ...made,
      request: { ...made.request, headers, postData: { mimeType, ...postData } },
    });
  };
  const params = [
    { name: 'email', value: 'ada@example.com' },
    { name: 'role', value: 'ADMIN' },
  ];
  const json = '{"email":"ada@example.com","role":"ADMIN"}';
  const multipart = (line: string) =>
    ['--b7', 'Content-Disposition: form-data; name="email"', '', 'ada@example.com', '--b7']
      .concat(['Content-Disposition: form-data; name="role"', '', 'ADMIN', '--b7--', ''])
      .join(line);

  test.each<[string, string, object]>([
    ['JSON in capitals', 'Application/JSON;charset=UTF-8', { text: json }],
    ['JSON in base64', 'application/json', { text: btoa(json), encoding: 'base64' }],
    [
      'JSON that was parsed',
      'application/json',
      { text: { email: 'ada@example.com', role: 'ADMIN' } },
    ],
    ['a form', 'application/x-www-form-urlencoded', { text: 'email=ada%40example.com&role=ADMIN' }],
    ['a form as a list', 'Application/X-WWW-Form-Urlencoded', { params }],
    ['a multipart form', 'multipart/form-data; boundary=b7', { text: multipart('\r\n') }],
    ['one without its boundary', 'multipart/form-data', { text: multipart('\r\n') }],
    [
      'one whose lines end otherwise',
      'multipart/form-data; boundary="b7"',
      { text: multipart('\n') },
    ],
    ['one as a list', 'Multipart/Form-Data', { params, text: '' }],
  ])('%s: is compared with the answer', async (_title, mimeType, postData) => {
    const ended = await judge(create(mimeType, postData), strictly);
    expect(ended).toMatchObject(shown('1 violation, 0 divergences', 1));
    expect(ended.text).toContain('sent role "ADMIN", got "VIEWER"');
    expect(ended.text).toContain('POST /api/v1/invitations/ 201, 1 exchange');
  });
});
