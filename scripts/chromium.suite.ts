// One browser for all tests of a process that look at a page.
import { chromium, type Browser } from 'playwright-core';

const { CHROMIUM_PATH: executablePath, CHROMIUM_LIBRARIES: libraries } = process.env;

/** Why a test that needs a browser is not made; undefined where there is one. */
export const noBrowser =
  executablePath === undefined
    ? 'there is no Chromium: install Chrome, or set CHROMIUM_PATH to a browser'
    : undefined;

/** What a browser does on its own account, and what it cannot do in a container. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const launch = (): Promise<Browser> => {
  const env = libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries };
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args,
    env: { ...process.env, ...env },
  });
};

let running: Promise<Browser> | undefined;

/** Its contexts are for whoever opens them to close; the browser ends with the process. */
export const theBrowser = (): Promise<Browser> => (running ??= launch());
