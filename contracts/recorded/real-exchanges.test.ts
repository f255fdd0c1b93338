// A recording of real exchanges with the fake, in which nothing is wrong.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Target } from '../target.ts';
import { startFake } from '../targets/fake.ts';
import { har, judge, strictly, toList } from './recording.suite.ts';

const list = '/api/v1/invitations/';

let fake: Target;
beforeAll(async () => {
  fake = await startFake({}, { validation: 'off', pageSize: 3 });
});
afterAll(() => fake.close());

const record = async (method: string, path: string, who: string, body?: unknown) => {
  const url = `${fake.env['CONTRACT_TARGET'] ?? ''}${path}`;
  const headers = {
    authorization: fake.env[`CONTRACT_AUTH_${who}`] ?? 'Digest nobody',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const text = JSON.stringify(body);
  const response = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body: text }),
  });
  const answer = await response.text();
  return {
    request: {
      ...{ method, url, headers: toList(headers) },
      ...(body === undefined ? {} : { postData: { mimeType: 'application/json', text } }),
    },
    response: {
      status: response.status,
      headers: [...response.headers].map(([name, value]) => ({ name, value })),
      content: { size: answer.length, ...(answer === '' ? {} : { text: answer }) },
    },
  };
};

test('show nothing', async () => {
  const made = await record('POST', list, 'OWNER', { email: 'ada@example.com', role: 'ADMIN' });
  const [, own = ''] = /"id":"([^"]+)"/.exec(made.response.content.text ?? '') ?? [];
  const entries = [
    made,
    await record('POST', list, 'VIEWER', { email: 'bob@example.com', role: 'OWNER' }),
    await record('POST', list, 'OWNER', { email: 'no address' }),
    await record('GET', `${list}?role=VIEWER&page=2`, 'OWNER'),
    await record('GET', `${list}?page=last`, 'OWNER'),
    await record('GET', `${list}?page=0`, 'OWNER'),
    await record('GET', `${list}?state=gone`, 'OWNER'),
    await record('GET', list, 'EXPIRED'),
    await record('DELETE', list, 'OWNER'),
    await record('HEAD', list, 'OWNER'),
    await record('OPTIONS', list, 'OWNER'),
    await record('PATCH', `${list}${own}/`, 'OWNER', { role: 'VIEWER' }),
    await record('POST', `${list}${own}/resend/`, 'OWNER'),
    await record('POST', `${list}${own}/accept/`, 'OWNER'),
    await record('DELETE', `${list}${own}/`, 'OWNER'),
    await record('GET', `${list}${own}/`, 'OWNER'),
  ];
  const { code, text } = await judge(har(...entries), strictly);
  expect(text).toContain('0 violations, 0 divergences');
  expect(text).toContain('15 exchanges judged');
  expect(code).toBe(0);
});
