// `wait` and `healthcheck` before servers that are ready, that are not, and that are no servers.
import { mkdtempSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import {
  authority,
  clientIdentity,
  serverIdentity,
} from '../contracts/gateway/certificates.suite.ts';
import { startGateway } from '../contracts/gateway/gateway.suite.ts';
import { answers, json } from '../contracts/gateway/habits.suite.ts';
import { startMockServer } from '../mock-server/server.ts';
import { healthcheckMain } from './healthcheck.ts';
import { inProcess } from './in-process.suite.ts';
import { launch, type Ended } from './launch.suite.ts';
import { toServerUrl } from './readiness-settings.ts';
import { readinessOf } from './readiness.ts';
import { readWayThere } from './way.ts';
import { waitMain } from './wait.ts';

const straight = readWayThere(({ fallback }) => fallback);

jest.setTimeout(60_000);

const open: http.Server[] = [];

afterAll(() => {
  for (const server of open) {
    server.closeAllConnections();
    server.close();
  }
});

type Statuses = (path: string) => number | undefined;

/** Answers with the status of a path, and never where there is none. */
const serve = async (statusOf: Statuses): Promise<string> => {
  const server = http.createServer(({ url = '' }, response) => {
    const status = statusOf(url);
    if (status !== undefined) response.writeHead(status, { location: '/elsewhere' }).end();
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
};

const isHealth = (path: string): boolean => path === '/_mock/health/ready';

describe('a server is ready', () => {
  test('when it is the fake and runs', async () => {
    const server = await startMockServer({ port: 0, logLevel: 'silent', validation: 'off' });
    const whileItRuns = await readinessOf(server.url, 5_000, straight);
    await server.close();
    expect(whileItRuns).toBeNull();
    expect(await readinessOf(server.url, 5_000, straight)).toMatch(/ECONNREFUSED/);
  });

  test.each([200, 301, 401, 403, 404, 500])(
    'when it is none of ours and answers %d where the API is',
    async (status) => {
      const url = await serve((path) => (isHealth(path) ? 404 : status));
      expect(await readinessOf(`${url}/behind`, 5_000, straight)).toBeNull();
    },
  );
});

describe('a server is not ready', () => {
  test.each([
    { what: 'when its health says so', statusOf: () => 503 },
    {
      what: 'when a gateway answers for it',
      statusOf: (path: string) => (isHealth(path) ? 404 : 502),
    },
    { what: 'when it does not answer', statusOf: () => undefined },
    {
      what: 'when it does not answer where the API is',
      statusOf: (path: string) => (isHealth(path) ? 404 : undefined),
    },
  ])('$what', async ({ statusOf }) => {
    expect(await readinessOf(await serve(statusOf), 200, straight)).toMatch(/50[23] at |no answer/);
  });
});

describe('the server that is asked', () => {
  test('is by default the fake on this machine', () => {
    expect(toServerUrl(undefined, {})).toBe('http://127.0.0.1:4010');
    expect(toServerUrl(undefined, { INVITATIONS_MOCK_PORT: '8080' })).toBe('http://127.0.0.1:8080');
  });

  test('is the target of the suites, and before that the address that is given', () => {
    const env = { CONTRACT_TARGET: 'https://staging.example.com/v2/' };
    expect(toServerUrl(undefined, env)).toBe('https://staging.example.com/v2');
    expect(toServerUrl('http://localhost:1', env)).toBe('http://localhost:1');
  });

  test.each([
    { args: ['localhost:4010'], said: '"localhost:4010" is no address' },
    { args: ['--timeout', 'soon'], said: '--timeout is "soon", but it takes a duration' },
    { args: ['http://a', 'http://b'], said: 'too many arguments' },
    { args: ['https://ada:sesame@a.example'], said: 'Give https://a.example/; headers' },
    { args: ['--header', 'X-Team'], said: "such as 'X-Team: qa'" },
    { args: ['--cert', 'a.pem'], said: '--cert is of no use without --key' },
    { args: ['--tiemout', '1s'], said: '(Did you mean --timeout?)' },
  ])('is refused as $args', async ({ args, said }) => {
    for (const main of [waitMain, healthcheckMain]) {
      const { code, err } = await inProcess(main)(args);
      expect(err).toContain(said);
      expect(code).toBe(2);
    }
  });
});

describe('the way to a server', () => {
  test('may want a header, an authority and a certificate', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'readiness-'));
    const file = (name: string, content: string): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const { url, asked, close } = await startGateway('http://127.0.0.1:9', {
      habits: [answers(json(200, {}))],
      tls: { ...serverIdentity, ca: authority, requestCert: true },
    });
    const check = inProcess(healthcheckMain);
    const ca = ['--ca', file('ca.pem', authority)];
    const identity = ['--cert', file('cert.pem', clientIdentity.cert)];
    identity.push('--key', file('key.pem', clientIdentity.key));
    expect((await check([url])).err).toContain('--ca FILE');
    expect((await check([url, ...ca])).err).toContain('--cert FILE and --key FILE');
    const way = [...ca, ...identity, '--header', 'X-Team: qa'];
    expect(await check([url, ...way])).toMatchObject({ code: 0 });
    expect(asked.map(({ headers }) => headers['x-team'])).toEqual(['qa']);
    await close();
  });
});

describe('as a process', () => {
  test('wait says what it waits for, asks until it is ready, and ends with 0', async () => {
    let asked = 0;
    const url = await serve(() => ((asked += 1) < 4 ? 503 : 200));
    const ended = await launch('wait', url).ended;
    expect(ended).toEqual({ code: 0, out: `${url} is ready.\n`, err: `Waiting for ${url} …\n` });
    expect(asked).toBe(4);
  });

  test('wait loses patience, says why, and ends with 1', async () => {
    const url = await serve(() => 503);
    const { code, out, err } = await launch('wait', url, '--timeout', '300ms').ended;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`${url} was not ready within 300ms: 503 at /_mock/health/ready`);
  });

  test('healthcheck asks once, and ends with 0 or 1; with 2 for what is no address', async () => {
    const [ready, unready] = await Promise.all([serve(() => 200), serve(() => 503)]);
    const check = (address: string): Promise<Ended> => launch('healthcheck', address).ended;
    const ended = await Promise.all([check(ready), check(unready), check('nowhere')]);
    expect(ended.map(({ code }) => code)).toEqual([0, 1, 2]);
    expect(ended[1]).toMatchObject({
      out: '',
      err: `${unready} is not ready: 503 at /_mock/health/ready\n`,
    });
  });
});
