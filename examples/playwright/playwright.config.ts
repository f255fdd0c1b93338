import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Playwright's own browser where there is none at the usual place and none is named. */
const chromium = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: '.',
  testMatch: '*.pw.ts',
  fullyParallel: true,
  workers: 1,
  // For machines that are busy with other things.
  timeout: 120_000,
  outputDir: '../../node_modules/.cache/examples-playwright',
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...(existsSync(chromium) ? { executablePath: chromium } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    },
  },
});
