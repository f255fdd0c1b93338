// The page as a person gets it: opened from disk in a browser, on a desk and on a phone, by day and by night.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { readRules } from '../catalog.ts';
import type { CheckResult, RunResult } from '../result.ts';
import { noBrowser, theBrowser } from '../../scripts/chromium.suite.ts';
import {
  faintTexts,
  focused,
  headingLevels,
  openAll,
  parseXml,
  sideways,
  wordlessCells,
} from './in-page.suite.ts';
import { aCheck, aDivergence, anExchange, aResult, aViolation, hostile } from './results.suite.ts';
import { writeReports } from './write-reports.ts';

const screenshots = 'reports/page';

const manyChecks = (number: number): readonly CheckResult[] => {
  const rules = [...readRules().values()];
  return Array.from({ length: number }, (_, index) => {
    const { id, source } = rules[index % rules.length] ?? { id: '', source: 'ours' };
    const title = `check ${index} of what the target does when it is asked in an unusual way`;
    return aCheck({ rule: id, source, title });
  });
};

const badResult: RunResult = aResult({
  name: hostile,
  checks: [
    ...manyChecks(300),
    aViolation({
      title: 'answers 200',
      message: `expected 200\n\ncurl -i\n→ 500 ${hostile}`,
    }),
    aViolation({ title: hostile, message: hostile }),
    aDivergence({ title: 'a long one', message: 'x'.repeat(900) }),
    aCheck({
      title: 'by the VIEWER',
      verdict: 'not exercised',
      message: 'needs CONTRACT_AUTH_VIEWER',
    }),
  ],
  leftBehind: [hostile],
});

const folder = mkdtempSync(join(tmpdir(), 'contract-page-'));
let browser: Browser;
let bad: string;

const write = (name: string, result: RunResult): readonly string[] =>
  writeReports(result, [anExchange(), anExchange({ status: 500 })], join(folder, name));

beforeAll(async () => {
  [bad = ''] = write('bad', badResult);
  mkdirSync(screenshots, { recursive: true });
  if (noBrowser === undefined) browser = await theBrowser();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Opened = { readonly page: Page; readonly complaints: string[]; readonly requests: string[] };

const open = async (path: string, options: BrowserContextOptions = {}): Promise<Opened> => {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`file://${path}`);
  return { page, complaints, requests };
};

const inBrowser = noBrowser === undefined ? describe : describe.skip;

inBrowser.each([
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 1280, height: 900, colorScheme: 'dark' },
  { width: 375, height: 812, colorScheme: 'light' },
  { width: 375, height: 812, colorScheme: 'dark' },
] as const)('at $width px, $colorScheme', ({ width, height, colorScheme }) => {
  let opened: Opened;

  beforeAll(async () => {
    opened = await open(bad, { viewport: { width, height }, colorScheme });
    const path = `${screenshots}/${width}-${colorScheme}.png`;
    await opened.page.screenshot({ path });
    await opened.page.evaluate(openAll);
  });

  afterAll(() => opened.page.close());

  test('asks for nothing but itself, and nothing complains', () => {
    expect(opened.requests).toEqual([`file://${bad}`]);
    expect(opened.complaints).toEqual([]);
  });

  test('shows the verdict first', async () => {
    const verdict = opened.page.locator('.verdict');
    expect(await verdict.textContent()).toContain('✗ Failed: 2 violations');
    const box = await verdict.boundingBox();
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(height);
  });

  test('does not scroll to the side, with everything open', async () => {
    expect(await opened.page.evaluate(sideways)).toBe(0);
  });

  test('can be read: no text has less contrast than 4.5', async () => {
    expect(await opened.page.evaluate(faintTexts)).toEqual([]);
  });
});

