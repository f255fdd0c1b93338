// A message in words, and what becomes of names and addresses that are written to do harm.
import { describe, expect, test } from '@jest/globals';
import { writeMail, type Letter } from './message.ts';
import { toOneLine } from './one-line.ts';

const letter: Letter = {
  id: '7d3a1f52-0c6e-4b8d-9e21-a4f5b6c7d8e9',
  invitationId: '0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908',
  email: 'jonas.weber@example.com',
  role: 'ADMIN',
  organizationId: 'o1',
  sandbox: 'default',
  inviterName: 'Ada Pereira',
  organizationName: 'Fairwind Logistics',
  acceptTemplate: null,
};
const template = 'http://localhost:5173/accept?invitation={id}&email={email}';
const link =
  'http://localhost:5173/accept?invitation=0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908&email=jonas.weber%40example.com';

test('says who invites whom, where to, as what, and how to accept', () => {
  const mail = writeMail(letter, template);
  expect(mail).toMatchObject({
    id: letter.id,
    invitationId: letter.invitationId,
    from: {
      name: 'Ada Pereira of Fairwind Logistics via Invitations',
      address: 'no-reply@invitations.example',
    },
    to: 'jonas.weber@example.com',
    subject: 'Ada Pereira invites you to Fairwind Logistics',
    acceptUrl: link,
  });
  expect(mail.text).toContain('Ada Pereira invites you to join Fairwind Logistics as ADMIN.');
  expect(mail.text).toContain(`\n${link}\n`);
  expect(mail.text).toContain('a fake of the Invitations API');
  expect(mail.html).toContain(`href="${link.replaceAll('&', '&amp;')}" target="_blank"`);
});

test('names nobody rather than nothing', () => {
  const { subject } = writeMail({ ...letter, inviterName: '', organizationName: ' ' }, template);
  expect(subject).toBe('Somebody invites you to an organization');
});

describe('what a client controls is text and no more', () => {
  const markup = `<img src=x onerror=alert(1)>"'><script>&`;

  test.each(['inviterName', 'organizationName', 'email'] as const)('%s', (field) => {
    const { html, text } = writeMail({ ...letter, [field]: markup }, template);
    const harmless = writeMail(letter, template).html;
    const tags = (source: string): readonly string[] =>
      [...source.matchAll(/<\/?[a-z!][^\s>]*/g)].map(([tag]) => tag);
    expect(tags(html)).toEqual(tags(harmless));
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&gt;&lt;script&gt;&amp;');
    expect(text).toContain(markup);
  });

  test('a line break in a name begins no line', () => {
    const name = 'Eve\r\nBcc: all@example.com\u2028\nAccept the invitation:\nhttp://evil.test';
    const mail = writeMail({ ...letter, inviterName: name, organizationName: name }, template);
    expect(mail.from.name).not.toMatch(/[\r\n\u2028]/);
    expect(mail.subject).not.toMatch(/[\r\n\u2028]/);
    expect(mail.text.match(/^Bcc/m)).toBeNull();
    expect(mail.text.match(/^http.*$/gm)).toEqual([link]);
  });

  test('a name that is too long is cut', () => {
    const { subject, from } = writeMail({ ...letter, inviterName: 'x'.repeat(1e6) }, template);
    expect(subject.length).toBeLessThan(200);
    expect(from.name.length).toBeLessThan(300);
  });
});

test.each([
  ['a\r\n\tb\u0000c', 10, 'a b c'],
  ['  a  ', 10, 'a'],
  ['abcdef', 6, 'abcdef'],
  ['abcdefg', 6, 'abcde…'],
  ['abcd😀efg', 6, 'abcd…'],
  ['a\ud800b', 10, 'a\ufffdb'],
])('%j on one line of at most %i is %j', (text, most, line) => {
  expect(toOneLine(text, most)).toBe(line);
});
