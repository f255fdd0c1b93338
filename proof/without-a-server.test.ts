// The suites, unchanged, over the fake without a server: what they send through `node:http` never meets a socket. Each run of
// the tests asks a few topics of each room that a request passes; every night it is all of them.
import { expect, test } from '@jest/globals';
import { setupServer } from 'msw/node';
import { runContracts } from '../contracts/engine/run.ts';
import { createInvitationsHandlers } from '../mock-server/msw.ts';

const isWhole = process.env['SUITES'] === 'whole';
const topics = ['create', 'pages', 'resend', 'media-types.takes-form', 'errors.no-body', 'headers'];

test('no rule is broken', async () => {
  await using fake = await createInvitationsHandlers({
    pageSize: 10,
    // The suites judge every exchange themselves.
    validation: 'off',
  });
  const server = setupServer(...fake.handlers);
  server.listen({ onUnhandledRequest: 'error' });
  try {
    const { result } = await runContracts({
      target: {
        kind: 'fake',
        name: 'the fake without a server',
        env: {
          ...fake.sandbox.env,
          CONTRACT_RUNS: '1',
          CONTRACT_ONLY: isWhole ? '' : topics.join(),
        },
        close: () => Promise.resolve(),
      },
      signal: new AbortController().signal,
      warn: () => undefined,
    });
    const failed = result.checks.filter(
      ({ verdict }) => verdict !== 'passed' && verdict !== 'not exercised',
    );
    expect(failed.map(({ rule, title, verdict }) => ({ rule, title, verdict }))).toEqual([]);
    expect(result.checks.filter(({ verdict }) => verdict === 'passed').length).toBeGreaterThan(
      isWhole ? 2_000 : 150,
    );
  } finally {
    server.close();
  }
});
