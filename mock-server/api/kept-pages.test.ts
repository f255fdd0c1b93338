// What is kept of the pages of an organization, for how long, and how much.
import { expect, test } from '@jest/globals';
import { createInvitationIndex } from '../../domain/invitation-index.ts';
import { replyJson, replyPage, type Reply } from '../web/reply.ts';
import { keepPage } from './kept-pages.ts';

/** Asks one organization for pages, and writes down which of them had to be made. */
const asking = (reply: Reply = replyPage('[', [{ text: '"ü"' }], ']')) => {
  const index = createInvitationIndex();
  const made: string[] = [];
  const ask = (key: string): Reply =>
    keepPage(index, key, () => {
      made.push(key);
      return reply;
    });
  return { index, made, ask };
};

test('a page is made once, and its bytes with it', () => {
  const { made, ask } = asking();
  const first = ask('a');
  expect(first).toMatchObject({ status: 200, body: '["ü"]', bytes: Buffer.from('["ü"]') });
  expect(ask('a')).toBe(first);
  expect(made).toEqual(['a']);
});

test('each page is another, and each organization has its own', () => {
  const { made, ask } = asking();
  const other = asking();
  for (const key of ['a', 'b', 'a', 'b']) ask(key);
  other.ask('a');
  expect(made).toEqual(['a', 'b']);
  expect(other.made).toEqual(['a']);
});

test('a change of the invitations makes every page anew, once', () => {
  const { index, made, ask } = asking();
  for (const key of ['a', 'b']) ask(key);
  index.version += 1;
  for (const key of ['b', 'a', 'b', 'a']) ask(key);
  expect(made).toEqual(['a', 'b', 'b', 'a']);
});

test.each<[string, Reply]>([
  ['a refusal', replyJson(404, { detail: 'There is no page "x".' })],
  ['a page without a body', { status: 200, headers: {}, page: { head: '', items: [], tail: '' } }],
])('%s is made anew each time, and stays as it is', (_what, reply) => {
  const { made, ask } = asking(reply);
  expect(ask('a')).toBe(reply);
  expect(ask('a')).toBe(reply);
  expect(made).toEqual(['a', 'a']);
});

test('sixteen pages are kept; the one after them takes the place of all', () => {
  const { made, ask } = asking();
  const keys = Array.from({ length: 16 }, (_, index) => `page ${index}`);
  for (const key of [...keys, ...keys]) ask(key);
  expect(made).toEqual(keys);
  for (const key of ['one more', 'one more', 'page 15', 'one more']) ask(key);
  expect(made.slice(16)).toEqual(['one more', 'page 15']);
});

test('all organizations together keep no more than so many characters', () => {
  const one = asking();
  one.ask('a');
  const large = asking(replyPage('[', [{ text: 'x'.repeat(9_000_000) }], ']'));
  large.ask('a');
  large.ask('b');
  large.ask('b');
  one.ask('a');
  expect(large.made).toEqual(['a', 'b']);
  expect(one.made).toEqual(['a', 'a']);
});
