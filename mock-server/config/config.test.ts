// Flags and variables: what each may be, which counts more, and one line for whoever got it wrong.
import { describe, expect, test } from '@jest/globals';
import { CannotRun } from '../../settings/cannot-run.ts';
import { readLine } from '../../settings/command-line.ts';
import { variableOf as toVariable } from '../../settings/setting.ts';
import { defaultConfig, readConfig } from './config.ts';
import { settings, type Config } from './settings.ts';

type Given = Readonly<Record<string, string>>;

const variableOf = (flag: string): string => toVariable('INVITATIONS_MOCK', flag);

const read = (args: readonly string[], environment: Given = {}): Config | string => {
  const line = readLine(args, environment, {
    ...{ program: 'start', version: '1.2.3', about: 'The fake.', notes: 'Exit code: 0.' },
    settings: Object.values(settings),
  });
  return line.kind === 'run' ? readConfig(line.read) : line.text;
};

const refusal = (args: readonly string[], environment: Given = {}): string => {
  try {
    read(args, environment);
  } catch (error) {
    if (error instanceof CannotRun) return error.message;
    throw error;
  }
  throw new Error('Nothing was refused.');
};

test('nothing said is the default', () => {
  expect(read([])).toEqual(defaultConfig);
  expect(read([], { INVITATIONS_MOCK_PORT: '', PATH: 'x' })).toEqual(defaultConfig);
});

describe('a setting', () => {
  test.each([
    ['--port', '0', { port: 0 }],
    ['-p', '65535', { port: 65_535 }],
    ['--host', '0.0.0.0', { host: '0.0.0.0' }],
    ['--scenario', 'many-pages', { scenario: 'many-pages' }],
    ['--scenario-size', '5', { scenarioSize: 5 }],
    ['--seed', '4294967295', { seed: 4_294_967_295 }],
    ['--start-time', '2026-01-31T09:00:00Z', { startTime: Date.UTC(2026, 0, 31, 9) }],
    ['--start-time', '2026-01-31', { startTime: Date.UTC(2026, 0, 31) }],
    ['--page-size', '1', { pageSize: 1 }],
    ['--delivery', 'by-hand', { delivery: 'by-hand' }],
    ['--delivery-delay', '250', { deliveryDelayMs: 250 }],
    ['--delivery-delay', '2s', { deliveryDelayMs: 2_000 }],
    ['--delivery-delay', '1m', { deliveryDelayMs: 60_000 }],
    ['--accept-url', 'http://localhost/{id}', { acceptUrl: 'http://localhost/{id}' }],
    [
      '--smtp',
      'smtp://u:p@localhost:1025',
      { smtp: { host: 'localhost', port: 1_025, isTls: false, user: 'u', password: 'p' } },
    ],
    ['--validation', 'enforce', { validation: 'enforce' }],
    ['--cors-origins', '*', { corsOrigins: { kind: 'any' } }],
    ['--cors-origins', 'none', { corsOrigins: { kind: 'list', origins: [] } }],
    ['--cors-origins', 'loopback', { corsOrigins: { kind: 'loopback' } }],
    [
      '--cors-origins',
      'http://a.test, https://b.test:8443',
      { corsOrigins: { kind: 'list', origins: ['http://a.test', 'https://b.test:8443'] } },
    ],
    ['--body-limit', '1024', { bodyLimit: 1_024 }],
    ['--log-level', 'debug', { logLevel: 'debug' }],
    ['--log-format', 'json', { logFormat: 'json' }],
    ['--write-env', '/tmp/x', { writeEnv: '/tmp/x' }],
    ['--env-file', '/tmp/x', { writeEnv: '/tmp/x' }],
    ['--admin-token', 't', { adminToken: 't' }],
    ['--secret', 's', { secret: 's' }],
  ])('%s %s', (flag, value, expected) => {
    expect(read([flag, value])).toEqual({ ...defaultConfig, ...expected });
    const name = flag === '-p' ? 'port' : flag.slice(2);
    expect(read([], { [variableOf(name)]: value })).toEqual({ ...defaultConfig, ...expected });
  });

  test('counts as a flag more than as a variable, and of two flags the last', () => {
    const environment = { INVITATIONS_MOCK_PORT: '1', INVITATIONS_MOCK_BANNER: 'false' };
    expect(read(['--port', '2', '--port', '3', '--banner'], environment)).toMatchObject({
      port: 3,
      banner: true,
    });
  });

  test.each([
    [['--no-banner'], {}, { banner: false }],
    [['--trust-proxy'], {}, { trustProxy: true }],
    [[], { INVITATIONS_MOCK_TRUST_PROXY: 'true' }, { trustProxy: true }],
    [[], { INVITATIONS_MOCK_BANNER: 'false' }, { banner: false }],
    [[], { INVITATIONS_MOCK_BANNER: '0' }, { banner: false }],
  ])('is switched by %j and %j', (args, environment, expected) => {
    expect(read(args, environment)).toEqual({ ...defaultConfig, ...expected });
  });
});

