// The fake as a target, started for the run in this process and reached over real HTTP. The only file of the suites that
// knows the fake at all, and of it no more than how it is started.
import { startMockServer } from '../../mock-server/server.ts';
import type { Target } from '../target.ts';

export type FakeOptions = NonNullable<Parameters<typeof startMockServer>[0]>;

export const startFake = async (env: Target['env'], options: FakeOptions = {}): Promise<Target> => {
  const usual = { port: 0, pageSize: 10, logLevel: 'silent' } as const;
  const server = await startMockServer({ ...usual, ...options });
  return {
    kind: 'fake',
    name: `the fake at ${server.url}`,
    env: { ...env, ...server.env },
    close: () => server.close(),
  };
};
