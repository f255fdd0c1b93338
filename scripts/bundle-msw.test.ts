// The fake in a page: a service worker hands it what the page asks for, in a real Chromium.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { buildScenario } from '../fixtures/build-scenario.ts';
import { defaultConfig } from '../mock-server/config/config.ts';
import { listen, reachable } from '../mock-server/web/listen.ts';
import { bundleMsw } from './bundle-msw.ts';
import { noBrowser, theBrowser } from './chromium.suite.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The files of a page by their paths, as a bundler makes them: a part that is loaded later is one of its own. */
type Files = Readonly<Record<string, string>>;

/** What the front end of a story does: it knows the address of the API, and nothing of the fake. */
const story = `
import { setupWorker } from 'msw/browser';
import { createInvitationsHandlers } from 'invitations-mock/msw';

const base = 'https://api.example.com';
const fake = await createInvitationsHandlers({ baseUrl: base, startTime: Date.UTC(2026, 0, 5) });
await setupWorker(...fake.handlers).start({ quiet: true, onUnhandledRequest: 'bypass' });
const { sandbox, credentials } = fake;

const ask = async (authorization, path, { method = 'GET', json, form } = {}) => {
  const response = await fetch(path.startsWith('/') ? base + path : path, {
    method,
    headers: { authorization, ...(json && { 'content-type': 'application/json' }) },
    body: json ? JSON.stringify(json) : form,
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
};

const form = new FormData();
form.set('email', 'grace@example.com');
form.set('role', 'CONTRIB');
globalThis.story = {
  owner: credentials.OWNER,
  list: (query = '') => ask(credentials.OWNER.api_key, '/api/v1/invitations/' + query),
  invite: (json) => ask(credentials.OWNER.jwt, '/api/v1/invitations/', { method: 'POST', json }),
  inviteByForm: () => ask(credentials.OWNER.api_key, '/api/v1/invitations/', { method: 'POST', form }),
  mailTo: (to) => sandbox.messages.waitFor({ to }),
  accept: async ({ url, email }) => {
    const { authorization } = await sandbox.token({ email });
    return ask(authorization, url + 'accept/', { method: 'POST' });
  },
  beginFrom: async (yaml) => {
    const headers = { 'content-type': 'application/yaml' };
    const response = await fetch(base + '/_mock/sandboxes/own', { method: 'PUT', headers, body: yaml });
    return { status: response.status, ...(await response.json()) };
  },
  resetOnce: () => sandbox.faults.replace([{ first: 1, connection: 'reset-before' }]),
};
document.body.textContent = 'ready';
`;

const buildPage = async (folder: string): Promise<Files> => {
  await bundleMsw(folder);
  const { outputFiles } = await build({
    stdin: { contents: story, resolveDir: root, sourcefile: 'page.js' },
    entryNames: 'page',
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2023',
    write: false,
    alias: { 'invitations-mock/msw': join(folder, 'msw.browser.js') },
    nodePaths: [join(root, 'node_modules')],
  });
  return Object.fromEntries(outputFiles.map(({ path, text }) => [`/${basename(path)}`, text]));
};

const startPage = async (files: Files, sent: string[]) => {
  const worker = readFileSync(join(root, 'node_modules/msw/lib/mockServiceWorker.js'), 'utf8');
  const html = '<!doctype html><body><script type="module" src="/page.js"></script>';
  const server = createServer(({ url = '' }, response) => {
    const isScript = url.endsWith('.js');
    sent.push(url);
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end({ ...files, '/mockServiceWorker.js': worker }[url] ?? html);
  });
  const { port } = await listen(server, 0, '127.0.0.1');
  return { url: reachable('127.0.0.1', port), server };
};

const inBrowser = (body: () => void): void => {
  if (noBrowser === undefined) describe('in a page', body);
  else test.skip(`in a page: ${noBrowser}`, () => undefined);
};

inBrowser(() => {
  let page: Awaited<ReturnType<Awaited<ReturnType<typeof theBrowser>>['newPage']>>;
  let ended = (): Promise<unknown> => Promise.resolve();
  const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-page-'));
  const sent: string[] = [];

  beforeAll(async () => {
    const { url, server } = await startPage(await buildPage(folder), sent);
    page = await (await theBrowser()).newPage();
    ended = async () => {
      await page.close();
      server.closeAllConnections();
      server.close();
    };
    const failed = new Promise((_, reject) => page.once('pageerror', reject));
    await page.goto(url);
    await Promise.race([page.waitForSelector('text=ready'), failed]);
  });

  afterAll(async () => {
    await ended();
    rmSync(folder, { recursive: true, force: true });
  });

  const tell = (expression: string): Promise<unknown> => page.evaluate(`story.${expression}`);

  test('an invitation is made, mailed, accepted by who was invited, and listed', async () => {
    const created = await tell(`invite({ email: 'ada@example.com', role: 'VIEWER' })`);
    expect(created).toMatchObject({ status: 201, body: { state: 'pending' } });
    expect(await tell(`mailTo('ada@example.com')`)).toMatchObject({ to: 'ada@example.com' });
    const found = `list('?email=ada@example.com').then(({ body }) => body.results[0])`;
    expect(await tell(`${found}.then(story.accept)`)).toMatchObject({ status: 200 });
    expect(await tell(found)).toMatchObject({ email: 'ada@example.com', state: 'accepted' });
  });

  test('a form is read, and what is wrong in a body is told', async () => {
    expect(await tell('inviteByForm()')).toMatchObject({ status: 201, body: { role: 'CONTRIB' } });
    const refused = await tell(`invite({ email: 'nobody', role: 'KING' })`);
    expect(refused).toMatchObject({
      status: 400,
      body: { email: [expect.stringContaining('valid')], role: [expect.stringContaining('KING')] },
    });
  });

  test('a connection that is reset is a failed fetch', async () => {
    await tell('resetOnce()');
    await expect(tell('list()')).rejects.toThrow('Failed to fetch');
    expect(await tell('list()')).toMatchObject({ status: 200 });
  });

  test('people, ids and keys are those of the fake in Node', async () => {
    const { callers, events } = await buildScenario(defaultConfig.scenario, {
      seed: defaultConfig.seed,
      startAt: Date.UTC(2026, 0, 5),
      secret: `seed ${defaultConfig.seed}`,
    });
    expect(await tell('owner')).toMatchObject({ api_key: `Api-Key ${callers.apiKeys.OWNER}` });
    const invited = events.flatMap((it) => (it.type === 'InvitationCreated' ? [it] : []));
    for (const { invitationId: id, email } of invited.slice(0, 3)) {
      const found = await tell(`list('?email=${encodeURIComponent(email)}')`);
      expect(found).toMatchObject({ body: { results: [{ id, email }] } });
    }
  });

  test('a seed file in YAML is read by what is loaded for it, and its mistakes are told by line', async () => {
    const readers = () => sent.filter((path) => path.includes('parse-seed')).length;
    expect(readers()).toBe(0);
    const own = await tell(`beginFrom('world:\\n  organization: Fairwind\\n')`);
    expect(own).toMatchObject({ status: 201, name: 'own' });
    const wrong = await tell(`beginFrom('world:\\n  people:\\n    - { email: zoe }\\n')`);
    expect(wrong).toMatchObject({ status: 400, detail: expect.stringMatching(/^Line 3: .*zoe/) });
    expect(readers()).toBe(1);
  });
});
