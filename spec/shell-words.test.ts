// Words as a real shell takes them: they arrive byte for byte, and nothing in them is carried out.
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { quote } from './quote.ts';
import { canBeQuoted, toPrintf, toWord } from './shell-words.ts';

const run = (script: string): Buffer => execFileSync('sh', ['-c', script]);

const texts = [
  '',
  'plain',
  "it's; rm -rf /tmp/nothing",
  '$(echo caught) `echo caught` $HOME \\ " ! & | > <',
  'one\ntwo\n\tthree',
  '%s %d \\n \\0',
  'Zoë 🎉',
  "''",
  '-n',
];

describe('a quoted text', () => {
  test.each(texts)('arrives as it was: %j', (text) => {
    expect(run(`printf %s ${quote(text)}`).toString('utf8')).toBe(text);
  });
});

const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

describe('bytes', () => {
  test('are printed as they were, whatever they are', () => {
    expect(run(toPrintf(all)).equals(all)).toBe(true);
    for (const text of texts) expect(run(toPrintf(Buffer.from(text))).toString('utf8')).toBe(text);
  });

  test('are one word where they cannot be quoted', () => {
    const bytes = Buffer.from("\x01 it's \xff $(echo caught) \x7f", 'latin1');
    expect(run(`printf %s ${toWord(bytes)}`).equals(bytes)).toBe(true);
  });

  test.each([
    ['text', Buffer.from('Zoë\n'), true],
    ['what is no UTF-8', Buffer.from([0x80]), false],
    ['a null', Buffer.from([0]), false],
    ['an escape that a terminal acts on', Buffer.from('\u001b[2J'), false],
    ['what turns the direction of reading', Buffer.from('\u202egnp.exe'), false],
  ])('of %s can be shown or not', (_, bytes, can) => {
    expect(canBeQuoted(bytes)).toBe(can);
  });
});
