// The console in a real Chromium, against a fake that runs for one test file.
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { noBrowser, theBrowser } from '../../scripts/chromium.suite.ts';
import { running, type Running } from '../running.suite.ts';
import { buildConsole } from './build.suite.ts';

export type Console = {
  readonly fake: Running;
  /** A page of its own, at `#/…`; what it complains of fails the test. */
  readonly open: (hash: string, options?: BrowserContextOptions) => Promise<Page>;
};

/** What nobody asked for: errors, dialogs, and whatever the page's policy had to stop. */
const watch = (page: Page, complaints: string[]): void => {
  page.on('pageerror', ({ message }) => complaints.push(`error: ${message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // That an answer was no success is what some of the tests are about.
    const isExpected = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isExpected) complaints.push(message.text());
  });
};

const setUp = (options: Parameters<typeof running>[0]): Console => {
  const opened: BrowserContext[] = [];
  const complaints: string[] = [];
  beforeAll(buildConsole);
  const fake = running(options);
  afterEach(async () => {
    for (const context of opened.splice(0)) await context.close();
    expect(complaints.splice(0)).toEqual([]);
  });
  return {
    fake,
    open: async (hash, context = {}) => {
      const browser = await theBrowser();
      const own = await browser.newContext({
        permissions: ['clipboard-read', 'clipboard-write'],
        reducedMotion: 'reduce',
        ...context,
      });
      opened.push(own);
      const page = await own.newPage();
      // For machines that are busy with other things.
      page.setDefaultTimeout(30_000);
      watch(page, complaints);
      await page.goto(`${fake.server.url}/_mock/${hash}`);
      return page;
    },
  };
};

/** Where no Chromium is, the tests are skipped, and the title says why. */
export const describeInBrowser = (
  name: string,
  body: (console: Console) => void,
  options: Parameters<typeof running>[0] = {},
): void => {
  if (noBrowser !== undefined) {
    test.skip(`${name}: ${noBrowser}`, () => undefined);
    return;
  }
  describe(name, () => {
    body(setUp(options));
  });
};

export const clipboardOf = async (page: Page): Promise<string> =>
  page.evaluate(() => navigator.clipboard.readText());
