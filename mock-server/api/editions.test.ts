// A sandbox serves one edition of the contract: fields and parameters that came later are not there.
import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { isJsonObject } from '../../spec/openapi-document.ts';
import { editions, lackingIn } from '../../spec/vocabulary.ts';
import { startMockServer } from '../server.ts';

const invitations = '/api/v1/invitations/';

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
  } finally {
    await server.close();
  }
});
