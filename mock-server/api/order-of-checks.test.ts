// Several things wrong at once: which refusal comes first, for each pair of checks that follow each other.
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  anAddress,
  invitations,
  noSuchId,
  running,
  textOf,
  type AskOptions,
} from '../running.suite.ts';

const fake = running();
const keys = (): Record<'OWNER' | 'ADMIN' | 'CONTRIB' | 'VIEWER', string> =>
  fake.server.credentials.apiKeys;

const made = { owner: '', viewer: '', accepted: '' };

const create = async (role: string, email = anAddress()): Promise<string> => {
  const answer = await fake.ask('POST', invitations, { as: keys().OWNER, json: { email, role } });
  return textOf(answer.json, 'id');
};

beforeAll(async () => {
  made.owner = await create('OWNER');
  made.viewer = await create('VIEWER');
  const { invitee, inviteeEmail } = fake.server.credentials;
  made.accepted = await create('OWNER', inviteeEmail);
  await fake.ask('POST', `${invitations}${made.accepted}/accept/`, { as: invitee });
});

type Case = readonly [
  title: string,
  method: string,
  path: () => string,
  asked: () => AskOptions,
  status: number,
];

const html = { accept: 'text/html' };
const text = { 'content-type': 'text/plain' };
const json = { 'content-type': 'application/json' };
const owned = (): string => `${invitations}${made.owner}/`;
const modest = (): string => `${invitations}${made.viewer}/`;
const missing = (): string => `${invitations}${noSuchId}/`;
const accepted = (): string => `${invitations}${made.accepted}/`;
const list = (): string => invitations;

const cases: readonly Case[] = [
  ['406 before 401', 'GET', list, () => ({ headers: html }), 406],
  ['406 before 405', 'PUT', list, () => ({ as: keys().OWNER, headers: html }), 406],
  ['401 before 403 for the scope', 'GET', list, () => ({ as: 'Bearer a.b.c' }), 401],
  ['401 before 405', 'PUT', list, () => ({}), 401],
  ['401 before 404', 'GET', missing, () => ({}), 401],
  ['401 before 404 for no UUID', 'GET', () => `${invitations}x/`, () => ({}), 401],
  [
    '401 before 404 for what cannot be decoded',
    'GET',
    () => `${invitations}%E0%A4%A/`,
    () => ({}),
    401,
  ],
  [
    '403 for the scope before 405',
    'PUT',
    list,
    () => ({ as: fake.server.credentials.invitee }),
    403,
  ],
  [
    '403 for the scope before 404',
    'GET',
    missing,
    () => ({ as: fake.server.credentials.invitee }),
    403,
  ],
  [
    '403 for the scope before 404 for no UUID',
    'GET',
    () => `${invitations}x/`,
    () => ({ as: fake.server.credentials.invitee }),
    403,
  ],
  [
    '403 for the scope before 415',
    'POST',
    list,
    () => ({ as: fake.server.credentials.invitee, body: 'x', headers: text }),
    403,
  ],
  ['405 before 404', 'POST', missing, () => ({ as: keys().OWNER }), 405],
  [
    '405 before 404 for no UUID',
    'PUT',
    () => `${invitations}x/accept/`,
    () => ({ as: keys().OWNER }),
    405,
  ],
  ['405 before 415', 'PUT', list, () => ({ as: keys().OWNER, body: 'x', headers: text }), 405],
  ['404 before 415', 'PUT', missing, () => ({ as: keys().OWNER, body: 'x', headers: text }), 404],
  ['404 before 400', 'PATCH', missing, () => ({ as: keys().OWNER, body: '{', headers: json }), 404],
  [
    '404 for accepted before 403 for its role',
    'PATCH',
    accepted,
    () => ({ as: keys().VIEWER }),
    404,
  ],
  [
    '404 for accepted before 415',
    'PUT',
    accepted,
    () => ({ as: keys().OWNER, body: 'x', headers: text }),
    404,
  ],
  [
    '403 for its role before 415',
    'PUT',
    owned,
    () => ({ as: keys().ADMIN, body: 'x', headers: text }),
    403,
  ],
  [
    '403 for its role before 400',
    'PATCH',
    owned,
    () => ({ as: keys().ADMIN, body: '{', headers: json }),
    403,
  ],
  [
    '403 for its role before 413',
    'PATCH',
    owned,
    () => ({ as: keys().ADMIN, body: Buffer.alloc(200_000), headers: json }),
    403,
  ],
  ['415 before 400', 'POST', list, () => ({ as: keys().OWNER, body: '{', headers: text }), 415],
  [
    '415 for an encoding before 400',
    'POST',
    list,
    () => ({ as: keys().OWNER, body: '{', headers: { ...json, 'content-encoding': 'gzip' } }),
    415,
  ],
  [
    '403 for a CONTRIB, who invites nobody, before 415',
    'POST',
    list,
    () => ({ as: keys().CONTRIB, body: '{', headers: text }),
    403,
  ],
  [
    '400 before 403 for the role asked for',
    'POST',
    list,
    () => ({ as: keys().ADMIN, json: { email: 'x', role: 'OWNER' } }),
    400,
  ],
  [
    '400 before 403 in an update too',
    'PATCH',
    modest,
    () => ({ as: keys().VIEWER, json: { email: 'x', role: 'OWNER' } }),
    400,
  ],
  [
    '403 for the role asked for before 404 for the address',
    'POST',
    list,
    () => ({
      as: keys().ADMIN,
      json: { email: fake.server.credentials.inviteeEmail, role: 'OWNER' },
    }),
    403,
  ],
  [
    '403 before 404 for the address in an update too',
    'PUT',
    modest,
    () => ({
      as: keys().VIEWER,
      json: { email: fake.server.credentials.inviteeEmail, role: 'OWNER' },
    }),
    403,
  ],
  [
    '404 for the address at last',
    'POST',
    list,
    () => ({
      as: keys().ADMIN,
      json: { email: fake.server.credentials.inviteeEmail.toUpperCase(), role: 'VIEWER' },
    }),
    404,
  ],
];

describe('the order of checks', () => {
  test.each(cases)('%s', async (_title, method, path, asked, status) => {
    const answer = await fake.ask(method, path(), asked());
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('a list asks for its filters before it asks for its page', async () => {
    const answer = await fake.ask('GET', `${invitations}?page=0&role=x`, { as: keys().OWNER });
    expect(answer.status).toBe(400);
  });

  test('an accept asks for no scope, and is refused to the method before to the object', async () => {
    const { invitee } = fake.server.credentials;
    const path = `${invitations}${noSuchId}/accept/`;
    expect((await fake.ask('GET', path, { as: invitee })).status).toBe(405);
    expect((await fake.ask('POST', path, { as: invitee })).status).toBe(404);
    expect((await fake.ask('POST', path, { as: keys().OWNER })).status).toBe(404);
    const open = `${invitations}${made.viewer}/accept/`;
    expect((await fake.ask('POST', open, { as: keys().OWNER })).status).toBe(403);
  });
});
