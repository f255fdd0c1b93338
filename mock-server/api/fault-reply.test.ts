// The words of an answer that a fault gives in the place of the API, and when it says to come back.
import { expect, test } from '@jest/globals';
import { invitations, running } from '../running.suite.ts';

const fake = running();

test.each([
  [{ status: 429 }, 'Request was throttled. Expected available in 1 second.', '1'],
  [{ status: 429, retry_after: 0 }, 'Request was throttled. Expected available in 0 seconds.', '0'],
  [{ status: 429, retry_after: 9 }, 'Request was throttled. Expected available in 9 seconds.', '9'],
  [{ status: 500 }, 'A server error occurred.', undefined],
  [{ status: 502 }, 'Bad gateway.', undefined],
  [{ status: 503 }, 'Service temporarily unavailable, try again later.', undefined],
  [{ status: 503, retry_after: 5 }, 'Service temporarily unavailable, try again later.', '5'],
  [{ status: 504 }, 'Gateway timeout.', undefined],
])('the fault %j answers "%s"', async (fault, detail, retryAfter) => {
  await fake.ask('PUT', '/_mock/sandboxes/default/faults', { json: { faults: [fault] } });
  const as = fake.server.credentials.apiKeys.OWNER;
  const answer = await fake.ask('GET', invitations, { as });
  expect(answer).toMatchObject({ status: fault.status, json: { detail } });
  expect(answer.headers['retry-after']).toBe(retryAfter);
});
