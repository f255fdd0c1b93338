// Every command from the packed package, in an empty folder: what is left out of it, or needed from a checkout, shows here.
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { launchCommand, root, type Ended, type Launched } from './launch.suite.ts';
import { packAndInstall } from './packed.suite.ts';

jest.setTimeout(120_000);

const packed = packAndInstall();
const home = 'home' in packed ? packed.home : packed.scratch;

afterAll(() => {
  rmSync(packed.scratch, { recursive: true, force: true });
});

if ('missing' in packed) {
  process.stderr.write(`The packed package was not tested: ${packed.missing}.\n`);
}
const [suite, suffix] =
  'missing' in packed ? [describe.skip, ` — skipped: ${packed.missing}`] : [describe, ''];

const npx = (...args: readonly string[]): Promise<Ended> => {
  const line = ['--no-install', 'invitations-mock', ...args];
  return launchCommand('npx', line, { cwd: home }).ended;
};

/** What `npx` starts, without npm in between, which does not pass every signal on. */
const launchBin = (...args: readonly string[]): Launched =>
  launchCommand(join(home, 'node_modules/.bin/invitations-mock'), args, { cwd: home });

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const recorded = {
  log: {
    version: '1.2',
    entries: [
      {
        request: {
          method: 'GET',
          url: 'https://staging.example.com/api/v1/invitations/',
          headers: [{ name: 'Authorization', value: 'Api-Key of-the-owner' }],
        },
        response: {
          status: 200,
          headers: [{ name: 'Content-Type', value: 'application/json' }],
          content: { mimeType: 'application/json', text: '{"count":"two"}' },
        },
      },
    ],
  },
};

suite(`the packed package${suffix}`, () => {
  test('runs no script where it is installed, so that npm warns of none', () => {
    const text = readFileSync(join(home, 'node_modules/invitations-mock/package.json'), 'utf8');
    expect(text).not.toMatch(/"(?:preinstall|install|postinstall|prepare)":/);
  });

  test('holds what runs, and neither tests nor broken fakes', () => {
    const files = readdirSync(join(home, 'node_modules/invitations-mock'), {
      recursive: true,
      encoding: 'utf8',
    });
    expect(files).toContain(join('dist', 'spec', 'openapi.yaml'));
    expect(
      files.filter((file) =>
        /mutants.catalogue|^dist.bench|\.(?:test|suite)\.|(?<!\.d)\.ts$/.test(file),
      ),
    ).toEqual([]);
  });

  test('says what to install where something is asked for that it does not bring', async () => {
    const { code, err } = await npx('mcp');
    expect([code, err]).toEqual([2, expect.stringContaining('npm install @modelcontextprotocol/')]);
  });

  test('brings little along, and says under which licences', () => {
    const files = readdirSync(join(home, 'node_modules'), {
      recursive: true,
      withFileTypes: true,
    }).filter((entry) => entry.isFile());
    const megabytes =
      files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) /
      1e6;
    expect(megabytes).toBeLessThan(40);
    const lock: unknown = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8'));
    const packages = lock instanceof Object && 'packages' in lock ? lock.packages : undefined;
    expect(packages).toBeInstanceOf(Object);
    expect(packages instanceof Object ? Object.keys(packages).length : 0).toBeLessThanOrEqual(
      // 130 of ours, the project itself, and Ajv 6 with its five.
      137,
    );
    const licenses = join(home, 'node_modules/invitations-mock/dist/THIRD-PARTY-LICENSES.txt');
    expect(readFileSync(licenses, 'utf8')).toMatch(
      /^@stoplight\/prism-http [^]*^swagger-ui-dist /m,
    );
  });

  test('start writes its variables to --write-env, and to what the flag was called before', async () => {
    const { child, ended, said } = launchBin('start', '--port', '0', '--write-env', 'mock.env');
    await said('Try:');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(home)).toContain('mock.env');
  });

  test('exec gives a fake to wait, healthcheck, contracts and drift', async () => {
    const script = [
      'invitations-mock wait',
      'invitations-mock healthcheck',
      'invitations-mock contracts --only create.answer --report-dir reports',
      'invitations-mock drift --runs 1',
    ].join(' && ');
    const { code, out, err } = await npx('exec', '--', 'sh', '-c', script);
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/ is ready\.[^]* is ready\.[^]*[1-9]\d* passed[^]*1 sequences?, /);
    expect(readdirSync(join(home, 'reports')).sort()).toEqual([
      'index.html',
      'junit.xml',
      'result.json',
      'summary.md',
    ]);
  });

  test('exec passes the exit code on', async () => {
    expect(await npx('exec', '--', 'sh', '-c', 'exit 7')).toMatchObject({ code: 7, out: '' });
  });

  test('judge finds what is wrong in recorded traffic', async () => {
    writeFileSync(join(home, 'recorded.har'), JSON.stringify(recorded));
    const { code, out } = await npx('judge', 'recorded.har');
    expect(out).toContain('Violates the contract:');
    expect(code).toBe(1);
  });

  test('ledger says that there is none yet', async () => {
    const { code, err } = await npx('ledger');
    expect(err).toContain('There is no ledger at ');
    expect(code).toBe(2);
  });

  test('proxy stands in front of a deployment and names what is wrong', async () => {
    const fake = launchBin('--port', '0', '--validation', 'off', '--log-level', 'silent');
    const [, url = ''] = /Invitations API\s+(http:\S+?)\/api/.exec(await fake.said('Try:')) ?? [];
    const port = await freePort();
    const proxy = launchBin('proxy', url, '--port', String(port));
    await proxy.said('passes on to');
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/invitations/?page=x`);
    expect(response.status).toBe(401);
    expect(response.headers.get('sl-violations')).toContain('page');
    await response.arrayBuffer();
    for (const { child } of [proxy, fake]) child.kill('SIGTERM');
    await Promise.all([proxy.ended, fake.ended]);
  });

  test('is a typed library too', async () => {
    const script = `
      import { startMockServer, type Config, type EmbeddedMock } from 'invitations-mock';
      const config: Partial<Config> = { port: 0, logLevel: 'silent' };
      const server: EmbeddedMock = await startMockServer(config);
      const headers = { authorization: server.credentials.apiKeys.OWNER };
      const response = await fetch(\`\${server.url}/api/v1/invitations/\`, { headers });
      await response.arrayBuffer();
      await server.close();
      process.exitCode = response.status === 200 ? 0 : 1;
      // @ts-expect-error -- There is no such option.
      export const wrong: Partial<Config> = { prot: 0 };`;
    writeFileSync(join(home, 'use.mts'), script);
    const types = ['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node'];
    const modern = ['--strict', '--target', 'es2023', '--module', 'nodenext'];
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const compile = [compiler, ...modern, ...types, 'use.mts'];
    const surroundings = { cwd: home };
    expect(await launchCommand(process.execPath, compile, surroundings).ended).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect(await launchCommand(process.execPath, ['use.mjs'], surroundings).ended).toMatchObject({
      code: 0,
      err: '',
    });
  });
});
