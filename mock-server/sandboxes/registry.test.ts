// Sandboxes that are made at the same time: never more than the limit, and one of a name.
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { createFileStore } from '../stores/file.ts';
import { createMemoryStore } from '../stores/memory.ts';
import { StaleError, StoreError, type Store } from '../stores/store.ts';
import { openRegistry, plan } from './deeds.suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-registry-'));

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const openFile = (): Promise<Store> => createFileStore({ folder, warn: () => undefined });

test.each([
  ['memory', () => Promise.resolve(createMemoryStore())],
  ['a folder', openFile],
])('of many that are made at once in %s as many are made as the limit allows', async (_, open) => {
  const store = await open();
  const registry = await openRegistry(store, { limit: 4 });
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const puts = await Promise.all(names.map((name) => registry.put(name, plan)));
  expect(puts.filter((put) => put === 'too-many')).toHaveLength(3);
  registry.close();
  await store.close();
});

test('one that is done while another counts is counted', async () => {
  const store = await openFile();
  let counts = 0;
  let first: Promise<unknown> = Promise.resolve();
  const names: Store['names'] = async () => {
    counts += 1;
    const isSecond = counts === 2;
    const known = await store.names();
    if (isSecond) await first;
    return known;
  };
  const registry = await openRegistry({ ...store, names }, { limit: 2 });
  first = registry.put('first', plan);
  expect(await registry.put('second', plan)).toBe('too-many');
  registry.close();
  await store.close();
});

test('of two that make the same one at once in a folder, one comes again', async () => {
  const store = await openFile();
  const registry = await openRegistry(store);
  const [one, other] = await Promise.allSettled(
    ['same', 'same'].map((name) => registry.put(name, plan)),
  );
  expect(one).toMatchObject({ status: 'fulfilled', value: { isNew: true } });
  expect(other).toMatchObject({ status: 'rejected', reason: expect.any(StaleError) });
  registry.close();
  await store.close();
});

test('one that the store cannot let go of stays, and that is said', async () => {
  const store = await openFile();
  const registry = await openRegistry(store);
  const put = await registry.put('stays', plan);
  if (typeof put === 'string') throw new Error(put);
  renameSync(folder, `${folder}-away`);
  expect(() => {
    registry.remove(put.hosted);
  }).toThrow(StoreError);
  renameSync(`${folder}-away`, folder);
  expect(registry.find('stays')).toBe(put.hosted);
  registry.remove(put.hosted);
  expect(await store.names()).toEqual(['default']);
  registry.close();
  await store.close();
});
