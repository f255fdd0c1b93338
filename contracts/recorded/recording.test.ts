// What of a recording is judged, whatever tool wrote it: the file, the servers in it, and what a failure of them means.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import {
  clean,
  expectClean,
  entry,
  good,
  har,
  id,
  invitation,
  judge,
  list,
  one,
  shown,
  toHar,
  write,
  wrong,
  wrongPage,
} from './recording.suite.ts';

describe('the file', () => {
  const text = JSON.stringify(toHar(wrong));
  test.each([
    ['gzipped', gzipSync(text)],
    ['gzipped twice', gzipSync(gzipSync(text))],
    ['in UTF-16, the big end first', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['with a byte order mark', `\uFEFF${text}`],
    ['in UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ])('%s: is read', async (_title, bytes) => {
    expect(await judge(write(bytes, 'recording.har.gz'))).toMatchObject(shown('schema.role', 1));
  });
});

describe('--host', () => {
  const other = entry(
    { path: `https://other.example:8443${list}` },
    { status: 200, body: wrongPage },
  );

  test('what was asked of other servers is about other things', async () => {
    const file = har(good, other);
    expect(await judge(file)).toMatchObject({ code: 1 });
    expect(await judge(file, { hosts: ['API.example.com'] })).toMatchObject(clean);
    expect(await judge(file, { hosts: ['other.example:8443'] })).toMatchObject({ code: 1 });
    expect(await judge(file, { hosts: ['other.example'] })).toMatchObject({ code: 1 });
  });

  test('a server that was not asked: says who was', async () => {
    const ended = await judge(har(good, other), { hosts: ['typo.example'] });
    expect(ended.code).toBe(2);
    expect(ended.text).toMatch(
      /typo\.example \(--host\).* api\.example\.com, other\.example:8443\.$/,
    );
  });
});

describe('a failure of the server', () => {
  const destroy = (number: number, status: number, body?: unknown) =>
    entry(
      { method: 'DELETE', path: `${list}${id.replace('0', String(number))}/` },
      { status, ...(body === undefined ? {} : { body }) },
    );

  test.each([500, 503])('to every DELETE with %i: is one violation', async (status) => {
    const entries = [1, 2, 3, 4].map((number) => destroy(number, status, { detail: 'No.' }));
    const ended = await judge(har(good, ...entries));
    expect(ended).toMatchObject(shown('1 violation, 0 divergences', 1));
    expect(ended.text).toContain('Violates the contract: 1 probable cause');
    expect(ended.text).toContain(`DELETE /api/v1/invitations/{id}/ ${status}, 4 exchanges`);
    expect(ended.text).toContain('and in entries 3, 4');
  });

  test.each([408, 502, 522])('with %i that goes away: is a gateway in passing', async (status) => {
    const lost = entry({ path: one }, { status });
    const found = entry({ path: one }, { status: 200, body: invitation });
    await expectClean(har(lost, found), '1 answered by a gateway in passing');
  });

  test('of a gateway to one body each time: stays, though others are answered', async () => {
    const invite = (email: string, status: number, body?: unknown) =>
      entry({ method: 'POST', path: list, body: { email, role: 'VIEWER' } }, { status, body });
    const bad = invite('bad@example.com', 502);
    const fine = invite(invitation.email, 201, invitation);
    expect(await judge(har(bad, fine, bad, fine))).toMatchObject(shown('create.answer', 1));
    const again = invite(invitation.email, 502);
    expect(await judge(har(again, fine))).toMatchObject(clean);
  });

  test('once in twenty, of a gateway: is in passing, too', async () => {
    const many = Array.from({ length: 19 }, () => good);
    const lost = entry({ path: list }, { status: 503, headers: { 'Content-Type': 'text/html' } });
    await expectClean(har(...many, lost));
  });

  test('an error of its own is a violation, though it goes away', async () => {
    const lost = entry({ path: one }, { status: 500 });
    const found = entry({ path: one }, { status: 200, body: invitation });
    expect(await judge(har(lost, found))).toMatchObject(shown('retrieve.answer', 1));
  });
});
