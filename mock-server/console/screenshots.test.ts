// Pictures of every view and of the stories, at both widths and in both schemes, in `reports/screenshots`: for people to look
// at. They run with the slow tests, and by `npx vitest run --project packed screenshots`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { invitations, textOf } from '../running.suite.ts';
import { describeInBrowser } from './browser.suite.ts';

const folder = fileURLToPath(new URL('../../reports/screenshots', import.meta.url));
const widths = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

type Shot = {
  readonly name: string;
  readonly at: string;
  readonly act?: (page: Page) => Promise<unknown>;
};

const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click();

const shots: readonly Shot[] = [
  { name: 'sandboxes', at: '#/' },
  {
    name: 'sandboxes-seed-file',
    at: '#/',
    act: async (page) => {
      await page.getByLabel('Begins with').selectOption('seed-file');
      await page.getByLabel('File as text').fill('world:\n  people:\n    - { email: zoe }\n');
      await press('Create')(page);
      await page.getByText(/^Line 3/).waitFor();
    },
  },
  { name: 'invitations', at: '#/default/invitations' },
  { name: 'invitations-empty', at: '#/bare/invitations' },
  { name: 'invitations-edge-cases', at: '#/edge/invitations' },
  {
    name: 'invitations-refused',
    at: '#/default/invitations',
    act: async (page) => {
      await page.getByLabel('Address').fill('nobody');
      await press(/^Invite$/)(page);
      await page.locator('.field-error').waitFor();
    },
  },
  {
    name: 'invitations-menu',
    at: '#/default/invitations',
    act: (page) => page.locator('summary[aria-label^="More for"]').first().click(),
  },
  { name: 'people', at: '#/default/people' },
  { name: 'people-remove', at: '#/default/people', act: press(/^Remove /) },
  { name: 'outbox', at: '#/default/outbox' },
  {
    name: 'outbox-message',
    at: '#/default/outbox',
    act: async (page) => {
      await page.locator('.pick').first().click();
      await page
        .frameLocator('iframe')
        .getByText(/invites/)
        .first()
        .waitFor();
    },
  },
  { name: 'traffic', at: '#/default/traffic' },
  {
    name: 'traffic-exchange',
    at: '#/default/traffic',
    act: (page) => page.locator('.pick').first().click(),
  },
  { name: 'time', at: '#/default/time' },
  { name: 'faults', at: '#/default/faults' },
  { name: 'world', at: '#/default/world' },
  { name: 'credentials', at: '#/default/credentials' },
  { name: 'unknown-view', at: '#/default/nothing' },
  { name: 'unknown-sandbox', at: '#/nowhere/invitations' },
  { name: 'docs', at: 'docs/', act: (page) => page.locator('.opblock').first().waitFor() },
];

describeInBrowser('pictures', ({ fake, open }) => {
  let accept = '';
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    const as = fake.server.credentials.apiKeys.OWNER;
    await fake.ask('PUT', '/_mock/sandboxes/bare', { json: { scenario: 'empty' } });
    await fake.ask('PUT', '/_mock/sandboxes/edge', { json: { scenario: 'edge-cases' } });
    const json = { email: fake.server.credentials.inviteeEmail, role: 'CONTRIB' };
    const made = await fake.ask('POST', invitations, { as, json });
    accept = `accept/#/default/${textOf(made.json, 'id')}`;
    await fake.ask('POST', invitations, { as, json: { email: 'bounce@x.example', role: 'ADMIN' } });
    await fake.ask('GET', `${invitations}?role=x`, { as });
    await fake.ask('PUT', '/_mock/sandboxes/default/faults', {
      json: { faults: [{ operations: ['invitations_list'], first: 3, status: 503 }] },
    });
    await fake.ask('GET', invitations, { as });
    await fake.ask('POST', '/_mock/sandboxes/default/snapshots');
    await fake.ask('POST', '/_mock/sandboxes/default/snapshots', { json: { label: 'a label' } });
  });

  for (const [width, viewport] of Object.entries(widths)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`${width}, ${colorScheme}`, async () => {
        const taken: string[] = [];
        for (const { name, at, act } of [...shots, { name: 'accept', at: accept }]) {
          const page = await open(at, { viewport, colorScheme });
          await page.locator('li, .panel, .empty, .opblock').first().waitFor();
          await page.waitForLoadState('load');
          await act?.(page);
          const path = join(folder, `${name}-${width}-${colorScheme}.png`);
          // A frame is drawn anew, and at first narrow, where the picture is higher than the window.
          const fullPage = !/^docs|-message$/.test(name);
          await page.screenshot({ path, fullPage, animations: 'disabled' });
          taken.push(name);
          await page.context().close();
        }
        expect(taken).toHaveLength(shots.length + 1);
      });
    }
  }
});
