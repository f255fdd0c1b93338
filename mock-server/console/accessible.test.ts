// Every view by keyboard, by ear and on a phone: checks by hand of what tools such as axe look for first.
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { invitations } from '../running.suite.ts';
import { describeInBrowser } from './browser.suite.ts';
import { findFaults } from './accessible.suite.ts';

const views = [
  'invitations',
  'people',
  'outbox',
  'traffic',
  'time',
  'faults',
  'world',
  'credentials',
];
const phone = { viewport: { width: 375, height: 740 } };

const settle = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('load');
  await page.locator('main .empty, main li, main .panel').first().waitFor();
};

describeInBrowser('the checks themselves', ({ open }) => {
  test('see what is planted', async () => {
    const page = await open('', phone);
    await settle(page);
    await page.evaluate(() => {
      const add = (tag: string, text: string, style: string): HTMLElement => {
        const element = document.createElement(tag);
        element.textContent = text;
        element.style.cssText = style;
        element.id = 'planted';
        document.body.append(element);
        return element;
      };
      add('button', '', 'min-height: 0; height: 9px');
      add('button', 'Seen', '').setAttribute('aria-label', 'Heard');
      add('h1', 'Second', '');
      add('h4', 'Deep', '');
      add('p', 'pale', 'color: #999; background: #fff');
      add('p', 'wide', 'width: 2000px');
    });
    const found = (await page.evaluate(findFaults)).join('\n');
    for (const fault of [
      'without a name',
      'heard as "Heard"',
      'out of order',
      'not one heading',
      'planted twice',
      'wider',
      'too small',
      'contrast 2',
    ]) {
      expect(found).toContain(fault);
    }
  });
});

describeInBrowser('everybody can use', ({ fake, open }) => {
  beforeAll(async () => {
    await fake.ask('PUT', '/_mock/sandboxes/bare', { json: { scenario: 'empty' } });
    await fake.ask('PUT', '/_mock/sandboxes/default/faults', {
      json: { faults: [{ operations: ['invitations_list'], status: 500 }] },
    });
    const as = fake.server.credentials.apiKeys.OWNER;
    await fake.ask('GET', `${invitations}?role=x`, { as });
    const json = { email: `${'long'.repeat(14)}@${'domain.'.repeat(20)}example`, role: 'VIEWER' };
    await fake.ask('POST', invitations, { as, json });
  });

  test.each(views)('the view %s, filled and empty, in both schemes', async (view) => {
    for (const sandbox of ['default', 'bare']) {
      const page = await open(`#/${sandbox}/${view}`, phone);
      await settle(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await page.evaluate(findFaults)).toEqual([]);
      }
      await page.close();
    }
  });

  test('the list of sandboxes, and one message and one exchange', async () => {
    const page = await open('', phone);
    await settle(page);
    expect(await page.evaluate(findFaults)).toEqual([]);
    for (const view of ['outbox', 'traffic']) {
      await page.goto(`${fake.server.url}/_mock/#/default/${view}`);
      await page.locator('.pick').first().click();
      await page.getByRole('heading', { level: 2 }).waitFor();
      expect(await page.evaluate(findFaults)).toEqual([]);
      await page.goto(`${fake.server.url}/_mock/#/default/${view}/gone`);
      await page.getByText(/^(?:There is no message|This exchange is not)/).waitFor();
      await page.getByRole('link', { name: /^‹ All/ }).click();
      await page.locator('.pick').first().waitFor();
    }
  });

  test('an invitation is sent and answered by keyboard alone', async () => {
    const page = await open('#/bare/invitations');
    await settle(page);
    await page.keyboard.press('Tab');
    await page
      .getByRole('button', { name: 'Skip to the content' })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('keys@example.com');
    await page.keyboard.press('Enter');
    const more = page.locator('summary[aria-label="More for keys@example.com"]');
    await more.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Resend to keys@example.com' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/\/resend\//).waitFor();
    // What is shown anew does not take the focus from where it was.
    await more.and(page.locator(':focus')).waitFor();
  });

  test('the view that is shown is seen in the navigation of a phone', async () => {
    const page = await open('#/default/credentials', phone);
    await settle(page);
    // In one piece, for the links are made anew when the sandbox changes.
    const [left = -1, right = Infinity] = await page.evaluate(() => {
      const current = document.querySelector('nav [aria-current]')?.getBoundingClientRect();
      return current === undefined ? [] : [current.left, current.right];
    });
    expect([left >= 0, right <= phone.viewport.width]).toEqual([true, true]);
  });

  test('a menu is whole on the narrowest phones', async () => {
    const width = 320;
    const page = await open('#/default/invitations', { viewport: { width, height: 700 } });
    await page.locator('summary[aria-label^="More for"]').first().click();
    const item = page.getByRole('button', { name: /^Accept as the chosen caller/ });
    const { x = -1, width: wide = width } = (await item.boundingBox()) ?? {};
    expect([x >= 0, x + wide <= width]).toEqual([true, true]);
  });

  test('whoever follows a link hears where it led', async () => {
    const page = await open('#/bare/invitations');
    await settle(page);
    await page.getByRole('link', { name: /^Outbox/ }).press('Enter');
    await page
      .getByRole('heading', { name: 'Outbox', level: 1 })
      .and(page.locator(':focus'))
      .waitFor();
    expect(await page.title()).toBe('Outbox · bare · invitations-mock');
  });
});
