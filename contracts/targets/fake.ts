// The fake as a target, started for the run in this process and reached over real HTTP. The only file of the suites that
// knows the fake at all, and of it no more than how it is started.
import { startMockServer } from '../../mock-server/server.ts';
import { toReadings } from '../../spec/readings.ts';
import { readSettings } from '../settings.ts';
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

/** By the edition and the readings of the settings; the run judges each answer itself. */
export const startFakeAsTold = (env: Target['env']): Promise<Target> => {
  const { edition, readings } = readSettings(env);
  const chosen = toReadings({ ...readings, ...(edition !== undefined && { edition }) });
  return startFake(env, { edition: chosen.edition, readings: chosen, validation: 'off' });
};

/** A fake that can be told to read the contract otherwise: it begins anew then, with the same credentials. */
export const startReader = async (env: Target['env'], options: FakeOptions) => {
  const target = await startFake(env, options);
  const address = `${target.env['CONTRACT_TARGET'] ?? ''}/_mock/sandboxes/default`;
  return {
    target,
    /** What is not named is as at its start. */
    read: async (readings: Readonly<Record<string, string>>): Promise<void> => {
      const { ok, status } = await fetch(address, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ readings }),
      });
      if (!ok) throw new Error(`The fake does not take these readings: ${status}.`);
    },
  };
};

export type Reader = Awaited<ReturnType<typeof startReader>>;
