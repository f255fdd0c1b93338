// What comes of pages of a gateway that stand between the answers of a recording: what it refuses or loses is not held against the
// API, what stays lost is.
import { describe, expect, test } from '@jest/globals';
import {
  clean,
  entry,
  expectClean,
  good,
  har,
  invitation,
  judge,
  list,
  one,
  shown,
  type Requested,
} from './recording.suite.ts';

const page = (asked: Requested, status: number, headers: Readonly<Record<string, string>> = {}) => {
  const { response, ...rest } = entry(asked, {
    status,
    headers: { 'Content-Type': 'text/html', ...headers },
  });
  const text = `<html><head><title>${status}</title></head><body>nginx</body></html>`;
  return {
    ...rest,
    response: { ...response, content: { size: text.length, mimeType: 'text/html', text } },
  };
};
const read: Requested = { path: one };
const found = entry(read, { status: 200, body: invitation });
const invite: Requested = {
  method: 'POST',
  path: list,
  body: { email: invitation.email, role: 'VIEWER' },
};

const passing = (count: number): string => `${count} answered by a gateway in passing`;

describe('a page of a gateway in the place of an answer', () => {
  test.each([403, 413, 429, 502, 503])(
    "%i, and the answer after it: is nobody's breach",
    async (status) => {
      await expectClean(har(good, page(read, status), found), passing(1));
    },
  );

  test("of size or pace, never asked again: is nobody's breach either", async () => {
    await expectClean(har(good, page(invite, 413), page(read, 429), page(read, 429)), passing(3));
  });

  test('403 each time: says so, and once', async () => {
    const ended = await judge(har(good, page(read, 403), page(read, 403)));
    expect(ended).toMatchObject(shown('GET /api/v1/invitations/{id}/ 403, 2 exchanges', 1));
    expect(ended.text).toContain('1 violation, ');
  });

  test("403 to one caller, where another is answered: may be the API's own", async () => {
    const { request, ...rest } = found;
    const headers = [{ name: 'Authorization', value: 'Api-Key of-another' }];
    const other = { ...rest, request: { ...request, headers } };
    expect(await judge(har(page(read, 403), other))).toMatchObject({ code: 1 });
    const own = entry(invite, { status: 403, body: { detail: 'No.' } });
    expect(await judge(har(own, page(read, 403), other))).toMatchObject(clean);
  });

  test('502 that stays: is a violation of its operation alone', async () => {
    const ended = await judge(har(good, page(read, 502), page(read, 502)));
    expect(ended).toMatchObject(shown('retrieve.answer', 1));
    expect(ended.text).toContain('1 violation, 0 divergences');
  });

  test("500 is the server's own, with whatever page", async () => {
    const ended = await judge(har(good, page(read, 500), found));
    expect(ended).toMatchObject(shown('retrieve.answer', 1));
    expect(ended.text).not.toContain('media-types.answers-json');
  });

  test('403 to everything: nothing can be judged', async () => {
    const ended = await judge(har(page(read, 403), page(invite, 403)));
    expect(ended).toMatchObject(shown('Nothing in ', 2));
    expect(ended.text).toContain(passing(2));
  });
});
