// The console where an admin token is needed: the browser asks for it, and sends it with everything from then on.
import { expect, test } from '@jest/globals';
import { invitations } from '../running.suite.ts';
import { describeInBrowser } from './browser.suite.ts';

const adminToken = 'open-sesame';
const httpCredentials = { username: 'anybody', password: adminToken };

describeInBrowser(
  'behind the admin token',
  ({ fake, open }) => {
    test('the page, what it asks and its live traffic all work', async () => {
      const page = await open('#/default/traffic', { httpCredentials });
      await page.getByText('Live', { exact: true }).waitFor();
      await fake.ask('GET', invitations, { as: fake.server.credentials.apiKeys.VIEWER });
      await page.getByRole('link', { name: /200 GET/ }).waitFor();
    });

    test('the token is nobody’s credential at the API', async () => {
      const page = await open('#/default/invitations', { httpCredentials });
      await page.getByLabel('Act as').selectOption('nobody');
      await page.getByRole('button', { name: 'that arrives' }).click();
      await page.getByRole('button', { name: 'Invite', exact: true }).click();
      const answer = page.getByRole('region', { name: 'Last answer' });
      await answer.getByText('authentication.missing').waitFor();
      expect(await answer.innerText()).toContain('401');
    });
  },
  { host: '0.0.0.0', adminToken },
);
