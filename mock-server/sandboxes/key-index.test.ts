// Which sandbox a credential leads to, however many sandboxes there are.
import { expect, test } from '@jest/globals';
import { createMemoryStore } from '../stores/memory.ts';
import { openRegistry, plan } from './deeds.suite.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';
import { createKeyIndex } from './key-index.ts';

const nobody = { scheme: 'api-key', value: 'nobody' } as const;

test('a key that leads nowhere is looked up without a look at any sandbox', async () => {
  const { standard, close } = await openRegistry(createMemoryStore());
  let looks = 0;
  const watched: HostedSandbox = {
    ...standard,
    get sandbox() {
      looks += 1;
      return standard.sandbox;
    },
  };
  const { add, find } = createKeyIndex();
  add(watched);
  looks = 0;
  expect(find(nobody)).toBeUndefined();
  expect(find({ scheme: 'api-key', value: standard.callers.apiKeys.OWNER })).toBe(watched);
  expect(looks).toBe(0);
  close();
});

test('a key that a client has made leads to its sandbox, until that is made new', async () => {
  const registry = await openRegistry(createMemoryStore());
  const made = await registry.put('with-keys', plan);
  if (typeof made === 'string') throw new Error(made);
  const { sandbox, callers } = made.hosted;
  const scope = { organizationId: callers.organizationId, role: 'OWNER' } as const;
  sandbox.execute({
    ...{ type: 'CreateServiceAccount', at: sandbox.clock.now(), name: 'Robot', role: 'OWNER' },
    ...{ caller: { ...callers.people.OWNER, scope }, description: '', ownerId: null },
    ...{
      email: 'robot@example.com',
      userId: 'auth0|robot',
      membershipId: 'auth0|seat',
      key: 'made',
    },
  });
  const nameFor = (value: string) =>
    registry.enter(
      { scheme: 'api-key', value },
      {
        ...{ kind: 'read', prepare: () => Promise.resolve() },
        run: (hosted) => hosted.sandbox.name,
      },
    );
  expect(nameFor('made')).toBe('with-keys');
  await registry.openAnew(made.hosted, plan);
  expect(nameFor('made')).toBe('default');
  registry.close();
});
