// The sample front end's requests against the fake, each test in a sandbox of its own.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectAdmin, type SandboxHandle } from 'invitations-mock';
import { connect, type Invitations } from '../front-end/invitations.ts';

const admin = connectAdmin(process.env['MOCK_URL'] ?? '');

let sandbox: SandboxHandle;

beforeEach(async () => {
  sandbox = await admin.createSandbox({ scenario: 'empty' });
});

afterEach(async () => {
  await sandbox.delete();
});

const as = (authorization: string): Invitations => connect({ url: sandbox.url, authorization });

describe('invitations', () => {
  test('are listed once they are there', async () => {
    const owner = as(sandbox.credentials.OWNER.jwt);
    expect(await owner.list()).toEqual({ kind: 'done', value: [] });
    await owner.invite('jonas@example.com', 'CONTRIB');
    expect(await owner.list()).toMatchObject({ value: [{ email: 'jonas@example.com' }] });
  });

  test('go to nobody twice', async () => {
    const owner = as(sandbox.credentials.OWNER.jwt);
    await owner.invite('jonas@example.com', 'VIEWER');
    expect(await owner.invite('JONAS@example.com', 'VIEWER')).toEqual({
      kind: 'refused',
      message: 'This address is invited already.',
    });
  });

  test('need an address', async () => {
    const outcome = await as(sandbox.credentials.OWNER.jwt).invite('jonas', 'VIEWER');
    expect(outcome).toMatchObject({ kind: 'invalid', fields: { email: [expect.any(String)] } });
  });

  test('hand out no role above the own', async () => {
    const outcome = await as(sandbox.credentials.VIEWER.jwt).invite('jonas@example.com', 'OWNER');
    expect(outcome).toEqual({ kind: 'refused', message: 'Your role does not allow this.' });
  });

  test('are accepted by whom they are for, who then needs a new token', async () => {
    const { user, jwt } = sandbox.credentials.INVITEE;
    await as(sandbox.credentials.OWNER.jwt).invite(user.email, 'ADMIN');
    const [invitation] = await sandbox.invitations();
    expect(await as(jwt).accept(invitation?.id ?? '')).toMatchObject({ kind: 'done' });
    const member = await sandbox.token({ email: user.email, organization: true });
    expect(await as(member.authorization).list()).toMatchObject({
      value: [{ state: 'accepted' }],
    });
  });

  test('bounce when the testers say so', async () => {
    await sandbox.delivery.change({ mode: 'by-hand' });
    const owner = as(sandbox.credentials.OWNER.jwt);
    await owner.invite('jonas@example.com', 'VIEWER');
    const [invitation] = await sandbox.invitations({ state: 'pending' });
    await sandbox.delivery.deliver(invitation?.id ?? '', { outcome: 'bounced', reason: 'Full.' });
    expect(await owner.list()).toMatchObject({
      value: [{ state: 'bounced', state_detail: 'Full.' }],
    });
  });

  test('are written to whom they are for', async () => {
    await as(sandbox.credentials.OWNER.jwt).invite('jonas@example.com', 'VIEWER');
    const message = await sandbox.messages.waitFor({ to: 'jonas@example.com' });
    expect(message.text).toContain(message.accept_url);
  });

  test('are not asked for again before the time that the server names', async () => {
    await sandbox.faults.replace([{ status: 429, retry_after: 30 }]);
    const outcome = await as(sandbox.credentials.OWNER.jwt).list();
    expect(outcome).toMatchObject({ message: 'Too many requests. Try again in 30 seconds.' });
  });

  test('are refused to a session that has expired', async () => {
    const { jwt } = sandbox.credentials.OWNER;
    await sandbox.clock.advance('P1D');
    expect(await as(jwt).list()).toEqual({
      kind: 'refused',
      message: 'You are logged out. Log in again.',
    });
  });
});
