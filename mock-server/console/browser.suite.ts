// The console in a real Chromium, against a fake that runs for one test file.
import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { running, type Running } from '../running.suite.ts';
import { buildConsole } from './build.suite.ts';

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
  (name) => `/usr/bin/${name}`,
);
const executablePath = [...browsers, chromium.executablePath()].find((path) => existsSync(path));

/** What a browser does on its own account, and what it cannot do in a container. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

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
  const started: { browser?: Browser } = {};
  const complaints: string[] = [];
  beforeAll(buildConsole);
  const fake = running(options);
  beforeAll(async () => {
    started.browser = await chromium.launch({ executablePath: executablePath ?? '', args: flags });
  });
  afterEach(async () => {
    for (const context of started.browser?.contexts() ?? []) await context.close();
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await started.browser?.close();
  });
  return {
    fake,
    open: async (hash, context = {}) => {
      if (started.browser === undefined) throw new Error('The browser runs in tests alone.');
      const opened = await started.browser.newContext({
        permissions: ['clipboard-read', 'clipboard-write'],
        reducedMotion: 'reduce',
        ...context,
      });
      const page = await opened.newPage();
      page.setDefaultTimeout(8_000);
      watch(page, complaints);
      await page.goto(`${fake.server.url}/_mock/${hash}`);
      return page;
    },
  };
};

/** Where no Chromium is, the tests are skipped, and the reason is printed. */
export const describeInBrowser = (
  name: string,
  body: (console: Console) => void,
  options: Parameters<typeof running>[0] = {},
): void => {
  if (executablePath === undefined) {
    const reason = `${name}: skipped, for there is no Chromium, neither at ${browsers.join(', ')} nor Playwright's own`;
    process.stderr.write(`${reason}\n`);
    test.skip(reason, () => undefined);
    return;
  }
  describe(name, () => {
    body(setUp(options));
  });
};

export const clipboardOf = async (page: Page): Promise<string> =>
  page.evaluate(() => navigator.clipboard.readText());
