// A sandbox serves one edition of the contract: fields and parameters that came later are not there.
import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { isJsonObject } from '../../spec/openapi-document.ts';
import { editions, lackingIn, newestEdition, type Edition } from '../../spec/vocabulary.ts';
import { startMockServer, type MockServer } from '../server.ts';

const invitations = '/api/v1/invitations/';

/** A sandbox of another edition than the server's. */
const expectPagesOf = async ({ url }: MockServer, edition: Edition): Promise<void> => {
  const other = edition === newestEdition ? '2021-07-08' : newestEdition;
  const place = `${url}/_mock/sandboxes/other`;
  const headers = { 'content-type': 'application/json' };
  await fetch(place, { method: 'PUT', headers, body: JSON.stringify({ edition: other }) });
  const yaml: unknown = load(await (await fetch(`${place}/openapi.yaml`)).text());
  const json: unknown = await (await fetch(`${place}/openapi.json`)).json();
  const page = await (await fetch(`${place}/docs`)).text();
  expect(yaml).toMatchObject({ info: { version: other } });
  expect(json).toMatchObject({ info: { version: other } });
  expect(page).toContain('Invitations API');
  expect((await fetch(`${place}/docs/swagger-ui.css`)).status).toBe(200);
  expect((await fetch(`${url}/_mock/sandboxes/none/openapi.yaml`)).status).toBe(404);
};

test.each(editions)('%s has its own fields, parameters and document', async (edition) => {
  const server = await startMockServer({ port: 0, logLevel: 'silent', edition, pageSize: 3 });
  try {
    const authorization = server.credentials.apiKeys.OWNER;
    const ask = (path: string): Promise<Response> =>
      fetch(`${server.url}${path}`, { headers: { authorization } });
    const answer = await ask(invitations);
    const page: unknown = await answer.json();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('sl-violations')).toBeNull();
    for (const field of ['inviter_name', 'organization']) {
      const isLacking = lackingIn(edition, 'Invitation').includes(field);
      expect({ field, isThere: JSON.stringify(page).includes(`"${field}"`) }).toEqual({
        field,
        isThere: !isLacking,
      });
    }
    const described: unknown = load(await (await ask('/_mock/openapi.yaml')).text());
    expect(described).toMatchObject({ info: { version: edition } });
    expect(isJsonObject(described)).toBe(true);
    await expectPagesOf(server, edition);
  } finally {
    await server.close();
  }
});
