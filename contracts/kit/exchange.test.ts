// What is told of an exchange, and what is not.
import { expect, test } from '@jest/globals';
import { createMask, type Message } from '../curl.ts';
import { toExchange } from './exchange.ts';
import { readSettings } from '../settings.ts';

const settings = readSettings({
  CONTRACT_AUTH_OWNER: 'Api-Key of-the-owner',
  CONTRACT_AUTH_OWNER_JWT: 'Bearer a.b.c',
  CONTRACT_AUTH_EXPIRED: 'Bearer old.b.c',
});

const check = {
  rule: { id: 'retrieve.answer', source: 'seed', sentence: 'Answers.' },
  title: 'answers',
} as const;

const lineOf = (message: Partial<Message>, json?: unknown) => {
  const whole = { method: 'GET', path: '/api/v1/invitations/', headers: {}, ...message };
  const reply = { status: 200, ms: 1.26, headers: {}, text: '' };
  const mask = createMask(settings.credentials.values());
  const counters = { addresses: 0, exchanges: 0 };
  return toExchange(
    { check, message: whole, operation: undefined, reply, json },
    { settings, mask, counters },
  );
};

const asking = (authorization: string) => lineOf({ headers: { authorization } });

test.each([
  ['Api-Key of-the-owner', 'OWNER', 'Api-Key'],
  // JWT is a name of the same credential, which says nothing of whose it is.
  ['Bearer a.b.c', 'OWNER_JWT', 'Bearer'],
  // A check takes it out of the settings by itself.
  ['Bearer old.b.c', 'EXPIRED', 'Bearer'],
  ['Api-Key of-nobody', 'odd credentials', 'Api-Key'],
  ['', 'NOBODY', 'none'],
])('%j is of %s by %s', (authorization, caller, scheme) => {
  expect(asking(authorization)).toMatchObject({ caller, scheme });
});

test('no credential is kept, wherever a check puts it', () => {
  const line = lineOf({
    path: '/api/v1/invitations/?api_key=of-the-owner',
    headers: { authorization: 'of-the-owner', 'x-api-key': 'of-the-owner' },
  });
  expect(JSON.stringify(line)).not.toContain('of-the-owner');
  expect(line.path).toBe('/api/v1/invitations/');
});

test('the media type is that of a body, without parameters', () => {
  const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
  expect(lineOf({ headers, body: { text: '{}' } }).mediaType).toBe('application/json');
  expect(lineOf({ headers }).mediaType).toBeUndefined();
});

test('of an answer the state of the one invitation that it is', () => {
  const invitation = { id: 'one', state: 'sent', email: 'ada@example.com' };
  expect(lineOf({}, invitation)).toMatchObject({ answered: { id: 'one', state: 'sent' }, ms: 1.3 });
  expect(lineOf({}, { results: [invitation] }).answered).toBeUndefined();
});
