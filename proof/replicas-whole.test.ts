// Every check of the contract suites, strictly, against three replicas behind a balancer; and what takes too long for each run.
import { expect, test } from '@jest/globals';
import { killAmidWrites } from '../mock-server/stores/postgres/kills.suite.ts';
import { startPostgres } from '../mock-server/stores/postgres/postgres-server.suite.ts';
import { startReplicas } from '../mock-server/stores/postgres/replicas.suite.ts';
import { invitations, memberOf, textOf } from '../mock-server/running.suite.ts';
import { passOnReplicas } from './replicas.suite.ts';

test('every check passes', () => passOnReplicas({}, 2_000), 600_000);

test('of 10,000 races across replicas each has one winner', async () => {
  const postgres = await startPostgres();
  const { ask, close } = await startReplicas(await postgres.newAddress(), 3, { validation: 'off' });
  const { json } = await ask('PUT', '/_mock/sandboxes/races', { json: { scenario: 'empty' } });
  const as = textOf(memberOf(memberOf(json, 'credentials'), 'OWNER'), 'api_key');
  const race = async (place: number): Promise<void> => {
    const asked = { as, json: { email: `racer-${place}@example.com`, role: 'VIEWER' } };
    const runs = Array.from({ length: 3 }, () => ask('POST', invitations, asked));
    const statuses = (await Promise.all(runs)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 404, 404]);
  };
  for (let from = 0; from < 10_000; from += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, place) => race(from + place)));
  }
  expect((await ask('GET', invitations, { as })).json).toMatchObject({ count: 10_000 });
  await close();
  await postgres.end();
}, 1_800_000);

test('a replica is killed in the middle of writes a hundred times, and nothing that was answered is lost', async () => {
  const postgres = await startPostgres({ isDurable: true });
  await killAmidWrites(await postgres.newAddress(), 100);
  await postgres.end();
}, 1_800_000);
