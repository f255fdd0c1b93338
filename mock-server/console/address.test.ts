// The address says what is shown: whoever gets it, reloads or goes back sees the same.
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { invitations } from '../running.suite.ts';
import { clipboardOf, describeInBrowser } from './browser.suite.ts';

describeInBrowser('an address of the console', ({ fake, open }) => {
  const copied = async (page: Page): Promise<string> => {
    await page.getByRole('button', { name: 'Copy link: this view' }).click();
    await page.getByText('Copied: this view.').waitFor();
    const link = await clipboardOf(page);
    return link.slice(link.indexOf('#'));
  };

  test('keeps what people and messages were searched for', async () => {
    const as = fake.server.credentials.apiKeys.OWNER;
    for (const email of ['one@kestrel.example', 'other@kestrel.example']) {
      await fake.ask('POST', invitations, { as, json: { email, role: 'VIEWER' } });
    }
    await fake.ask('GET', invitations, { as });
    for (const [view, list, wanted] of [
      ['outbox', 'Messages', 'other@kestrel.example'],
      ['people', 'People', 'owner@service-accounts.invalid'],
    ] as const) {
      const page = await open(`#/default/${view}`);
      await page.getByLabel('Search').fill(wanted);
      const link = await copied(page);
      expect(link).toBe(`#/default/${view}?search=${encodeURIComponent(wanted)}`);
      const colleague = await open(link);
      const shown = colleague.getByRole('list', { name: list }).getByRole('listitem');
      await shown.getByText(wanted).waitFor();
      expect(await shown.count()).toBe(1);
      expect(await colleague.getByLabel('Search').inputValue()).toBe(wanted);
      await colleague.getByLabel('Search').fill('nothing is like that');
      await colleague.getByText(/^(?:No message|Nobody) matches$/).waitFor();
    }
  });

  test('keeps the filters of the traffic beside the exchange that is open', async () => {
    const as = fake.server.credentials.apiKeys.VIEWER;
    await fake.ask('GET', `${invitations}?role=kestrel`, { as });
    const page = await open('#/default/traffic');
    await page.getByLabel('Show').selectOption('refused');
    await page.getByLabel('Asked by').selectOption('VIEWER');
    await page.getByLabel('Contains').fill('role=kestrel');
    await page.getByRole('link', { name: /400/ }).click();
    await page.getByRole('heading', { level: 2, name: /GET/ }).waitFor();
    await page.getByRole('link', { name: /^Invitations/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Invitations' }).waitFor();
    await page.goBack();
    for (const one of [page, await open(await copied(page))]) {
      await one.getByRole('heading', { level: 2, name: /GET/ }).waitFor();
      expect(await one.getByLabel('Show').inputValue()).toBe('refused');
      expect(await one.getByLabel('Asked by').inputValue()).toBe('VIEWER');
      expect(await one.getByLabel('Contains').inputValue()).toBe('role=kestrel');
    }
  });

  test('keeps state, organization and order of invitations, and what is no choice counts for nothing', async () => {
    const page = await open('#/default/invitations?state=bounced&role=KING&sort=email');
    await page.getByRole('radio', { name: /^bounced/, checked: true }).waitFor();
    expect(await page.getByLabel('Role that is given').inputValue()).toBe('');
    const organization = page.getByLabel('Organization');
    await organization.selectOption({ index: 1 });
    const id = await organization.inputValue();
    const link = await copied(page);
    expect(link).toBe(`#/default/invitations?organization=${id}&sort=email&state=bounced`);
    const colleague = await open(link);
    await colleague.getByRole('listitem').filter({ hasText: 'bounced' }).first().waitFor();
    const name = await organization.locator('option:checked').innerText();
    await colleague.getByRole('option', { name, exact: true }).waitFor({ state: 'attached' });
    expect(await colleague.getByLabel('Order').inputValue()).toBe('email');
  });

  test('is left by a press on a link while what the link tells changes', async () => {
    const as = fake.server.credentials.apiKeys.OWNER;
    const page = await open('#/default/time');
    const link = page.getByRole('link', { name: /^Invitations/ });
    await link.hover();
    const before = await link.innerText();
    await page.mouse.down();
    const json = { email: 'meanwhile@kestrel.example', role: 'VIEWER' };
    await fake.ask('POST', invitations, { as, json });
    await link.filter({ hasNotText: before }).waitFor();
    await page.mouse.up();
    await page.getByRole('heading', { level: 1, name: 'Invitations' }).waitFor();
  });
});
