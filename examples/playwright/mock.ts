// What the tests of the page are given: a fake and the page's own server for each worker, a sandbox for each test.
import { fileURLToPath } from 'node:url';
import { test as base, type Page } from '@playwright/test';
import { startMockServer, type EmbeddedMock, type SandboxHandle } from 'invitations-mock';
import { createServer } from 'vite';

type Fixtures = {
  readonly sandbox: SandboxHandle;
  /** Opens the front end, or a link into it, as somebody who is logged in. */
  readonly open: (authorization: string, link?: string) => Promise<Page>;
};

type WorkerFixtures = { readonly mock: EmbeddedMock; readonly site: string };

const root = fileURLToPath(new URL('../front-end', import.meta.url));

export const test = base.extend<Fixtures, WorkerFixtures>({
  mock: [
    async ({ site }, use) => {
      // The link in messages leads to the page.
      await using mock = await startMockServer({ acceptUrl: `${site}?accept={id}` });
      await use(mock);
    },
    { scope: 'worker' },
  ],
  site: [
    // Playwright reads from the pattern which fixtures are needed, and insists on one.
    async ({}, use) => {
      const server = await createServer({
        root,
        configFile: false,
        logLevel: 'warn',
        server: { port: 0, host: '127.0.0.1', hmr: false },
        optimizeDeps: { noDiscovery: true },
      });
      await server.listen();
      await use(server.resolvedUrls?.local[0] ?? '');
      await server.close();
    },
    { scope: 'worker' },
  ],
  sandbox: async ({ mock }, use) => {
    await using sandbox = await mock.createSandbox({ scenario: 'empty' });
    await use(sandbox);
  },
  open: async ({ page, site, sandbox }, use) => {
    await use(async (authorization, link = site) => {
      const session = JSON.stringify({ url: sandbox.url, authorization });
      await page.addInitScript((value) => {
        sessionStorage.setItem('session', value);
      }, session);
      await page.goto(link);
      return page;
    });
  },
});
