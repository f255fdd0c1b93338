// The sample front end in a real browser against the fake.
import { expect } from '@playwright/test';
import { test } from './mock.ts';

test('lists what is there, and invites', async ({ sandbox, open }) => {
  const page = await open(sandbox.credentials.OWNER.jwt);
  await page.getByLabel('Address').fill('jonas@example.com');
  await page.getByLabel('Role').selectOption('CONTRIB');
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByRole('status')).toHaveText('jonas@example.com is invited.');
  await expect(page.getByRole('row', { name: 'jonas@example.com CONTRIB sent' })).toBeVisible();
});

test('shows what is wrong beside the field', async ({ sandbox, open }) => {
  const page = await open(sandbox.credentials.OWNER.jwt);
  await page.getByLabel('Address').fill('jonas');
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.locator('#email-error')).not.toBeEmpty();
  await expect(page.locator('#role-error')).toBeEmpty();
  expect(await sandbox.invitations()).toEqual([]);
});

test('says what a role does not allow', async ({ sandbox, open }) => {
  const page = await open(sandbox.credentials.VIEWER.jwt);
  await page.getByLabel('Address').fill('jonas@example.com');
  await page.getByLabel('Role').selectOption('OWNER');
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByRole('alert')).toHaveText('Your role does not allow this.');
});

test('shows why a message came back', async ({ sandbox, open }) => {
  await sandbox.delivery.change({ bounce_rules: [{ pattern: '*@full.example', reason: 'Full.' }] });
  const page = await open(sandbox.credentials.OWNER.jwt);
  await page.getByLabel('Address').fill('jonas@full.example');
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByRole('row', { name: 'bounced: Full.' })).toBeVisible();
});

test('joins by the link in the message', async ({ sandbox, open }) => {
  const { user, jwt } = sandbox.credentials.INVITEE;
  const owner = await open(sandbox.credentials.OWNER.jwt);
  await owner.getByLabel('Address').fill(user.email);
  await owner.getByLabel('Role').selectOption('ADMIN');
  await owner.getByRole('button', { name: 'Invite' }).click();
  const message = await sandbox.messages.waitFor({ to: user.email });
  const guest = await open(jwt, message.accept_url);
  await expect(guest.getByRole('status')).toHaveText('You have joined as ADMIN.');
  expect(await sandbox.invitations({ state: 'accepted' })).toHaveLength(1);
});

test('says when to come back after too many requests', async ({ sandbox, open }) => {
  const page = await open(sandbox.credentials.OWNER.jwt);
  await sandbox.faults.replace([
    { operations: ['invitations_create'], first: 1, status: 429, retry_after: 30 },
  ]);
  await page.getByLabel('Address').fill('jonas@example.com');
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByRole('alert')).toHaveText('Too many requests. Try again in 30 seconds.');
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByRole('status')).toHaveText('jonas@example.com is invited.');
  await expect(page.getByRole('alert')).toBeEmpty();
});

test('says that the server cannot be reached', async ({ sandbox, open }) => {
  await sandbox.faults.replace([{ methods: ['GET'], connection: 'reset-during' }]);
  const page = await open(sandbox.credentials.OWNER.jwt);
  await expect(page.getByRole('alert')).toHaveText('The server cannot be reached. Are you online?');
});

test('asks to log in again when the session is over', async ({ sandbox, open }) => {
  const page = await open(sandbox.credentials.EXPIRED.jwt);
  await expect(page.getByRole('alert')).toHaveText('You are logged out. Log in again.');
});
