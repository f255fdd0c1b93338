// A sandbox with thousands of invitations: a window on the list, searched, sorted, one organization at a time.
import { expect, test } from '@jest/globals';
import { describeInBrowser } from './browser.suite.ts';

describeInBrowser(
  'a list of thousands',
  ({ open }) => {
    test('shows a window, walks through it, and finds one of them', async () => {
      const page = await open('#/default/invitations');
      const pager = page.getByRole('navigation', { name: 'Parts of the list' });
      const first = pager.getByText(/^1–100 of [\d,]+$/);
      await first.waitFor();
      const total = (await first.innerText()).replace('1–100 of ', '');
      const rows = page.getByRole('list', { name: 'Invitations' }).getByRole('listitem');
      expect(await rows.count()).toBe(100);
      await pager.getByRole('button', { name: 'Last' }).click();
      await pager.getByText(`–${total} of ${total}`).waitFor();
      const email = await rows.last().getByRole('heading').innerText();
      const address = email.split(/\s/)[0] ?? '';

      await page.getByLabel('Search').fill(address.toUpperCase());
      await pager.waitFor({ state: 'detached' });
      await rows.first().getByText(address).waitFor();
      await rows
        .first()
        .getByText(/^Made /)
        .waitFor();
      await page.getByLabel('Search').fill('nobody has this');
      await page.getByText('None matches').waitFor();
      await page.getByLabel('Search').fill('');
      await page.getByLabel('Order').selectOption('email');
      await first.waitFor();
      const titles = await rows.getByRole('heading').allInnerTexts();
      const addresses = titles.map((title) => title.split(/\s/)[0] ?? '');
      expect(addresses).toEqual([...addresses].sort());
    });
  },
  { scenario: 'many-pages', scenarioSize: 3_000 },
);
