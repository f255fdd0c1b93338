// The comparison over real HTTP: of two fakes, and of the fake and deployments that are wrong in one way.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { onAsk, onReply, together } from '../proof/fault.ts';
import { withStatus } from '../proof/edit.ts';
import type { StartFault } from '../proof/mutant.ts';
import { setUp, type DeploymentOptions, type Deployment } from '../proof/deployment.ts';
import { compareTargets } from '../contracts/drift/compare-targets.ts';
import { toReadings } from '../spec/readings.ts';
import type { Edition } from '../spec/vocabulary.ts';
import { driftMain } from './drift.ts';
import { inProcess, type Ended } from './in-process.suite.ts';
import { launch } from './launch.suite.ts';

jest.setTimeout(120_000);

const open: Deployment[] = [];

afterEach(async () => {
  for (const { target } of open.splice(0)) await target.close();
});

const deploy = async (options: DeploymentOptions): Promise<Deployment> => {
  const made = await setUp(options);
  open.push(made);
  return made;
};

/** Of an edition that it does not tell. */
const inEdition = (edition: Edition): DeploymentOptions => ({
  options: { edition, readings: toReadings({ edition }) },
  env: (env) => ({ ...env, CONTRACT_EDITION: undefined }),
});

const run = inProcess(driftMain);

const drift = ({ target }: Deployment, ...args: readonly string[]): Promise<Ended> =>
  run([target.env['CONTRACT_TARGET'] ?? '', ...args], target.env);

/** Of each difference in a report: its rule and how many steps lead to it. */
const told = (out: string): Record<string, number> =>
  Object.fromEntries(
    out
      .split(/^✗ /m)
      .slice(1)
      .map((part) => [
        /^ {2}([a-z.-]+) \(/m.exec(part)?.[1] ?? 'no rule',
        part.match(/^ {2}\d+\. /gm)?.length ?? 0,
      ]),
  );

const listed = async ({ target }: Deployment, collection = 'invitations'): Promise<unknown> => {
  const headers = { authorization: target.env['CONTRACT_AUTH_OWNER'] ?? '' };
  const address = `${target.env['CONTRACT_TARGET'] ?? ''}/api/v1/${collection}/?page_size=500`;
  const page: unknown = await (await fetch(address, { headers })).json();
  return page;
};

const onResend = onReply({ on: 'invitations_resend_create', status: 200 }, (reply) => ({
  ...reply,
  body: reply.body.replace('"state":"pending"', '"state":"sent"'),
}));

const onDuplicate = onReply({ on: 'invitations_create', status: 404 }, (reply) => ({
  ...reply,
  status: 409,
}));

const onAccept = onReply({ on: 'invitations_accept_create', status: 200 }, (reply) => ({
  ...reply,
  body: reply.body.replace(/"membership":"[^"]+"/, '"membership":null'),
}));

const withoutChallenge = onReply({ status: 401 }, ({ headers, ...reply }) => ({
  ...reply,
  headers: Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== 'www-authenticate'),
  ),
}));

const onEmptyPage = onReply({ on: 'invitations_list', status: 200 }, (reply, { path }) => ({
  ...reply,
  status: /[?&]page=$/.test(path) ? 400 : 200,
}));

const withoutRoleFilter = onAsk({ on: 'invitations_list' }, (ask) => ({
  ...ask,
  path: ask.path.replace(/role=(OWNER|ADMIN|CONTRIB|VIEWER)/, 'any'),
}));