describe('is refused in one line that names the setting, its value and what it takes', () => {
  test.each([
    ['port', '65536'],
    ['port', '-1'],
    ['port', '80.5'],
    ['port', ' '],
    ['port', '0x10'],
    ['scenario', 'teams'],
    ['seed', '4294967296'],
    ['start-time', 'yesterday'],
    ['start-time', '2026-13-01'],
    ['page-size', '0'],
    ['delivery', 'later'],
    ['delivery-delay', '2 s'],
    ['delivery-delay', '-1s'],
    ['accept-url', 'http://localhost/{token}'],
    ['accept-url', 'localhost/{id}'],
    ['validation', 'strict'],
    ['cors-origins', 'localhost:5173'],
    ['cors-origins', 'http://a.test/'],
    ['cors-origins', 'http://a.test,'],
    ['body-limit', '1023'],
    ['log-level', 'loud'],
    ['log-format', 'xml'],
  ])('--%s=%s', (flag, value) => {
    const message = refusal([`--${flag}=${value}`]);
    expect(message).toContain(`--${flag} is "${value}", but it takes `);
    expect(message).not.toContain('\n');
    const variable = variableOf(flag);
    expect(refusal([], { [variable]: value })).toContain(
      `${variable} is "${value}", but it takes `,
    );
  });

  test('but not its value, where that may hold a password', () => {
    const value = 'smtp//user:hunter2@mail.test';
    const words = 'is not what it has to be, but it takes smtp://HOST:PORT';
    for (const message of [
      refusal([`--smtp=${value}`]),
      refusal([], { [variableOf('smtp')]: value }),
    ]) {
      expect(message).toContain(words);
      expect(message).not.toContain('hunter2');
    }
  });

  test.each([
    [['--prot', '1'], '--prot'],
    [['--port'], '--port'],
    [['--trust-proxy=yes'], '--trust-proxy'],
    [['--no-port'], 'port'],
    [['stray'], 'too many arguments'],
    [['-x'], '-x'],
  ])('%j', (args, named) => {
    const message = refusal(args);
    expect(message).toContain(named);
    expect(message).toContain('--help');
    expect(message).not.toContain('\n');
  });

  test('a switch that is neither true nor false', () => {
    expect(refusal([], { INVITATIONS_MOCK_BANNER: 'yes' })).toBe(
      'INVITATIONS_MOCK_BANNER is "yes", but it takes true or false.',
    );
  });
});

test('a flag without its value is refused by name', () => {
  for (const args of [['--host='], ['--host', ''], ['--host', '--banner']])
    expect(refusal(args)).toBe('--host needs a value: --host ADDRESS.');
});

test('what is nearly a flag is answered with the flag', () => {
  expect(refusal(['--prot', '1'])).toContain('(Did you mean --port?)');
});

test('help and version come before everything else that is said', () => {
  expect(read(['--help', '--port', 'x'])).toContain('Usage: start [options]');
  expect(read(['-v', '--port', 'x'])).toBe('1.2.3\n');
});

test('help tells of every flag, its variable, and its default as README.md has it', () => {
  const help = read(['--help']);
  const text = typeof help === 'string' ? help.replaceAll(/\s+/g, ' ') : '';
  for (const { flag, help: said, variable, placeholder, otherwise } of Object.values(settings)) {
    const fallback = placeholder === undefined ? '' : `default: ${otherwise}; `;
    expect(text).toContain(`--${flag}${placeholder === undefined ? '' : ` ${placeholder}`} `);
    expect(text).toContain(`${said} (${fallback}${variable})`);
  }
  expect(text).not.toContain('--env-file');
});
