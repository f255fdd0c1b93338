// The server as a whole: what it hands over, how it ends, and what its settings change.
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { afterAll, describe, expect, test } from '@jest/globals';
import { bannerText } from './banner.ts';
import { defaultConfig } from './config/config.ts';
import { anAddress, askAt, invitations, memberOf, textOf, type Ask } from './running.suite.ts';
import { startMockServer, type MockServer } from './server.ts';
import type { Config } from './config/settings.ts';

const agent = new Agent();
const started: MockServer[] = [];

afterAll(async () => {
  agent.destroy();
  await Promise.all(started.map((server) => server.close()));
});

const start = async (options: Partial<Config> = {}): Promise<{ server: MockServer; ask: Ask }> => {
  const quiet = { port: 0, logLevel: 'silent', banner: false, validation: 'off' } as const;
  const server = await startMockServer({ ...quiet, ...options });
  started.push(server);
  return { server, ask: askAt(server.url, agent) };
};

describe('what it hands over', () => {
  test('works: each credential is what its name says', async () => {
    const { ask, server } = await start();
    const { CONTRACT_TARGET: target, ...env } = server.env;
    expect(target).toBe(server.url);
    const statusOf = async (name: string): Promise<number> =>
      (await ask('GET', invitations, { as: env[name] })).status;
    const members = ['OWNER', 'ADMIN', 'CONTRIB', 'VIEWER'].flatMap((role) => [
      `CONTRACT_AUTH_${role}`,
      `CONTRACT_AUTH_${role}_JWT`,
    ]);
    for (const name of [...members, 'CONTRACT_AUTH_OUTSIDER'])
      expect(await statusOf(name)).toBe(200);
    expect(await statusOf('CONTRACT_AUTH_INVITEE')).toBe(403);
    expect(await statusOf('CONTRACT_AUTH_EXPIRED')).toBe(401);
    const outside = await ask('GET', invitations, { as: env['CONTRACT_AUTH_OUTSIDER'] });
    const inside = await ask('GET', invitations, { as: env['CONTRACT_AUTH_OWNER'] });
    expect(outside.text).not.toBe(inside.text);
    const json = { email: env['CONTRACT_BOUNCE_EMAIL'], role: 'VIEWER' };
    const bounce = await ask('POST', invitations, { as: env['CONTRACT_AUTH_OWNER'], json });
    const path = `${invitations}${textOf(bounce.json, 'id')}/`;
    const read = await ask('GET', path, { as: env['CONTRACT_AUTH_OWNER'] });
    expect(memberOf(read.json, 'state')).toBe('bounced');
  });

  test('is shown in the banner, with a curl that can be pasted', async () => {
    const { server } = await start();
    const text = bannerText(server, defaultConfig);
    const { apiKeys } = server.credentials;
    for (const key of Object.values(apiKeys)) expect(text).toContain(key);
    expect(text).toContain(`curl -H 'Authorization: ${apiKeys.OWNER}' ${server.url}${invitations}`);
  });

  test('is said in the banner to hold what the scenario or the seed file says', async () => {
    const { server } = await start();
    expect(bannerText(server, defaultConfig)).toContain('Scenario team, seed 1; delivery at-once');
    const text = bannerText(server, { ...defaultConfig, world: 'own.yaml' });
    expect(text).toContain('What own.yaml says; validation report');
    expect(text).not.toContain('Scenario');
  });

  test('is the same for the same seed and secret, after a restart too', async () => {
    const options = { seed: 7, startTime: Date.UTC(2026, 0, 1) };
    const [one, other] = [await start(options), await start(options)];
    expect(one.server.credentials.apiKeys).toEqual(other.server.credentials.apiKeys);
    const as = one.server.credentials.jwts.OWNER;
    const ours = await one.ask('GET', invitations, { as, headers: { host: 'x' } });
    const theirs = await other.ask('GET', invitations, { as, headers: { host: 'x' } });
    expect(theirs).toMatchObject({ status: 200, text: ours.text });
    const elsewhere = await start({ ...options, secret: 'another' });
    expect((await elsewhere.ask('GET', invitations, { as })).status).toBe(401);
  });
});

describe('a setting', () => {
  test('validation off judges nothing', async () => {
    const { ask, server } = await start({ validation: 'off' });
    const { headers, status } = await ask('GET', `${invitations}?role=x`, {
      as: server.credentials.apiKeys.OWNER,
    });
    expect(status).toBe(400);
    expect(headers['sl-violations']).toBeUndefined();
  });

  test('the start time is the time of the sandbox, and its JWTs live by it', async () => {
    const startTime = Date.UTC(2030, 5, 1);
    const { ask, server } = await start({ startTime, delivery: 'by-hand' });
    const as = server.credentials.jwts.OWNER;
    const json = { email: anAddress(), role: 'VIEWER' };
    const created = await ask('POST', invitations, { as, json });
    expect(created.status).toBe(201);
    const path = `${invitations}${textOf(created.json, 'id')}/`;
    expect((await ask('GET', path, { as })).json).toMatchObject({ state: 'pending' });
    const traffic = await ask('GET', '/_mock/traffic');
    expect(traffic.text).toContain('"at":"2030-06-01T00:00:');
  });

  test('a trusted proxy names the address', async () => {
    const { ask, server } = await start({ trustProxy: true });
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'api.example.com' };
    const as = server.credentials.apiKeys.OWNER;
    const { text } = await ask('GET', invitations, { as, headers });
    expect(text).toContain(`"url":"https://api.example.com${invitations}`);
  });

  test('the scenario is what it starts with', async () => {
    const { ask, server } = await start({ scenario: 'empty' });
    const { json } = await ask('GET', invitations, { as: server.credentials.apiKeys.OWNER });
    expect(json).toMatchObject({ count: 0 });
  });
});

describe('the end', () => {
  test('comes after the requests that are under way, and no later', async () => {
    const { server } = await start();
    const { port } = new URL(server.url);
    const body = JSON.stringify({ email: anAddress(), role: 'VIEWER' });
    const socket = connect(Number(port), '127.0.0.1');
    const answered = new Promise<string>((resolve) => {
      let received = '';
      socket.on('data', (chunk) => (received += String(chunk)));
      socket.on('end', () => {
        resolve(received);
      });
    });
    const head = `POST ${invitations} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nAuthorization: ${server.credentials.apiKeys.OWNER}\r\nExpect: 100-continue\r\n\r\n`;
    socket.write(head);
    // The server asks for the body, so the request is under way.
    await new Promise((resolve) => socket.once('data', resolve));
    const startedAt = performance.now();
    const closed = server.close();
    socket.write(body);
    expect(await answered).toContain('HTTP/1.1 201 Created');
    await closed;
    // After five seconds it would have been cut off.
    expect(performance.now() - startedAt).toBeLessThan(4_900);
  });

  test('frees the port, which no two servers can have', async () => {
    const { server } = await start();
    const port = Number(new URL(server.url).port);
    await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.close();
    const again = await start({ port });
    expect(again.server.url).toBe(server.url);
  });
});