describe('two that are alike', () => {
  test.each<[string, DeploymentOptions, readonly string[]]>([
    [
      'other data, in other pages',
      { options: { scenario: 'edge-cases', seed: 7, pageSize: 7 } },
      ['--runs', '6'],
    ],
    ['nothing there', { options: { scenario: 'empty' } }, ['--read-only', '--runs', '6']],
    ['an older edition', inEdition('2021-10-07'), ['--runs', '6']],
    [
      'other data, only read',
      { options: { scenario: 'edge-cases', seed: 7 } },
      ['--read-only', '--runs', '6'],
    ],
    [
      'messages that take a while',
      { options: { delivery: 'after-delay', deliveryDelayMs: 40 } },
      ['--runs', '5'],
    ],
  ])('have no difference: %s', async (_title, options, args) => {
    const deployment = await deploy(options);
    const { code, out } = await drift(deployment, '--seed', '3', ...args);
    expect(told(out)).toEqual({});
    expect(out).toContain('0 unknown differences, 0 known, 0 stale');
    expect(code).toBe(0);
  });

  test('are compared scheme by scheme, where a role is a user and not a key', async () => {
    const withUsers: DeploymentOptions['env'] = (env) => ({
      ...env,
      CONTRACT_AUTH_OWNER: env['CONTRACT_AUTH_OWNER_JWT'],
      CONTRACT_AUTH_ADMIN: env['CONTRACT_AUTH_ADMIN_JWT'],
    });
    const deployment = await deploy({ env: withUsers });
    const { code, out } = await drift(deployment, '--seed', '4', '--runs', '6');
    expect(told(out)).toEqual({});
    expect(code).toBe(0);
  });

  test('may differ in additional fields and headers, which are named', async () => {
    const start = onReply({ on: 'invitations_create', status: 201 }, (reply) => ({
      ...reply,
      headers: { ...reply.headers, 'www-authenticate': 'Bearer' },
      body: reply.body.replace('{', '{"created_at":"2026-01-01T00:00:00Z",'),
    }));
    const { code, out } = await drift(await deploy({ start }), '--runs', '2');
    expect(out).toContain('invitations_create body.created_at');
    expect(out).toContain('invitations_create headers.www-authenticate');
    expect(code).toBe(0);
  });
});

describe('two that are not', () => {
  test('part ways by rule, after as few steps as it takes', async () => {
    const start = together(
      ...[onResend, onDuplicate, onAccept, onEmptyPage, withoutChallenge, withoutRoleFilter],
    );
    const deployment = await deploy({ start });
    const before = await listed(deployment);
    const { code, out } = await drift(deployment, '--seed', '5', '--runs', '12');
    expect(told(out)).toEqual({
      'resend.newest-state': 3,
      'create.duplicate-address': 2,
      'accept.makes-membership': 2,
      'authentication.challenge': 1,
      'list.filter-by-role': 2,
      'list.empty-parameter': 1,
      'pages.links-keep-filters': 1,
    });
    expect(out).toContain('(published, documented)');
    expect(out).toContain('(family, assumed)');
    expect(code).toBe(1);
    expect(await listed(deployment)).toEqual(before);
    for (const [name, value] of Object.entries(deployment.target.env)) {
      if (name.startsWith('CONTRACT_AUTH_')) expect(out).not.toContain(value?.split(' ')[1]);
    }
  });

  test('in what is done with users, by rule, and no key of an account is told', async () => {
    const answersUser = onReply({ on: 'users_destroy', status: 204 }, withStatus(200));
    const otherType = onReply({ on: 'serviceaccounts_create', status: 201 }, (reply) => ({
      ...reply,
      body: reply.body.replace('"type":"service"', '"type":"robot"'),
    }));
    const deployment = await deploy({ start: together(answersUser, otherType) });
    const before = await listed(deployment, 'serviceaccounts');
    const { code, out } = await drift(deployment, '--seed', '5', '--runs', '19');
    expect(told(out)).toEqual({ 'users.destroy': 2, 'users.type': 1 });
    expect(out).toMatch(/curl -i -X DELETE '.*users\/auth0%7C[\da-f]+\/' .*\$CONTRACT_AUTH_OWNER"/);
    expect(out).not.toMatch(/"apikey":"(?!\[redacted\])/);
    expect(await listed(deployment, 'serviceaccounts')).toEqual(before);
    expect(code).toBe(1);
  });

  test.each([
    [{ 'users.invitations': 'stay' }, 'users.invitations: stay'],
    [{ 'duplicate.status': '409' }, "duplicate.status: '409'"],
  ])(
    'by a reading, %j, are told with the line that makes the fake follow it',
    async (chosen, line) => {
      const deployment = await deploy({ options: { readings: toReadings(chosen) } });
      const { code, out } = await drift(deployment, '--seed', '5', '--runs', '20');
      expect(out).toContain(`with --readings the fake follows it: ${line}`);
      expect(out).toContain('1 unknown differences');
      expect(code).toBe(1);
    },
  );

  test('are shown side by side, and as curl', async () => {
    const { out } = await drift(await deploy({ start: onResend }), '--runs', '4', '--seed', '1');
    expect(out).toMatch(/"state": "pending", +≠ +"state": "sent",/);
    expect(out).toMatch(/curl -i -X POST '.*\/resend\/' .*"Authorization: \$CONTRACT_AUTH_OWNER"/);
  });

  test('are found by reads alone, without a request that could change anything', async () => {
    const asked = new Set<string>();
    const watching: StartFault = () => (ask, next) => {
      asked.add(ask.method);
      return next(ask);
    };
    const deployment = await deploy({ start: together(watching, withoutRoleFilter) });
    const { code, out } = await drift(deployment, '--read-only', '--runs', '6');
    expect(told(out)).toMatchObject({ 'list.filter-by-role': 1 });
    expect([...asked]).toEqual(['GET']);
    expect(code).toBe(1);
  });

  test('may be known to be: then they are told as such', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'drift-')), 'known.yaml');
    writeFileSync(
      file,
      `known:
  - { operation: invitations_create, path: status, fake: 404, deployment: 409, reason: They like 409. }
  - { operation: invitations_create, path: body.role, reason: It was so once. }
`,
    );
    const deployment = await deploy({ start: onDuplicate });
    const { code, out } = await drift(deployment, '--known', file, '--seed', '2', '--runs', '9');
    expect(out).toMatch(/Known differences that showed:\n.*They like 409\. \(seen \d+ times\)/);
    expect(out).toMatch(/did not show;.*:\n.*body\.role: It was so once\./);
    expect(out).toContain('0 unknown differences, 1 known, 1 stale');
    expect(code).toBe(0);
  });
});

