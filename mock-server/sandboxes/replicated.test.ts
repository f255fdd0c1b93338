// Sandboxes in memory, in a folder and in PostgreSQL with two replicas that take turns, held against each other: whatever is
// done, all show the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { array, assert, asyncProperty } from 'fast-check';
import { createMemoryStore } from '../stores/memory.ts';
import { startPostgres, type PostgresServer } from '../stores/postgres/postgres-server.suite.ts';
import { createPostgresStore } from '../stores/postgres/postgres.ts';
import {
  deeds,
  openFolder,
  openRegistry,
  plan,
  shown,
  step,
  time,
  type Opened,
} from './deeds.suite.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';
import type { Registry } from './registry.ts';

const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-replicated-'));
const opened: Opened[] = [];
let postgres: PostgresServer;

const openReplica = async (address: string): Promise<Opened> => {
  const store = await createPostgresStore({ address, now: () => time.now });
  const registry = await openRegistry(store);
  return {
    registry,
    close: () => {
      registry.close();
      return store.close();
    },
  };
};

beforeAll(async () => {
  postgres = await startPostgres();
  const address = await postgres.newAddress();
  const memory = await openRegistry(createMemoryStore());
  opened.push(
    {
      registry: memory,
      close: () => {
        memory.close();
        return Promise.resolve();
      },
    },
    await openFolder(folder),
    await openReplica(address),
    await openReplica(address),
  );
});

afterAll(async () => {
  for (const { close } of opened) await close();
  await postgres.end();
  rmSync(folder, { recursive: true });
});

/** What is due afterwards happens at once, as it does where a turn ends. */
const inSandbox = async <Given>(
  { enterNamed }: Registry,
  name: string,
  work: (hosted: HostedSandbox) => Given | Promise<Given>,
): Promise<Given> =>
  enterNamed(name, {
    kind: 'write',
    prepare: () => Promise.resolve(),
    run: async (hosted) => {
      if (hosted === undefined) throw new Error(`There is no ${name}.`);
      const given = await work(hosted);
      hosted.sandbox.state();
      return given;
    },
  });

test('whatever is done, and by whichever replica, all stores hold the same', async () => {
  let run = 0;
  const property = asyncProperty(array(step, { maxLength: 40 }), async (steps) => {
    run += 1;
    const name = `run-${run}`;
    const [memory, file, one, other] = opened.map(({ registry }) => registry);
    if (memory === undefined || file === undefined) throw new Error('They are open.');
    if (one === undefined || other === undefined) throw new Error('They are open.');
    for (const registry of [memory, file, one]) await registry.put(name, plan);
    for (const [place, { what, number }] of steps.entries()) {
      const three = [memory, file, number % 2 === 0 ? one : other];
      if (what === 'wait') time.now += number;
      const given: unknown[] = [];
      for (const registry of three) {
        given.push(
          await inSandbox(registry, name, (hosted) =>
            what === 'reset'
              ? registry.openAnew(hosted, hosted.plan)
              : deeds.get(what)?.(hosted, number, place + 1),
          ),
        );
      }
      expect(given).toEqual([given[0], given[0], given[0]]);
      const [here, ...elsewhere] = await Promise.all(
        [memory, file, one, other].map((registry) => inSandbox(registry, name, shown)),
      );
      for (const text of elsewhere) expect(text).toBe(here);
    }
  });
  await assert(property, { numRuns: 15 });
});
