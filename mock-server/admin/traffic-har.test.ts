// Exchanges as HAR 1.2: each member that the format asks for, whatever was sent.
import { expect, test } from '@jest/globals';
import { invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';

const fake = running();
const owner = (): string => fake.server.credentials.apiKeys.OWNER;

const entries = async (query = ''): Promise<readonly unknown[]> => {
  const { json, headers } = await fake.ask('GET', `/_mock/sandboxes/default/traffic.har${query}`);
  expect(headers['content-type']).toBe('application/json');
  expect(json).toMatchObject({ log: { version: '1.2', creator: { name: 'invitations-mock' } } });
  return listOf(memberOf(json, 'log'), 'entries');
};

test('an entry has all that was asked and answered, and what was made of it', async () => {
  await fake.ask('DELETE', '/_mock/traffic');
  const body = JSON.stringify({ email: 'Zoë', role: 'VIEWER' });
  await fake.ask('POST', `${invitations}?a=1&a=%26+x&b`, {
    as: owner(),
    body,
    headers: { 'content-type': 'application/json', 'x-request-id': 'mine', cookie: 'a=secret' },
  });
  const [entry] = await entries();
  expect(entry).toMatchObject({
    request: {
      method: 'POST',
      url: `${fake.server.url}${invitations}?a=1&a=%26+x&b`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      queryString: [
        { name: 'a', value: '1' },
        { name: 'a', value: '& x' },
        { name: 'b', value: '' },
      ],
      postData: { mimeType: 'application/json', params: [], text: body },
      headersSize: -1,
      bodySize: Buffer.byteLength(body),
    },
    response: {
      status: 400,
      statusText: 'Bad Request',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      content: { mimeType: 'application/json' },
      redirectURL: '',
      headersSize: -1,
    },
    cache: {},
    timings: { send: 0, receive: 0 },
    _id: 'mine',
    _operation: 'invitations_create',
    _caller: { role: 'OWNER' },
    _findings: [{ location: ['request', 'body', 'email'] }],
  });
  const headers = listOf(memberOf(entry, 'request'), 'headers');
  expect(headers).toContainEqual({ name: 'authorization', value: 'Api-Key [redacted]' });
  expect(headers).toContainEqual({ name: 'cookie', value: '[redacted]' });
  expect(memberOf(memberOf(entry, 'timings'), 'wait')).toBe(memberOf(entry, 'time'));
  expect(Number.isNaN(Date.parse(textOf(entry, 'startedDateTime')))).toBe(false);
});

test('bytes that are no text, targets that are no path, and refusals have their place too', async () => {
  await fake.ask('DELETE', '/_mock/traffic');
  await fake.ask('POST', invitations, {
    as: owner(),
    body: Buffer.from([0x7b, 0xff, 0]),
    headers: { 'content-type': 'application/json' },
  });
  await fake.ask('OPTIONS', '*');
  await fake.ask('GET', invitations);
  const [bytes, star, refused] = await entries();
  expect(memberOf(bytes, 'request')).toMatchObject({
    bodySize: 3,
    postData: { text: '{\u00ff\u0000', comment: expect.stringContaining('no UTF-8') },
  });
  expect(memberOf(star, 'request')).toMatchObject({ url: `${fake.server.url}/*` });
  expect(refused).toMatchObject({ _rule: { id: 'authentication.missing' } });
  expect(textOf(refused, 'comment')).toBe(textOf(memberOf(refused, '_rule'), 'sentence'));
  expect(await entries('?status=401')).toEqual([refused]);
});

test('a filter that is none is refused', async () => {
  const { status } = await fake.ask('GET', '/_mock/sandboxes/default/traffic.har?status=x');
  expect(status).toBe(400);
});