test.each([1, 9])(
  'what was made is removed when the run is interrupted at create %i',
  async (end) => {
    const interruption = new AbortController();
    let creates = 0;
    const interrupting: StartFault = () => (ask, next) => {
      creates += ask.method === 'POST' ? 1 : 0;
      if (creates === end) interruption.abort();
      return next(ask);
    };
    const deployment = await deploy({ start: interrupting });
    const fake = await deploy({});
    const before = [await listed(deployment), await listed(fake)];
    const run = compareTargets({
      targets: { fake: fake.target, deployment: deployment.target },
      ...{ known: [], isReadOnly: false, seed: 1, runs: 30, seconds: 60 },
      ...{ signal: interruption.signal, warn: () => undefined },
    });
    await expect(run).rejects.toThrow('interrupted');
    expect(creates).toBe(end);
    expect([await listed(deployment), await listed(fake)]).toEqual(before);
  },
);

test('--header is sent to the deployment with every request, and shown nowhere', async () => {
  const { target } = await deploy({
    start: () => (ask, next) =>
      ask.headers['x-team'] === 'qa-7'
        ? next(ask)
        : Promise.resolve({ status: 403, headers: { 'content-type': 'text/html' }, body: 'No.' }),
  });
  const address = target.env['CONTRACT_TARGET'] ?? '';
  const args = [address, '--runs', '1', '--header', 'X-Team: qa-7'];
  const { code, out, err } = await run(args, target.env);
  expect(code).toBe(0);
  expect(`${out}${err}`).not.toContain('qa-7');
  expect((await run([address, '--runs', '1'], target.env)).code).toBe(2);
});

test('--read-env gives address and credentials, and a flag counts more', async () => {
  const { target } = await deploy({});
  const file = join(mkdtempSync(join(tmpdir(), 'drift-')), 'mock.env');
  const lines = Object.entries(target.env).map(([name, value = '']) => `${name}='${value}'`);
  writeFileSync(file, [...lines, 'CONTRACT_RUNS=9'].join('\n'));
  const { code, out } = await run(['--read-env', file, '--runs', '1']);
  expect(out).toContain(`The fake beside ${target.env['CONTRACT_TARGET'] ?? 'nothing'}`);
  expect(out).toMatch(/\b1 sequences?,/);
  expect(code).toBe(0);
});

describe('could not run as asked: exit 2 and one line', () => {
  test('nothing answers there', async () => {
    const { code, err } = await run(['http://127.0.0.1:9'], { CONTRACT_AUTH_OWNER: 'Api-Key x' });
    expect(err).toMatch(/^it: The target cannot be reached[^\n]*$/);
    expect(code).toBe(2);
  });

  test('it is not on this machine, and nobody says that writing there is meant', async () => {
    const { code, err } = await launch('drift', 'https://api.example.com').ended;
    expect(err).toMatch(
      /^invitations-mock drift: https:\/\/api\.example\.com is not on this machine.*--yes.*\n$/,
    );
    expect(code).toBe(2);
  });

  test.each([
    ['--runs', '0'],
    ['--time', 'x'],
    ['--time', '60'],
    ['--read-env', '/nowhere'],
    ['--nonsense', '1'],
  ])('%s %s', async (...args) => {
    const { code, err } = await run(['http://127.0.0.1:9', ...args]);
    expect(err).toMatch(new RegExp(`^it: [^\\n]*${args[0]}[^\\n]*$`));
    expect(code).toBe(2);
  });
});
