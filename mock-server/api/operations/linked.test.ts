// What an invitation links to: its published shape, and who sees it.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { invitations, noSuchId, running, textOf } from '../../running.suite.ts';

const fake = running();
const owner = (): string => fake.server.credentials.apiKeys.OWNER;
const outsider = (): string => fake.server.credentials.outsider;

const world = '/_mock/sandboxes/default';
const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

/** Paths of what is linked by an invitation of each of two organizations; its invitee is one person, now in both. */
const ours = { inviter: '', membership: '', organization: '' };
const theirs = { ...ours };

let acceptedAt = '';

const idOf = (path: string): string => path.split('/').at(-2) ?? '';

const urlOf = (path: string): string => fake.server.url + path;

const accept = async (as: string, links: typeof ours): Promise<void> => {
  const { invitee, inviteeEmail: email } = fake.server.credentials;
  const created = await fake.ask('POST', invitations, { as, json: { email, role: 'CONTRIB' } });
  const path = `${invitations}${textOf(created.json, 'id')}/accept/`;
  const { json } = await fake.ask('POST', path, { as: invitee });
  const at = (name: string): string => new URL(textOf(json, name)).pathname;
  links.inviter = at('inviter');
  links.membership = at('membership');
  links.organization = at('organization');
};

beforeAll(async () => {
  const { json } = await fake.ask('PATCH', `${world}/clock`, { json: { frozen: true } });
  acceptedAt = textOf(json, 'now');
  await accept(owner(), ours);
  await accept(outsider(), theirs);
  await fake.ask('PATCH', `${world}/clock`, { json: { frozen: false } });
});

describe('the published shape', () => {
  test('of a user', async () => {
    const { status, json } = await fake.ask('GET', ours.inviter, { as: owner() });
    expect(status).toBe(200);
    expect(json).toEqual({
      url: urlOf(ours.inviter),
      id: decodeURIComponent(idOf(ours.inviter)),
      name: 'Service account (owner)',
      email: 'owner@service-accounts.invalid',
      picture_url: null,
      created_at: isoTime,
      modified_at: isoTime,
      type: 'service',
      organization_name: expect.stringMatching(/./),
      membership_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      role: 'OWNER',
    });
    expect(ours.inviter).toMatch(/^\/api\/v1\/users\/auth0%7C[0-9a-f]{24}\/$/);
  });

  test('of a membership', async () => {
    const { status, json } = await fake.ask('GET', ours.membership, { as: owner() });
    expect(status).toBe(200);
    expect(ours.membership).toMatch(/^\/api\/v1\/memberships\//);
    expect(json).toEqual({
      url: urlOf(ours.membership),
      id: idOf(ours.membership),
      user: expect.stringContaining(`${fake.server.url}/api/v1/users/`),
      organization: urlOf(ours.organization),
      role: 'CONTRIB',
      created_at: acceptedAt.replace('Z', '000Z'),
      modified_at: acceptedAt.replace('Z', '000Z'),
    });
    const member = new URL(textOf(json, 'user')).pathname;
    expect((await fake.ask('GET', member, { as: owner() })).json).toMatchObject({
      email: fake.server.credentials.inviteeEmail,
    });
  });

  test('of an organization', async () => {
    const { status, json } = await fake.ask('GET', ours.organization, { as: owner() });
    expect(status).toBe(200);
    expect(json).toEqual({
      url: urlOf(ours.organization),
      id: idOf(ours.organization),
      name: expect.stringMatching(/./),
      current: true,
      created_at: isoTime,
      modified_at: isoTime,
      maintenance: false,
      mfa_enabled: false,
      version: '1',
      role: 'OWNER',
      project_name_pattern: null,
      subscription_expires_at: null,
      subscription_features: null,
      subscription_id: null,
      subscription_plan_id: null,
      subscription_plan_name: null,
    });
  });
});

test.each([
  ['user', 'users', (): string => theirs.inviter],
  ['membership', 'memberships', (): string => theirs.membership],
  ['organization', 'organizations', (): string => theirs.organization],
])('the %s of others is as good as none', async (resource, collection, other) => {
  for (const path of [other(), `/api/v1/${collection}/${noSuchId}/`]) {
    expect(await fake.ask('GET', path, { as: owner() })).toMatchObject({
      status: 404,
      json: { detail: `There is no such ${resource}, or none that you can see.` },
    });
  }
  expect((await fake.ask('GET', other(), { as: outsider() })).status).toBe(200);
});

test('whoever is a member of two organizations sees both, and which of them is current', async () => {
  const token = await fake.ask('POST', `${world}/tokens`, {
    json: { email: fake.server.credentials.inviteeEmail, organization: idOf(ours.organization) },
  });
  const as = textOf(token.json, 'authorization');
  const [current, other] = [
    await fake.ask('GET', ours.organization, { as }),
    await fake.ask('GET', theirs.organization, { as }),
  ];
  expect(current).toMatchObject({ status: 200, json: { current: true } });
  expect(other).toMatchObject({ status: 200, json: { current: false } });
  expect((await fake.ask('GET', theirs.membership, { as })).status).toBe(404);
});
