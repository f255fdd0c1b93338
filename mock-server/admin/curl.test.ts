// The command that asks the same again, run by a real shell and a real curl where there is one.
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { KeptExchange } from '../sandbox/traffic.ts';
import { invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';
import { toCurl } from './curl.ts';

const fake = running();
const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) process.stderr.write('There is no curl here, so its commands are not carried out.\n');

const curlOf = (request: Partial<KeptExchange['request']>, variable?: string): string => {
  const whole = { method: 'GET', target: '/', headers: {}, body: null, ...request };
  return toCurl('http://localhost:1', whole, variable);
};

const newest = async (): Promise<unknown> => {
  const { json } = await fake.ask('GET', '/_mock/traffic?limit=1');
  return listOf(json, 'exchanges')[0];
};

type Asked = Parameters<typeof fake.ask>;

/** Asks, carries out the command that traffic has of it, and compares what has come of both. */
const repeat = async (
  ...asked: Asked
): Promise<{ readonly first: unknown; readonly again: unknown }> => {
  await fake.ask(...asked);
  const first = await newest();
  await promisify(execFile)('sh', ['-c', textOf(first, 'curl')], {
    env: { ...process.env, ...fake.server.env },
    timeout: 20_000,
  });
  return { first, again: await newest() };
};

const owner = (): string => fake.server.credentials.apiKeys.OWNER;

(hasCurl ? describe : describe.skip)('carried out', () => {
  const type = 'application/json';
  test.each<[string, Asked[0], string, Omit<NonNullable<Asked[2]>, 'as'>]>([
    ['a list', 'GET', `${invitations}?email=it's%20$(id)&role[]={a,b}`, {}],
    ['a HEAD', 'HEAD', invitations, {}],
    ['a path with dots', 'GET', `${invitations}../x`, {}],
    ['a create', 'POST', invitations, { json: { email: "o'hara@example.com", role: 'VIEWER' } }],
    [
      'lines and signs',
      'POST',
      invitations,
      {
        body: '{"email": "Zoë\u2028@x",\n\t"role": "`id`$HOME\\\\!"}\n',
        headers: { 'content-type': type },
      },
    ],
    [
      'an @ that is no file',
      'POST',
      invitations,
      { body: '@/etc/passwd', headers: { 'content-type': type } },
    ],
    [
      'bytes that are no text',
      'POST',
      invitations,
      { body: Buffer.from([0x7b, 0, 0x27, 0xff, 0x25, 0x0a]), headers: { 'content-type': type } },
    ],
    ['a body of no type', 'POST', invitations, { body: 'a=b' }],
    [
      'odd headers',
      'GET',
      invitations,
      { headers: { 'x-odd': '$(id) \'"; \xe9 \xff', 'x-empty': '', accept: 'application/json' } },
    ],
    ['no path', 'OPTIONS', '*', {}],
  ])('%s is the same again', async (_, method, target, asked) => {
    const { first, again } = await repeat(method, target, { as: owner(), ...asked });
    expect(memberOf(again, 'sequence')).toBe(Number(memberOf(first, 'sequence')) + 1);
    expect(memberOf(again, 'caller')).toEqual(memberOf(first, 'caller'));
    const [before, after] = [memberOf(first, 'request'), memberOf(again, 'request')];
    expect(memberOf(after, 'method')).toBe(method);
    expect(memberOf(after, 'target')).toBe(memberOf(before, 'target'));
    expect(memberOf(after, 'body')).toBe(memberOf(before, 'body'));
    for (const name of ['content-type', 'x-odd', 'x-empty']) {
      expect(memberOf(memberOf(after, 'headers'), name)).toBe(
        memberOf(memberOf(before, 'headers'), name),
      );
    }
  });
});

describe('of credentials', () => {
  test.each<[string, () => string]>([
    ['CONTRACT_AUTH_OWNER', () => fake.server.credentials.apiKeys.OWNER],
    ['CONTRACT_AUTH_VIEWER_JWT', () => fake.server.credentials.jwts.VIEWER],
    ['CONTRACT_AUTH_OUTSIDER', () => fake.server.credentials.outsider],
    ['CONTRACT_AUTH_INVITEE', () => fake.server.credentials.invitee],
  ])('it names the variable %s', async (variable, credential) => {
    await fake.ask('GET', invitations, { as: credential() });
    const curl = textOf(await newest(), 'curl');
    expect(curl).toContain(`-H "Authorization: $${variable}" `);
    expect(curl).not.toContain(credential().split(' ')[1]);
  });

  test.each(['Bearer not-a-token', 'Api-Key nobody', 'Digest x', 'nothing'])(
    'it shows of "%s" no more than the scheme',
    async (as) => {
      await fake.ask('GET', invitations, { as, headers: { cookie: 'a=b' } });
      const curl = textOf(await newest(), 'curl');
      expect(curl).toMatch(/-H 'Authorization: (?:\w+(?:-\w+)? )?\[redacted\]'/);
      expect(curl.toLowerCase()).not.toContain('cookie');
    },
  );
});

describe('in words', () => {
  test('it says that a body is too long for a command', () => {
    const curl = curlOf({ method: 'POST', body: 'x'.repeat(10_000) });
    expect(curl).toMatch(/^# The body has 10000 bytes, .*body\.bin first\.\ncurl .*@body\.bin/);
    expect(curl.length).toBeLessThan(500);
  });

  test('it says that nobody read the body', () => {
    const curl = curlOf({ method: 'POST', headers: { 'content-length': '7' } });
    expect(curl).toMatch(/^# The server did not read the body .*\ncurl -i -X POST /);
  });
});
