// The sample front end's requests against the fake. Each test takes a sandbox, which ends with the test.
import { connectAdmin, type SandboxHandle } from 'invitations-mock';
import { describe, inject, test as base } from 'vitest';
import { connect, type Invitations } from '../front-end/invitations.ts';

type Fixtures = {
  readonly sandbox: SandboxHandle;
  readonly as: (authorization: string) => Invitations;
};

const admin = connectAdmin(inject('mockUrl'));

const test = base.extend<Fixtures>({
  // Vitest reads from the pattern which fixtures are needed, and insists on one.
  sandbox: async ({}, use) => {
    await using sandbox = await admin.createSandbox({ scenario: 'empty' });
    await use(sandbox);
  },
  as: async ({ sandbox }, use) => {
    await use((authorization) => connect({ url: sandbox.url, authorization }));
  },
});

describe.concurrent('invitations', () => {
  test('are listed once they are there', async ({ sandbox, as, expect }) => {
    const owner = as(sandbox.credentials.OWNER.jwt);
    expect(await owner.list()).toEqual({ kind: 'done', value: [] });
    await owner.invite('jonas@example.com', 'CONTRIB');
    expect(await owner.list()).toMatchObject({ value: [{ email: 'jonas@example.com' }] });
  });

  test('are withdrawn while somebody looks at them', async ({ sandbox, as, expect }) => {
    const outcome = await as(sandbox.credentials.INVITEE.jwt).accept(
      '00000000-0000-4000-8000-000000000000',
    );
    const message = 'This invitation was withdrawn, or somebody has accepted it.';
    expect(outcome).toEqual({ kind: 'refused', message });
  });

  test('need an address', async ({ sandbox, as, expect }) => {
    const outcome = await as(sandbox.credentials.OWNER.jwt).invite('', 'VIEWER');
    expect(outcome).toMatchObject({ kind: 'invalid', fields: { email: [expect.any(String)] } });
  });

  test('leave after an hour, and no minute before', async ({ sandbox, as, expect }) => {
    await sandbox.delivery.change({ mode: 'after-delay', delay: 'PT1H' });
    await sandbox.clock.freeze();
    const owner = as(sandbox.credentials.OWNER.jwt);
    await owner.invite('jonas@example.com', 'VIEWER');
    await sandbox.clock.advance('PT59M');
    expect(await owner.list()).toMatchObject({ value: [{ state: 'pending' }] });
    await sandbox.clock.advance('PT1M');
    expect(await owner.list()).toMatchObject({ value: [{ state: 'sent' }] });
  });

  test('of a hundred others are seen by nobody here', async ({ sandbox, as, expect }) => {
    await sandbox.seed({ scenario: 'many-pages', scenario_size: 120 });
    const owner = await as(sandbox.credentials.OWNER.jwt).list();
    expect(owner.kind === 'done' && owner.value.length).toBe(100);
    await using other = await admin.createSandbox({ scenario: 'empty' });
    expect(await other.invitations()).toEqual([]);
  });
});
