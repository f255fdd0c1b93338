// The contract suites against three replicas on one PostgreSQL.
import { expect } from '@jest/globals';
import { runContracts } from '../contracts/engine/run.ts';
import { isFailure } from '../contracts/engine/verdict.ts';
import { exitCodeOf } from '../contracts/result.ts';
import { toRemote } from '../contracts/targets/remote.ts';
import { startPostgres } from '../mock-server/stores/postgres/postgres-server.suite.ts';
import { startReplicas } from '../mock-server/stores/postgres/replicas.suite.ts';

/** `least`: how many checks there are at least. */
export const passOnReplicas = async (
  env: Readonly<Record<`CONTRACT_${string}`, string>>,
  least: number,
): Promise<void> => {
  const postgres = await startPostgres();
  const fake = await startReplicas(await postgres.newAddress(), 3);
  const target = toRemote(fake.url, {
    ...fake.servers[0]?.env,
    ...{ CONTRACT_YES: '1', CONTRACT_STRICT: '1', ...env },
  });
  const { signal } = new AbortController();
  const { result } = await runContracts({ target, signal, warn: () => undefined });
  await fake.close();
  await postgres.end();
  const of = (verdict: string) => result.checks.filter((check) => check.verdict === verdict);
  expect(result.checks.filter(({ verdict }) => isFailure(verdict))).toEqual([]);
  expect(exitCodeOf(result)).toBe(0);
  expect(of('passed').length).toBeGreaterThan(least);
};
