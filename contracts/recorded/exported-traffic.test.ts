// The fake's own recording, of exchanges of each kind: what it exports as HAR is judged by us without a complaint, and is HAR as
// others read it.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Target } from '../target.ts';
import { startFake } from '../targets/fake.ts';
import { readEntries } from './har.ts';
import { readHarFile } from './har-file.ts';
import { judge, strictly, write } from './recording.suite.ts';

const list = '/api/v1/invitations/';

let fake: Target;
beforeAll(async () => {
  fake = await startFake({}, { pageSize: 3 });
});
afterAll(() => fake.close());

const address = (path: string): string => `${fake.env['CONTRACT_TARGET'] ?? ''}${path}`;

const ask = async (method: string, path: string, who: string, body?: unknown) => {
  const response = await fetch(address(path), {
    method,
    headers: {
      authorization: fake.env[`CONTRACT_AUTH_${who}`] ?? 'Digest nobody',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.text();
};

test('is judged without a complaint', async () => {
  const made = await ask('POST', list, 'OWNER', { email: 'zoë@example.com', role: 'ADMIN' });
  const created = await ask('POST', list, 'OWNER', { email: 'ada@example.com', role: 'ADMIN' });
  const [, own = ''] = /"id":"([^"]+)"/.exec(`${made}${created}`) ?? [];
  await ask('POST', list, 'VIEWER', { email: 'bob@example.com', role: 'OWNER' });
  await ask('POST', list, 'OWNER', { email: 'no address' });
  await ask('GET', `${list}?role=VIEWER&page=2&email=a%26b`, 'OWNER');
  for (const query of ['page=last', 'page=0', 'state=gone']) {
    await ask('GET', `${list}?${query}`, 'OWNER');
  }
  await ask('GET', list, 'EXPIRED');
  await ask('GET', list, 'NOBODY');
  await ask('PATCH', list, 'OWNER');
  await ask('HEAD', list, 'OWNER');
  await ask('OPTIONS', list, 'OWNER');
  await ask('PATCH', `${list}${own}/`, 'OWNER', { role: 'VIEWER' });
  await ask('POST', `${list}${own}/resend/`, 'OWNER');
  await ask('POST', `${list}${own}/accept/`, 'OWNER');
  await ask('DELETE', `${list}${own}/`, 'OWNER');
  await ask('GET', `${list}${own}/`, 'OWNER');
  await ask('GET', `${list}%zz/`, 'OWNER');

  const response = await fetch(address('/_mock/sandboxes/default/traffic.har'));
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="default.har"');
  const text = await response.text();
  for (const who of ['OWNER', 'VIEWER', 'EXPIRED']) {
    const [, secret = '?'] = (fake.env[`CONTRACT_AUTH_${who}`] ?? '').split(' ');
    expect(text).not.toContain(secret);
  }
  const entries = readEntries(readHarFile(write(text)), () => true).flatMap((it) =>
    it.kind === 'exchange' ? [it.entry] : [],
  );
  expect(entries.map(({ method }) => method).join(' ')).toBe(
    'POST POST POST POST GET GET GET GET GET GET PATCH HEAD OPTIONS PATCH POST POST DELETE GET GET',
  );
  expect(entries.every(({ body }) => body !== undefined)).toBe(true);

  const { code, text: verdict } = await judge(write(text), strictly);
  expect(verdict).toContain('0 violations, 0 divergences');
  expect(verdict).toContain('18 exchanges judged');
  expect(code).toBe(0);
});
