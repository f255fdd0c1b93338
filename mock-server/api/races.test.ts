// Many callers at once: each rule holds as if they had come one after the other.
import { expect, test } from '@jest/globals';
import {
  anAddress,
  invitations,
  memberOf,
  running,
  textOf,
  type HttpAnswer,
} from '../running.suite.ts';

const fake = running();
const owner = (): string => fake.server.credentials.apiKeys.OWNER;

const statuses = (answers: readonly HttpAnswer[]): readonly number[] =>
  answers.map(({ status }) => status).sort((left, right) => left - right);

const times = <Value>(count: number, value: Value): readonly Value[] =>
  Array.from({ length: count }, () => value);

test('of many creates for one address in any letter case exactly one wins', async () => {
  const [local = '', domain = ''] = anAddress('race').split('@');
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => {
      const mixed = Array.from(local, (letter, at) =>
        (index >> (at % 5)) & 1 ? letter.toUpperCase() : letter,
      );
      const email = `${mixed.join('')}@${index % 2 ? domain.toUpperCase() : domain}`;
      return fake.ask('POST', invitations, { as: owner(), json: { email, role: 'VIEWER' } });
    }),
  );
  expect(statuses(answers)).toEqual([201, ...times(39, 404)]);
  const list = await fake.ask('GET', `${invitations}?email=${local}@${domain}`, { as: owner() });
  expect(memberOf(list.json, 'count')).toBe(1);
});

test('two invitations that want the same address: one update wins', async () => {
  const email = anAddress();
  const paths = await Promise.all(
    times(10, null).map(async () => {
      const json = { email: anAddress(), role: 'VIEWER' };
      const created = await fake.ask('POST', invitations, { as: owner(), json });
      return `${invitations}${textOf(created.json, 'id')}/`;
    }),
  );
  const answers = await Promise.all(
    paths.map((path) => fake.ask('PATCH', path, { as: owner(), json: { email } })),
  );
  expect(statuses(answers)).toEqual([200, ...times(9, 404)]);
});

test('accept and delete at once: whichever comes first, the invitation ends in one of two ways', async () => {
  const { invitee, inviteeEmail } = fake.server.credentials;
  for (const acceptsFirst of [true, false, true, false]) {
    const json = { email: inviteeEmail, role: 'VIEWER' };
    const created = await fake.ask('POST', invitations, { as: owner(), json });
    const path = `${invitations}${textOf(created.json, 'id')}/`;
    const accept = (): Promise<HttpAnswer> => fake.ask('POST', `${path}accept/`, { as: invitee });
    const destroy = (): Promise<HttpAnswer> => fake.ask('DELETE', path, { as: owner() });
    const both = acceptsFirst ? [accept(), destroy()] : [destroy(), accept()];
    const answers = await Promise.all(both);
    const [accepted, destroyed] = acceptsFirst ? answers : answers.toReversed();
    expect(destroyed?.status).toBe(204);
    expect([200, 404]).toContain(accepted?.status);
    expect((await fake.ask('GET', path, { as: owner() })).status).toBe(404);
  }
});

test('of many accepts one wins, and one membership comes of it', async () => {
  const { invitee, inviteeEmail } = fake.server.credentials;
  const json = { email: inviteeEmail, role: 'CONTRIB' };
  const created = await fake.ask('POST', invitations, { as: owner(), json });
  const path = `${invitations}${textOf(created.json, 'id')}/accept/`;
  const answers = await Promise.all(
    times(20, path).map((to) => fake.ask('POST', to, { as: invitee })),
  );
  expect(statuses(answers)).toEqual([200, ...times(19, 404)]);
});
