// The people of a sandbox in the console: who is there, by whose invitation; some come, some go.
import { expect, test } from '@jest/globals';
import { invitations, memberOf, textOf } from '../running.suite.ts';
import { clipboardOf, describeInBrowser } from './browser.suite.ts';

describeInBrowser('people', ({ fake, open }) => {
  test('somebody registers, is a member, invites, and is removed with what they sent', async () => {
    const page = await open('#/default/people');
    const register = page.getByRole('form', { name: 'Register somebody' });
    await register.getByLabel('Address').fill('ada@new.example');
    await register.getByRole('button', { name: 'Register' }).click();
    await page.getByText('Registered: Ada.').waitFor();
    await page.getByLabel('Search').fill('ada@NEW');
    const row = page.getByRole('listitem').filter({ hasText: 'ada@new.example' });
    await row.getByText('Member of no organization').waitFor();

    const as = fake.server.credentials.apiKeys.OWNER;
    const json = { email: 'ada@new.example', role: 'ADMIN' };
    const id = textOf((await fake.ask('POST', invitations, { as, json })).json, 'id');
    await row.getByRole('button', { name: 'Copy JWT' }).click();
    await page.getByText(/^Copied: a JWT of ada/).waitFor();
    const own = await clipboardOf(page);
    expect((await fake.ask('POST', `${invitations}${id}/accept/`, { as: own })).status).toBe(200);
    await row.getByText(/^ADMIN of .*, invited by Service account \(owner\)$/).waitFor();

    const token = await fake.ask('POST', '/_mock/tokens', {
      json: { email: json.email, organization: true },
    });
    const sent = await fake.ask('POST', invitations, {
      as: textOf(token.json, 'authorization'),
      json: { email: 'next@new.example', role: 'VIEWER' },
    });
    await row.getByText('Sent 1 invitation').waitFor();
    await row.getByRole('button', { name: 'Remove Ada' }).click();
    await row.getByText('The 1 invitation that came from there will go too.').waitFor();
    await row.getByRole('button', { name: 'Yes, remove' }).click();
    await page.getByText('Nobody matches').waitFor();
    const gone = `${invitations}${textOf(sent.json, 'id')}/`;
    expect((await fake.ask('GET', gone, { as })).status).toBe(404);
    expect(memberOf(sent.json, 'inviter_name')).toBe('Ada');
  });

  test('an address that somebody has is refused beneath the form', async () => {
    const page = await open('#/default/people');
    const { inviteeEmail: email } = fake.server.credentials;
    const register = page.getByRole('form', { name: 'Register somebody' });
    await register.getByLabel('Address').fill(email);
    await register.getByRole('button', { name: 'Register' }).click();
    await register.getByText(`${email} is registered already`).waitFor();
  });
});
