// The template of the accept link: what it takes, and how it is filled.
import { describe, expect, test } from '@jest/globals';
import { parseAcceptTemplate, toAcceptLink } from './accept-link.ts';

const facts = {
  invitationId: '0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908',
  email: "o'hara+a&b=c@example.com",
  organizationId: 'o1',
  role: 'VIEWER',
  sandbox: 'qa.1',
} as const;

test('every placeholder is filled, URL-encoded, as often as it is there', () => {
  const template = 'https://app.test/a/{id}?e={email}&o={organization}&r={role}&s={sandbox}#{role}';
  expect(parseAcceptTemplate(template)).toEqual({ value: template });
  const link = toAcceptLink(template, facts);
  expect(link).toBe(
    "https://app.test/a/0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908?e=o'hara%2Ba%26b%3Dc%40example.com&o=o1&r=VIEWER&s=qa.1#VIEWER",
  );
  expect(new URL(link).searchParams.get('e')).toBe(facts.email);
});

test('a fact cannot bring a placeholder, a path or half a character along', () => {
  const email = '{role}/../\ud800"<';
  expect(toAcceptLink('http://localhost/{email}', { ...facts, email })).toBe(
    'http://localhost/%7Brole%7D%2F..%2F%EF%BF%BD%22%3C',
  );
});

describe('a template is refused in words', () => {
  test.each([
    ['http://localhost/{token}', '{token} is none of them'],
    ['http://localhost/{constructor}', '{constructor} is none of them'],
    ['http://localhost/{}', '{} is none of them'],
    ['http://localhost/{id', 'one of its braces has no counterpart'],
    ['http://localhost/id}', 'one of its braces has no counterpart'],
    ['http://localhost/{{id}}', 'one of its braces has no counterpart'],
    ['http://{email}/accept', 'an http or https address with a host'],
    ['http:///accept', 'an http or https address with a host'],
    ['javascript:alert({id})', 'an http or https address'],
    ['ftp://localhost/{id}', 'an http or https address'],
    ['localhost:5173/{id}', 'an http or https address'],
    ['http://localhost/a b', 'an http or https address'],
    ['http://local host/', 'an http or https address'],
    ['http://localhost:99999/{id}', 'an http or https address'],
    ['', 'an http or https address'],
  ])('%s', (template, words) => {
    const parsed = parseAcceptTemplate(template);
    const expected = 'expected' in parsed ? parsed.expected : '';
    expect(expected).toContain(words);
    expect(expected).toContain('{id}, {email}, {organization}, {role}, {sandbox}');
  });
});
