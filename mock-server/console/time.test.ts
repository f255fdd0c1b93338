// The story of a message that bounces, told by a clock that a tester turns in the console.
import { expect, test } from '@jest/globals';
import { invitations } from '../running.suite.ts';
import { describeInBrowser } from './browser.suite.ts';

const bouncing = 'bounce.me@example.com';

describeInBrowser('the story of a bounce', ({ fake, open }) => {
  test('freeze, advance, bounce, resend', async () => {
    const page = await open('#/default/time');
    await page.getByRole('button', { name: 'Freeze' }).click();
    await page.getByText('It stands still.').waitFor();
    await page.getByLabel('Messages leave').selectOption('after-delay');
    await page.getByLabel('Delay', { exact: true }).fill('PT30M');
    await page.getByRole('button', { name: 'Save the delivery' }).click();
    await page.getByText('The delivery is saved.').waitFor();

    await page.getByRole('link', { name: /^Invitations/ }).click();
    await page.getByLabel('Address', { exact: true }).fill(bouncing);
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const row = page.getByRole('listitem').filter({ hasText: bouncing });
    await row.getByText(/\bpending$/).waitFor();

    await page.getByRole('link', { name: /^Time/ }).click();
    await page.getByText('1 message waits to leave').waitFor();
    const before = await page.locator('time.face').innerText();
    await page.getByRole('button', { name: '+1 hour: advance the clock' }).click();
    await page.getByText('No message waits to leave.').waitFor();
    const after = await page.locator('time.face').innerText();
    expect(Date.parse(`${after}Z`) - Date.parse(`${before}Z`)).toBe(3_600_000);

    await page.getByRole('link', { name: /^Invitations/ }).click();
    await row.getByText(/\bbounced$/).waitFor();
    await row.getByText(/no such mailbox/).waitFor();
    await page.getByRole('button', { name: `Resend to ${bouncing}` }).click();
    await row.getByText(/\bpending$/).waitFor();
  });

  test('a time and a duration that are none are refused beside their fields', async () => {
    const page = await open('#/default/time');
    await page.getByLabel('Advance by').fill('tomorrow');
    await page.getByRole('button', { name: 'Advance', exact: true }).click();
    await page
      .getByRole('form', { name: 'Advance the clock' })
      .getByRole('alert')
      .getByText(/"tomorrow"/)
      .waitFor();
    await page.getByLabel('Set to').fill('2030-01-31T09:00:00Z');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.locator('time.face').getByText('2030-01-31 09:00').waitFor();
    await page.getByRole('button', { name: 'Back to the present' }).click();
    await page.getByText('It shows the present.').waitFor();
  });

  test('a rule of one’s own bounces an address with its reason', async () => {
    const page = await open('#/default/time');
    await page.getByLabel('Messages leave').selectOption('at-once');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByLabel('Address matches').last().fill('*@full.example');
    await page.getByLabel('Reason').last().fill('452 4.2.2 mailbox full');
    await page.getByRole('button', { name: 'Save the delivery' }).click();
    await page.getByText('The delivery is saved.').waitFor();
    const { json } = await fake.ask('GET', '/_mock/sandboxes/default/delivery');
    expect(json).toMatchObject({
      mode: 'at-once',
      bounce_rules: [
        { pattern: 'bounce*' },
        { pattern: '*@full.example', reason: '452 4.2.2 mailbox full' },
      ],
    });
  });

  test('what only waits for time is seen when the time has passed', async () => {
    const json = { mode: 'after-delay', delay: 'PT1S', bounce_rules: [] };
    await fake.ask('PATCH', '/_mock/sandboxes/default/delivery', { json });
    const page = await open('#/default/invitations');
    await page.getByLabel('Address', { exact: true }).fill('soon@example.com');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'soon@example.com' });
    await row.getByText(/\bsent$/).waitFor();
  });

  test('by hand each message is delivered or bounced where its invitation is', async () => {
    await fake.ask('PATCH', '/_mock/sandboxes/default/delivery', { json: { mode: 'by-hand' } });
    const as = fake.server.credentials.apiKeys.OWNER;
    for (const email of ['by.hand@example.com', 'other.hand@example.com']) {
      await fake.ask('POST', invitations, { as, json: { email, role: 'VIEWER' } });
    }
    const page = await open('#/default/invitations');
    await page.getByRole('button', { name: 'Deliver the message to by.hand@example.com' }).click();
    const delivered = page.getByRole('listitem').filter({ hasText: 'by.hand@example.com' });
    await delivered.getByText(/\bsent$/).waitFor();
    await page.getByLabel('More for other.hand@example.com').first().click();
    await page
      .getByRole('button', { name: 'Bounce… the message to other.hand@example.com' })
      .click();
    await page.getByLabel(/^Reason/).fill('the tester said so');
    await page.keyboard.press('Enter');
    const bounced = page.getByRole('listitem').filter({ hasText: 'other.hand@example.com' });
    await bounced.getByText('the tester said so').waitFor();
  });
});