inBrowser('the page', () => {
  test('runs and loads nothing that a target said', async () => {
    const { page } = await open(bad);
    await page.evaluate(openAll);
    expect(await page.title()).toBe('✗ Failed: 2 violations');
    expect(await page.locator('img, iframe, object, link, body style, script').count()).toBe(1);
    expect(await page.locator('pre', { hasText: '<script>' }).count()).toBeGreaterThan(0);
    await page.close();
  });

  test('says everything without colour, under headings in order, in tables with heads', async () => {
    const { page } = await open(bad);
    expect(await page.evaluate(wordlessCells)).toBe(0);
    const levels: unknown = await page.evaluate(headingLevels);
    const list = Array.isArray(levels) ? levels.map(Number) : [];
    expect(list[0]).toBe(1);
    expect(list.filter((level, index) => level > (list[index - 1] ?? 0) + 1)).toEqual([]);
    expect(await page.locator('th:not([scope])').count()).toBe(0);
    for (const role of ['banner', 'navigation', 'main', 'contentinfo'] as const) {
      expect(await page.getByRole(role).count()).toBe(1);
    }
    await page.close();
  });

  test('can be used by keyboard: a reason is opened without a mouse', async () => {
    const { page } = await open(bad);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(focused)).toContain('class="skip"');
    await page.locator('#answers > .scroll').focus();
    const wanted = page.locator('#answers-gaps > summary:focus');
    for (let stop = 0; stop < 40; stop += 1) {
      await page.keyboard.press('Tab');
      if ((await wanted.count()) === 1) break;
    }
    await page.keyboard.press('Enter');
    const reason = page.locator('#answers-gaps', { hasText: 'no answer 429 came in this run' });
    expect(await reason.getByText('no answer 429 came').isVisible()).toBe(true);
    await page.close();
  });

  test('filters rules and checks by words and by state', async () => {
    const { page } = await open(bad);
    await page.getByLabel('Rules and checks with').fill('by the viewer');
    expect(await page.locator('#shown').textContent()).toBe('1 rule, 1 check');
    expect(await page.locator('.rule:visible').count()).toBe(1);
    expect(await page.getByText('by the VIEWER').isVisible()).toBe(true);
    await page.getByLabel('Rules and checks with').fill('');
    await page.getByLabel('that are').selectOption('failed');
    expect(await page.locator('.rule:visible code').first().textContent()).toBe(
      'list.oldest-first',
    );
    expect(await page.locator('.rule:visible').count()).toBe(2);
    await page.close();
  });

  test('tells an exchange as request and answer, the JSON of it a field a line', async () => {
    const message = `expected 404\n\ncurl -i -X GET 'http://a/'\n→ 200 {"id":"<b>","state":"sent"}`;
    const odd = `expected 1\n\ncurl -i 'http://a/'\n→ 200 {"count":1.0}`;
    const checks = [aViolation({ message }), aViolation({ message: odd, title: 'odd' })];
    const [path = ''] = write('one', aResult({ checks }));
    const { page } = await open(path);
    expect(await page.locator('#violations pre').allTextContents()).toEqual([
      `curl -i -X GET 'http://a/'`,
      '→ 200 {\n  "id": "<b>",\n  "state": "sent"\n}',
      `curl -i 'http://a/'`,
      '→ 200 {"count":1.0}',
    ]);
    await page.close();
  });

  test('tells all without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`file://${bad}`);
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await page.getByRole('heading', { name: 'Violations: 2' }).isVisible()).toBe(true);
    await page.locator('#each-rule > summary').click();
    await page.locator('.rule > summary').first().click();
    expect(await page.locator('.rule').first().locator('.checks').isVisible()).toBe(true);
    await context.close();
  });

  test('has a file of JUnit XML beside it that a parser takes, whatever the target said', async () => {
    const { page } = await open(bad);
    const xml = readFileSync(join(folder, 'bad', 'junit.xml'), 'utf8');
    expect(await page.evaluate(parseXml(xml))).toBe(badResult.checks.length);
    await page.close();
  });
});

test('stays small enough to be sent about, with as many checks as there are', () => {
  const [path = ''] = write('large', aResult({ checks: manyChecks(2437) }));
  expect(statSync(path).size).toBeLessThan(1_500_000);
});

test('stays small when every check has failed', () => {
  const checks = manyChecks(2437).map((check) =>
    aViolation({ ...check, verdict: 'violation', message: `no\n\n${'x'.repeat(3000)}` }),
  );
  const [path = ''] = write('all-failed', aResult({ checks }));
  expect(statSync(path).size).toBeLessThan(3_000_000);
});
