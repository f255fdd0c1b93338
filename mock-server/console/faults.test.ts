// The story of a fault: set in the console, met by a client, seen in the traffic, gone after a reset.
import { expect, test } from '@jest/globals';
import { invitations } from '../running.suite.ts';
import { describeInBrowser } from './browser.suite.ts';

describeInBrowser('the story of a fault', ({ fake, open }) => {
  const list = () => fake.ask('GET', invitations, { as: fake.server.credentials.apiKeys.OWNER });

  test('a preset is met by a client, seen live in the traffic, and gone after a reset', async () => {
    const page = await open('#/default/faults');
    await page.getByText('Nothing goes wrong', { exact: true }).waitFor();
    await page.getByRole('button', { name: '500 on list' }).click();
    await page.getByRole('heading', { name: 'Every list: answered 500' }).waitFor();

    await page.getByRole('link', { name: /^Traffic/ }).click();
    await page.getByText('Nothing has been asked yet').waitFor();
    expect((await list()).status).toBe(500);
    const row = page.getByRole('link', { name: /500 GET \/api\/v1\/invitations\// });
    await row.getByText('fault').waitFor();
    await row.click();
    await page.getByRole('heading', { level: 2, name: /^500 GET/ }).waitFor();

    await page.getByRole('link', { name: /^World/ }).click();
    await page.getByRole('button', { name: 'Reset the sandbox' }).click();
    await page.getByRole('button', { name: 'Yes, reset' }).click();
    await page.getByText('default is as it began.').waitFor();
    expect((await list()).status).toBe(200);
    await page.getByRole('link', { name: /^Faults/ }).click();
    await page.getByText('Nothing goes wrong', { exact: true }).waitFor();
  });

  test('one is made from choices, shown in words and as JSON before it is set', async () => {
    const page = await open('#/default/faults');
    const form = page.getByRole('form', { name: 'Make a fault' });
    const choose = (group: RegExp, name: string) =>
      form.getByRole('group', { name: group }).getByLabel(name, { exact: true }).check();
    await choose(/^Operations/, 'create');
    await choose(/^Asked by/, 'ADMIN');
    await form.getByLabel('How often').selectOption('first');
    await form.getByLabel('How many').fill('2');
    await form.getByLabel('Status').selectOption('429');
    await form.getByLabel('Retry-After').fill('7');
    await form.getByLabel('Late', { exact: true }).selectOption('uniform');
    await form.getByLabel('At most, ms').fill('20');
    await form.getByLabel('At least, ms').fill('10');
    const words =
      'Create by ADMIN, the first 2 times: 10 to 20 ms late, answered 429, Retry-After 7 s';
    await form.getByText(words, { exact: true }).waitFor();
    const json = await form.getByLabel('This fault as JSON').innerText();
    const fault = {
      operations: ['invitations_create'],
      roles: ['ADMIN'],
      first: 2,
      status: 429,
      retry_after: 7,
      latency: { kind: 'uniform', min_ms: 10, max_ms: 20 },
    };
    expect(JSON.parse(json)).toEqual(fault);
    await form.getByRole('button', { name: 'Add this fault' }).click();
    await page.getByRole('heading', { name: words }).waitFor();
    const set = await fake.ask('GET', '/_mock/sandboxes/default/faults');
    expect(set.json).toMatchObject({ faults: [fault] });
    await page.getByRole('button', { name: 'Remove all faults' }).click();
    await page.getByRole('button', { name: 'Yes, remove' }).click();
    await page.getByText('Nothing goes wrong', { exact: true }).waitFor();
  });

  test('a list of one’s own is judged by the server, whose words stand beneath it', async () => {
    const page = await open('#/default/faults');
    await page.getByText('Nothing goes wrong', { exact: true }).waitFor();
    const area = page.getByLabel('Faults as JSON', { exact: true }).last();
    const error = page.getByRole('form', { name: 'Faults as JSON' }).getByRole('alert');
    await area.fill('[{');
    await page.getByRole('button', { name: 'Set these faults' }).click();
    await error.getByText(/This is no JSON/).waitFor();
    await area.fill('[{"status":418}]');
    await page.getByRole('button', { name: 'Set these faults' }).click();
    await error.getByText(/418/).waitFor();
    await area.fill('[{"first":1,"status":503,"retry_after":1}]');
    await page.getByRole('button', { name: 'Set these faults' }).click();
    await page.getByRole('button', { name: /^Remove the fault The first request/ }).waitFor();
    expect((await list()).status).toBe(503);
    await page.getByText('hit 1').waitFor();
    await page.getByRole('button', { name: /^Remove the fault The first request/ }).click();
    await page.getByText('Nothing goes wrong', { exact: true }).waitFor();
  });

  test('findings stand out, and the filter finds them', async () => {
    const page = await open('#/default/traffic');
    const as = fake.server.credentials.apiKeys.VIEWER;
    await fake.ask('GET', `${invitations}?role=BOSS`, { as });
    await fake.ask('GET', `${invitations}?page=1`, { as });
    const wrong = page.getByRole('link', { name: /role=BOSS/ });
    await wrong.getByText('1 finding').waitFor();
    await page.getByLabel('Show').selectOption('findings');
    await page.getByRole('link', { name: /page=1/ }).waitFor({ state: 'detached' });
    await wrong.click();
    await page.getByRole('heading', { name: '1 finding' }).waitFor();
    await page.getByText('request.query.role').waitFor();
    // Choosing one leaves the list as it was, and going back leads to where it was chosen.
    expect(await page.getByLabel('Show').inputValue()).toBe('findings');
    await page.goBack();
    await wrong.and(page.locator(':focus')).waitFor();
    await page.goForward();
    await page
      .getByText(/list\.filter-outside-enumeration/)
      .last()
      .waitFor();
  });
});
