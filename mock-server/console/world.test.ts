// Snapshots, files, scenarios and credentials in the console.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { invitations, listOf, memberOf } from '../running.suite.ts';
import { clipboardOf, describeInBrowser } from './browser.suite.ts';

describeInBrowser('the world of a sandbox', ({ fake, open }) => {
  test('a snapshot is a place to come back to', async () => {
    const as = fake.server.credentials.apiKeys.OWNER;
    const page = await open('#/default/world');
    await page.getByText('No snapshot yet').waitFor();
    await page.getByLabel('Label').fill('before');
    await page.getByRole('button', { name: 'Take a snapshot' }).click();
    await page.getByRole('heading', { name: 'before' }).waitFor();
    const json = { email: 'gone.again@example.com', role: 'VIEWER' };
    expect((await fake.ask('POST', invitations, { as, json })).status).toBe(201);
    await page.getByRole('button', { name: 'Restore before' }).click();
    await page.getByRole('button', { name: 'Yes, restore' }).click();
    await page.getByText('Restored: before.').waitFor();
    const left = await fake.ask('GET', `${invitations}?email=${json.email}`, { as });
    expect(left.json).toMatchObject({ count: 0 });
    await page.getByRole('button', { name: 'Delete before' }).click();
    await page.getByRole('button', { name: 'Yes, delete' }).click();
    await page.getByText('No snapshot yet').waitFor();
  });

  test('a file carries a world into another sandbox, and what is no world is refused', async () => {
    await fake.ask('PUT', '/_mock/sandboxes/origin', { json: { scenario: 'team' } });
    await fake.ask('PUT', '/_mock/sandboxes/target', { json: { scenario: 'empty' } });
    const page = await open('#/origin/world');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export' }).click(),
    ]);
    const file = await download.path();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      format: 'invitations-mock/world',
    });
    await page.goto(`${fake.server.url}/_mock/#/target/world`);
    await page.getByRole('navigation', { name: 'Sandbox target' }).waitFor();
    await page.getByLabel('World file').setInputFiles(file);
    await page.getByRole('button', { name: 'Import over this sandbox' }).click();
    await page.getByText('Throw away what is in target').waitFor();
    await page.getByRole('button', { name: 'Yes, import' }).click();
    await page.getByText(/^target is now what/).waitFor();
    // The form below shows what the sandbox is made from now.
    const { json: plan } = await fake.ask('GET', '/_mock/sandboxes/target');
    const seed = String(memberOf(plan, 'seed'));
    expect(await page.getByLabel('Seed').inputValue()).toBe(seed);
    const { json } = await fake.ask('GET', '/_mock/sandboxes/target/invitations');
    expect(listOf(json, 'invitations').length).toBeGreaterThan(10);

    const buffer = Buffer.from('{"format":"other"}');
    await page
      .getByLabel('World file')
      .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer });
    await page.getByRole('button', { name: 'Import over this sandbox' }).click();
    await page.getByRole('button', { name: 'Yes, import' }).click();
    await page
      .getByRole('region', { name: 'Import a world' })
      .getByRole('alert')
      .getByText(/format/)
      .waitFor();
  });

  test('another scenario fills the sandbox anew', async () => {
    await fake.ask('PUT', '/_mock/sandboxes/seeded');
    const page = await open('#/seeded/world');
    await page.getByLabel('Scenario', { exact: true }).selectOption('empty');
    await page.getByRole('button', { name: 'Fill anew from this scenario' }).click();
    await page.getByRole('button', { name: 'Yes, fill anew' }).click();
    await page.getByText('seeded begins from empty.').waitFor();
    await page.getByRole('link', { name: /^Invitations/ }).click();
    await page.getByText('No invitations yet').waitFor();
  });

  test('credentials are copied as a value, a header, a request and variables', async () => {
    const owner = fake.server.credentials.apiKeys.OWNER;
    const page = await open('#/default/credentials');
    const copied = async (label: string, name: string): Promise<string> => {
      await page.getByRole('button', { name: `${label}: ${name}` }).click();
      await page.getByText(`Copied: ${name}.`).waitFor();
      return clipboardOf(page);
    };
    expect(await copied('Value', 'the value for OWNER by API key')).toBe(owner);
    expect(await copied('Header', 'the header for OWNER by API key')).toBe(
      `Authorization: ${owner}`,
    );
    expect(await copied('curl', 'a request as OWNER by API key')).toBe(
      `curl -H 'Authorization: ${owner}' '${fake.server.url}/api/v1/invitations/'`,
    );
    expect(await copied('Copy all', 'the variables')).toContain(`CONTRACT_AUTH_OWNER='${owner}'\n`);
  });

  test('a sandbox is deleted when asked twice, and its name can be taken again', async () => {
    await fake.ask('PUT', '/_mock/sandboxes/short');
    const page = await open('');
    await page.getByRole('button', { name: 'Delete the sandbox short' }).click();
    await page.getByRole('button', { name: 'Yes, delete' }).click();
    await page.getByText('Deleted: short.').waitFor();
    expect((await fake.ask('GET', '/_mock/sandboxes/short')).status).toBe(404);
    await page.getByLabel('Name', { exact: true }).fill('default');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText(/default exists/).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('No Such Name');
    await page.getByRole('button', { name: 'Create' }).click();
    await page
      .getByRole('form', { name: 'New sandbox' })
      .getByText(/"No Such Name"/)
      .waitFor();
  });

  test('a seed file makes a sandbox; what is wrong in it is said beneath it, by line', async () => {
    const page = await open('');
    await page.getByLabel('Name', { exact: true }).fill('own');
    await page.getByLabel('Begins with').selectOption('seed-file');
    const text = page.getByLabel('File as text');
    await text.fill('world:\n  invitations:\n    - { email: zoe, state: snt }\n');
    await page.getByRole('button', { name: 'Create' }).click();
    const told = page.getByText(/^Line 3: .*"zoe"[^]*line 3: .*Did you mean "sent"\?$/);
    await told.waitFor();
    await text.and(page.locator(':focus')).waitFor();
    await text.fill('world:\n  invitations:\n    - { email: zoe@new.example, state: sent }\n');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: /^zoe@new\.example/ }).waitFor();
    await page.getByRole('link', { name: /^World/ }).click();
    await page.getByText('a seed file, seed').waitFor();
    await page.getByLabel('File as text').fill('seed: 3\nworld: { organization: Fairwind }\n');
    await page.getByRole('button', { name: 'Begin from this file' }).click();
    await page.getByRole('button', { name: 'Yes, begin' }).click();
    await page.getByText('a seed file, seed 3').waitFor();
    await page.getByText('Fairwind', { exact: true }).waitFor();
  });

  test('a snapshot without a label has its time and content for a name, and its row stays readable', async () => {
    await fake.ask('PUT', '/_mock/sandboxes/unnamed', { json: { scenario: 'empty' } });
    const page = await open('#/unnamed/world', { viewport: { width: 1000, height: 800 } });
    await page.getByRole('button', { name: 'Take a snapshot' }).click();
    const title = page.getByRole('heading', { name: /^\d{4}-\d\d-\d\d \S+, 0 invitations$/ });
    await title.waitFor();
    await page.getByRole('button', { name: /^Restore / }).click();
    await page.getByText('Go back to it?').waitFor();
    const { height = 0 } = (await title.boundingBox()) ?? {};
    // A title squeezed by the question beside it has a line for each letter.
    expect(height).toBeLessThan(60);
  });

  test('whoever looks at a sandbox knows of others who do, and is told when somebody deletes it', async () => {
    await fake.ask('PUT', '/_mock/sandboxes/shared');
    const page = await open('#/shared/outbox');
    await page.getByText('Live', { exact: true }).waitFor();
    const colleague = await open('#/shared/time', { viewport: { width: 375, height: 740 } });
    await page.getByText('1 other here').waitFor();
    await colleague.getByText('1 other here').waitFor();
    // On a phone all of it stands in one line still.
    const { height = 0 } = (await colleague.getByRole('banner').boundingBox()) ?? {};
    expect(height).toBeLessThan(70);
    expect(await colleague.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    await colleague.close();
    await page.getByText('1 other here').waitFor({ state: 'detached' });
    await fake.ask('DELETE', '/_mock/sandboxes/shared');
    await page.getByRole('heading', { name: 'shared has ended' }).waitFor();
    await page.getByText('The sandbox "shared" has ended.').waitFor();
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'All sandboxes' }).click();
    await page.getByRole('heading', { name: 'Sandboxes' }).waitFor();
  });

  test('a view that there is not is said so, with a way to one that there is', async () => {
    const page = await open('#/default/invitation');
    await page.getByText('A sandbox has no view "invitation".').waitFor();
    await page.getByRole('link', { name: 'Invitations of default' }).click();
    await page.getByRole('heading', { name: 'Invitations', level: 1 }).waitFor();
  });

  test('a sandbox that is not there is said so, with a way back', async () => {
    const page = await open('#/nowhere/invitations');
    await page
      .getByRole('alert')
      .getByText(/There is no sandbox "nowhere"/)
      .waitFor();
    await page.getByRole('link', { name: 'All sandboxes' }).click();
    await page.getByRole('heading', { name: 'Sandboxes' }).waitFor();
  });
});
