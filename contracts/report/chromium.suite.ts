// A browser for the tests that look at a page, where the machine has one.
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  chromium.executablePath(),
];

const executablePath = places.find((path) => path !== '' && existsSync(path));

/** Why a test that needs a browser is not made; undefined where there is one. */
export const noBrowser =
  executablePath === undefined
    ? 'no Chromium is installed: set CHROMIUM to the path of one'
    : undefined;

export const launch = (): Promise<Browser> =>
  chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--no-first-run'],
    ],
  });
