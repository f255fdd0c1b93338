// A sandbox takes no more invitations than its limit, and says so; what is there goes on as before.
import { expect, test } from '@jest/globals';
import { anAddress, invitations, memberOf, running, textOf } from '../running.suite.ts';

const fake = running({ scenario: 'empty', invitationLimit: 3 });

test('a create beyond the limit is refused in words, and one fits again after a delete', async () => {
  const as = fake.server.credentials.apiKeys.OWNER;
  const create = (): ReturnType<typeof fake.ask> =>
    fake.ask('POST', invitations, { as, json: { email: anAddress(), role: 'VIEWER' } });
  const made = [await create(), await create(), await create()];
  expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
  const refused = await create();
  expect(refused.status).toBe(507);
  expect(textOf(refused.json, 'detail')).toContain('--invitation-limit');
  const list = await fake.ask('GET', invitations, { as });
  expect(memberOf(list.json, 'count')).toBe(3);
  await fake.ask('DELETE', `${invitations}${textOf(made[0]?.json, 'id')}/`, { as });
  expect((await create()).status).toBe(201);
});
