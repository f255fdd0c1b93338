// Whatever a client puts into a field of the API stays text in the console.
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { invitations, memberOf, textOf } from '../running.suite.ts';
import { describeInBrowser } from './browser.suite.ts';

const markup = '<img src=x onerror="alert(1)"><script>alert(2)</script><b>bold</b>';
const sandbox = '/_mock/sandboxes/default';
const target = '/_mock/sandboxes/target';
const json = { 'content-type': 'application/json' };

/** Elements that only markup of the tests' could have made. */
const countMade = (page: Page): Promise<number> =>
  page.locator('b, main img, main script, [onerror]').count();

describeInBrowser('hostile content', ({ fake, open }) => {
  const as = () => fake.server.credentials.apiKeys.OWNER;

  test('in names and reasons, and in the message that they are in', async () => {
    const { json: world } = await fake.ask('GET', `${sandbox}/export`);
    const { json: known } = await fake.ask('GET', sandbox);
    const name = textOf(memberOf(known, 'organization'), 'name');
    const hostile = JSON.stringify(world).replaceAll(JSON.stringify(name), JSON.stringify(markup));
    expect(
      (await fake.ask('PUT', `${target}/import`, { body: hostile, headers: json })).status,
    ).toBe(201);
    const { json: made } = await fake.ask('GET', target);
    const owner = textOf(memberOf(memberOf(made, 'credentials'), 'OWNER'), 'api_key');
    const asked = { as: owner, json: { email: 'somebody@example.com', role: 'VIEWER' } };
    const created = await fake.ask('POST', invitations, asked);
    const id = textOf(created.json, 'id');
    await fake.ask('PATCH', `${target}/delivery`, { json: { mode: 'by-hand' } });
    await fake.ask('POST', `${invitations}${id}/resend/`, { as: owner });
    const bounce = { json: { outcome: 'bounced', reason: markup } };
    expect((await fake.ask('POST', `${target}/deliveries/${id}`, bounce)).status).toBe(200);

    const page = await open('#/target/invitations');
    await page.locator('p.detail', { hasText: markup }).first().waitFor();
    await page.getByText(new RegExp('VIEWER of <img src=x')).first().waitFor();
    expect(await countMade(page)).toBe(0);

    await page.getByRole('link', { name: /^Outbox/ }).click();
    await page.getByRole('link').filter({ hasText: '<script>' }).first().click();
    await page.getByRole('heading', { level: 2, name: /<img src=x/ }).waitFor();
    const message = page.frameLocator('iframe');
    await message
      .getByText(/<script>/)
      .first()
      .waitFor();
    expect(await message.locator('img, script, b').count()).toBe(0);
    for (const kind of ['As text', 'Source', 'As HTML']) {
      await page.getByRole('radio', { name: kind }).check();
    }
    expect(await page.locator('iframe').getAttribute('sandbox')).not.toMatch(/script|origin/);
    expect(await countMade(page)).toBe(0);
  });

  test('in the path, headers and body of a request', async () => {
    await fake.ask('POST', `${invitations}?q=${encodeURIComponent(markup)}<img>`, {
      as: as(),
      headers: { 'x-hostile': markup, 'content-type': 'application/json', 'x-request-id': 'bad-1' },
      body: `{"email":${JSON.stringify(markup)},"role":"<b>"}`,
    });
    const page = await open('#/default/traffic/bad-1');
    await page.getByRole('heading', { level: 2, name: /POST/ }).waitFor();
    await page
      .getByText(/headers$/)
      .first()
      .click();
    await page.getByRole('cell', { name: markup }).waitFor();
    expect(await page.getByLabel('Body of the request').innerText()).toContain('<img src=x');
    expect(await countMade(page)).toBe(0);
  });

  test('in labels, scenarios of files and names of sandboxes', async () => {
    await fake.ask('POST', `${sandbox}/snapshots`, { json: { label: markup } });
    const page = await open('#/default/world');
    await page.getByRole('heading', { name: markup }).waitFor();
    expect(await countMade(page)).toBe(0);
    await page.goto(`${fake.server.url}/_mock/#/${encodeURIComponent(markup)}/invitations`);
    await page
      .getByRole('alert')
      .getByText(/There is no sandbox|Forbidden|400/)
      .waitFor();
    expect(await countMade(page)).toBe(0);
  });

  test('the page is served with a policy that lets no markup become a script', async () => {
    const page = await open('');
    const answer = await page.goto(`${fake.server.url}/_mock/`);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
  });
});
