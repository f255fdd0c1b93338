// The page that the button of a message opens.
import { expect, test } from '@jest/globals';
import { invitations, listOf, memberOf, textOf } from '../running.suite.ts';
import { findFaults } from './accessible.suite.ts';
import { clipboardOf, describeInBrowser } from './browser.suite.ts';

describeInBrowser('the accept page', ({ fake, open }) => {
  const invite = async (email: string): Promise<string> => {
    const as = fake.server.credentials.apiKeys.OWNER;
    const { json } = await fake.ask('POST', invitations, { as, json: { email, role: 'CONTRIB' } });
    const id = textOf(json, 'id');
    const path = `/_mock/sandboxes/default/messages?invitation=${id}`;
    const [message] = listOf((await fake.ask('GET', path)).json, 'messages');
    return new URL(textOf(message, 'accept_url')).href.replace(`${fake.server.url}/_mock/`, '');
  };

  test('says who invites whom, refuses somebody else, and makes the invited person a member', async () => {
    const email = fake.server.credentials.inviteeEmail;
    const page = await open(await invite(email));
    await page.getByRole('heading', { level: 1, name: /invites you to/ }).waitFor();
    await page.getByText(`${email} is to join as CONTRIB.`).waitFor();

    const { json: people } = await fake.ask('GET', '/_mock/sandboxes/default/people');
    const other = listOf(people, 'people').find(
      (one) => memberOf(one, 'kind') === 'person' && memberOf(one, 'email') !== email,
    );
    await page.getByRole('radio', { name: 'somebody else' }).check();
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.getByLabel('Address').and(page.locator('[aria-invalid]:focus')).waitFor();
    await page.getByLabel('Address').fill(textOf(other, 'email'));
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    const answer = page.getByRole('region', { name: 'Last answer' });
    await answer.getByText('403', { exact: true }).waitFor();
    await answer.getByText('accept.other-address').waitFor();

    await page.getByRole('radio', { name: email }).check();
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.getByText(`${email} is a member now.`).waitFor();
    await page.getByText(`${email} has accepted it.`, { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: 'Accept the invitation' }).count()).toBe(0);
    await page.getByRole('main').and(page.locator(':focus')).waitFor();
    await page.getByRole('button', { name: /^Copy new JWT/ }).click();
    await page.getByText(/^Copied: a JWT of/).waitFor();
    const list = await fake.ask('GET', invitations, { as: await clipboardOf(page) });
    expect(list.status).toBe(200);

    await page.getByRole('link', { name: 'Sandbox default in the console' }).click();
    await page.getByRole('heading', { level: 1, name: 'Invitations' }).waitFor();
  });

  test('an invitation that is no more is said so, with a way on', async () => {
    const page = await open('accept/#/default/00000000-0000-4000-8000-000000000000');
    await page.getByRole('heading', { level: 1, name: 'Nothing to accept here' }).waitFor();
    await page.getByText(/There is no invitation 0{8}/).waitFor();
    await page.getByRole('link', { name: 'All sandboxes' }).waitFor();
  });

  test('can be used at phone width, in both schemes, by everybody', async () => {
    const link = await invite('everybody@example.com');
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(link, { viewport: { width: 375, height: 740 }, colorScheme });
      await page.getByRole('button', { name: 'Accept the invitation' }).waitFor();
      expect(await page.evaluate(findFaults)).toEqual([]);
    }
  });
});
