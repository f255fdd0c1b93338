// The story of an invitation, as a tester lives it in the console.
import { expect, test } from '@jest/globals';
import { invitations, listOf, memberOf, textOf } from '../running.suite.ts';
import { clipboardOf, describeInBrowser } from './browser.suite.ts';

describeInBrowser('the story of a member', ({ fake, open }) => {
  test('create, see it sent, open the message, accept, be a member', async () => {
    const page = await open('');
    await page.getByLabel('Name', { exact: true }).fill('story');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Invitations', level: 1 }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'of one who can accept' }).click();
    const email = await page.getByLabel('Address').inputValue();
    await page.getByLabel('Role', { exact: true }).selectOption('CONTRIB');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const row = page.getByRole('listitem').filter({ hasText: email });
    await row.getByText(/\bsent$/).waitFor();
    await page
      .getByRole('region', { name: 'Last answer' })
      .getByText('201', { exact: true })
      .waitFor();

    await page.getByRole('link', { name: /^Outbox/ }).click();
    await page.getByRole('link', { name: new RegExp(email) }).click();
    const frame = page.frameLocator('iframe');
    await frame
      .getByText(/invite/i)
      .first()
      .waitFor();
    await page.getByRole('button', { name: `Accept as invited: ${email}` }).click();
    await page.getByText(`${email} is a member now.`).waitFor();
    await page.getByRole('button', { name: /^Copy new JWT: / }).click();
    await page.getByText(/^Copied: a JWT of/).waitFor();
    const authorization = await clipboardOf(page);

    await page.getByRole('link', { name: /^Invitations/ }).click();
    await row.getByText(/\baccepted$/).waitFor();
    const list = await fake.ask('GET', `${invitations}?email=${email}`, { as: authorization });
    expect(list).toMatchObject({
      status: 200,
      json: { count: 1, results: [{ state: 'accepted' }] },
    });
  });

  test('what is refused is an answer, with the rule in words', async () => {
    const page = await open('#/default/invitations');
    await page.getByLabel('Act as').selectOption('VIEWER.api_key');
    await page.getByLabel('Address').fill('above@example.com');
    await page.getByLabel('Role', { exact: true }).selectOption('OWNER');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const answer = page.getByRole('region', { name: 'Last answer' });
    await answer.getByText('roles.who-invites').waitFor();
    expect(await answer.innerText()).toMatch(/403[^]*as VIEWER · API key[^]*Why: /);
    await answer.getByText('Body', { exact: true }).click();
    await answer.getByRole('link', { name: 'Show it in the traffic' }).click();
    await page.getByRole('heading', { level: 2, name: /POST \/api\/v1\/invitations\// }).waitFor();
  });

  test('whoever is invited can accept, for an address that nobody had', async () => {
    const page = await open('#/default/invitations');
    await page.getByRole('button', { name: 'that arrives' }).click();
    const email = await page.getByLabel('Address').inputValue();
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByRole('button', { name: `Accept as ${email}` }).click();
    await page.getByText(`${email} is a member now.`).waitFor();
  });

  test('a link shows a colleague the same view as the same caller', async () => {
    const page = await open('#/default/invitations');
    await page.getByLabel('Act as').selectOption('VIEWER.jwt');
    await page.getByRole('button', { name: 'Copy link: this view' }).click();
    await page.getByText('Copied: this view.').waitFor();
    const link = await clipboardOf(page);
    const colleague = await open(link.slice(link.indexOf('#')));
    await colleague.getByRole('heading', { name: 'Invitations', level: 1 }).waitFor();
    expect(await colleague.getByLabel('Act as').inputValue()).toBe('VIEWER.jwt');
  });

  test('changes and deletes, the latter only when asked twice', async () => {
    const page = await open('#/default/invitations');
    await page.getByRole('button', { name: 'that arrives' }).click();
    const email = await page.getByLabel('Address').inputValue();
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const more = page.getByLabel(`More for ${email}`).first();
    await more.click();
    await page.getByRole('button', { name: `Change… the invitation of ${email}` }).click();
    const form = page.getByRole('form', { name: `Change the invitation of ${email}` });
    await form.getByLabel('Role', { exact: true }).selectOption('ADMIN');
    await form.getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('listitem').filter({ hasText: email });
    await row.getByText(/^ADMIN of/).waitFor();

    await more.click();
    await page.getByRole('button', { name: `Delete the invitation of ${email}` }).click();
    await page.keyboard.press('Escape');
    await more.click();
    await page.getByRole('button', { name: `Delete the invitation of ${email}` }).click();
    await page.getByRole('button', { name: 'Yes, delete' }).click();
    await row.waitFor({ state: 'detached' });
    const { json } = await fake.ask('GET', '/_mock/sandboxes/default/invitations');
    const addresses = listOf(json, 'invitations').map((one) => textOf(one, 'email'));
    expect(addresses).not.toContain(email);
    expect(memberOf(json, 'count')).toBe(addresses.length);
  });
});
