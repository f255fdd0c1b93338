// Sandboxes whose store fails in a part, or has lost them to another process: what is done about them here.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { aRecord } from '../sandbox/traffic.suite.ts';
import { createFileStore } from '../stores/file.ts';
import { StoreError, type Sharing, type Store } from '../stores/store.ts';
import { trafficOf } from '../stores/traffic.suite.ts';
import { openRegistry, plan } from './deeds.suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-shared-'));
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  rmSync(folder, { recursive: true });
});

/** A folder's store, but for what is changed of it. */
const open = async (change: (store: Store, sharing: Sharing) => Store) => {
  const store = await createFileStore({ folder, warn: () => undefined });
  if (store.sharing === undefined) throw new Error('It shares nothing.');
  const registry = await openRegistry(change(store, store.sharing));
  ends.push(() => {
    registry.close();
    return store.close();
  });
  return registry;
};

test('a sandbox is new also where its traffic cannot be cleared', async () => {
  const registry = await open((store, sharing) => {
    const clear = () => Promise.reject(new StoreError('unavailable', 'It is away.'));
    return { ...store, sharing: { ...sharing, traffic: { ...trafficOf(store), clear } } };
  });
  const { standard } = registry;
  const { frozen: before } = standard.plan;
  expect(await registry.openAnew(standard, { ...plan, frozen: !before })).toBe('done');
  expect(standard.sandbox.clock.isFrozen()).toBe(!before);
});

test('who follows a sandbox that a list finds gone is told its end', async () => {
  const registry = await open((store) => ({ ...store, names: () => Promise.resolve(['default']) }));
  const put = await registry.put('gone', plan);
  if (typeof put === 'string') throw new Error(put);
  const told: string[] = [];
  const nothing = (): void => undefined;
  const ended = (reason: string): number => told.push(reason);
  put.hosted.sandbox.traffic.subscribe({ recorded: nothing, cleared: nothing, ended });
  await registry.each(({ sandbox }) => sandbox.name);
  expect(told).toEqual(['The sandbox "gone" has ended.']);
});

test('a list reads the traffic of few sandboxes at once', async () => {
  const sizes: number[] = [];
  const registry = await open((store, sharing) => {
    const traffic = trafficOf(store);
    const read: typeof traffic.read = (known) => {
      sizes.push(known.length);
      return traffic.read(known);
    };
    return { ...store, sharing: { ...sharing, traffic: { ...traffic, read } } };
  });
  for (let count = 1; count <= 60; count += 1) {
    const put = await registry.put(`s${count}`, plan);
    if (typeof put !== 'string') put.hosted.sandbox.traffic.record(aRecord(count));
  }
  const counts = await registry.each(({ sandbox }) => sandbox.traffic.counts().exchanges);
  expect(counts.reduce((sum, count) => sum + count)).toBe(60);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(20);
});
