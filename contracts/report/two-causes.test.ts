// The page of a real run against a target that is wrong in two ways: told in three screens, red only where it failed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { withStatus } from '../../proof/edit.ts';
import { onReply, together } from '../../proof/fault.ts';
import { setUp } from '../../proof/deployment.ts';
import { noBrowser, theBrowser } from '../../scripts/chromium.suite.ts';
import { runContracts } from '../engine/run.ts';
import { writeReports } from './write-reports.ts';

const folder = mkdtempSync(join(tmpdir(), 'two-causes-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const start = together(
  onReply({ on: 'invitations_create', status: 404 }, withStatus(409)),
  onReply({ on: 'invitations_partial_update', status: 200 }, (reply) => ({
    ...reply,
    body: reply.body.replace(/"inviter":"[^"]+",/, ''),
  })),
);

/** The operations of the rows with a failed cell. */
const redRows = `[...document.querySelectorAll('#answers tr, #callers tr')]
  .filter((row) => row.querySelector('td.failed') !== null)
  .map((row) => row.querySelector('th').textContent.trim().split(/\\s/)[0])`;

const inBrowser = noBrowser === undefined ? describe : describe.skip;

inBrowser('two causes', () => {
  test('take at most three screens, and are red at their operations alone', async () => {
    const only = 'create,partial-update,retrieve,headers';
    const { target, transport } = await setUp({
      start,
      env: (env) => ({ ...env, CONTRACT_RUNS: '0', CONTRACT_ONLY: only }),
    });
    const signal = new AbortController().signal;
    const ran = await runContracts({ target, transport, signal, warn: () => undefined });
    const [path = ''] = writeReports(ran.result, ran.events, folder);
    const browser = await theBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`file://${path}`);
    await page.screenshot({ path: 'reports/page/two-causes.png', fullPage: true });
    expect(await page.locator('#causes li').count()).toBe(2);
    const height = await page.evaluate('document.documentElement.scrollHeight');
    expect(height).toBeLessThanOrEqual(3 * 900);
    expect([...new Set(await page.evaluate<string[]>(redRows))].sort()).toEqual([
      'invitations_create',
      'invitations_partial_update',
    ]);
    await page.close();
  });
});
