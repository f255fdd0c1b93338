// Where all sandboxes together take as much memory as they may, nothing grows any further; reads and deletes go on.
import { expect, test } from '@jest/globals';
import { anAddress, invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';

const fake = running({ validation: 'off', memoryLimit: 200_000 });

test('whatever would make a sandbox grow is refused in words, until there is room again', async () => {
  const { apiKeys, jwts, inviteeEmail } = fake.server.credentials;
  const ask = (method: string, path: string, json?: unknown, as = apiKeys.OWNER) =>
    fake.ask(method, path, path.startsWith('/_mock/') ? { json } : { as, json });
  const invite = () => ask('POST', invitations, { email: anAddress(), role: 'VIEWER' });
  while ((await invite()).status === 201);
  const { json } = await ask('GET', `${invitations}?state=sent`);
  const ids = listOf(json, 'results').map((one) => textOf(one, 'id'));
  const one = `${invitations}${ids[0] ?? ''}/`;
  const account = { name: 'Nightly import', role: 'VIEWER' };
  const growing = [
    await invite(),
    await ask('PATCH', one, { email: anAddress() }),
    await ask('PUT', one, { email: anAddress(), role: 'VIEWER' }),
    await ask('POST', `${one}resend/`),
    await ask('POST', `${one}accept/`, undefined, jwts.VIEWER),
    await ask('POST', '/api/v1/serviceaccounts/', account),
    await ask('POST', '/_mock/sandboxes/default/people', { email: anAddress() }),
    await ask('POST', '/_mock/tokens', { email: anAddress() }),
  ];
  for (const answer of growing) {
    expect([answer.status, memberOf(answer.json, 'detail')]).toEqual([
      507,
      expect.stringContaining('--memory-limit'),
    ]);
  }
  expect((await ask('POST', '/_mock/tokens', { email: inviteeEmail })).status).toBe(201);
  for (const id of ids) {
    expect((await ask('DELETE', `${invitations}${id}/`)).status).toBe(204);
  }
  expect((await invite()).status).toBe(201);
});
