// A sandbox of a folder that is not in memory ends when its time is over, with its files, and does not come again.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createFileStore } from '../stores/file.ts';
import type { Store } from '../stores/store.ts';
import { openRegistry, plan, time } from './deeds.suite.ts';
import type { Registry } from './registry.ts';

const timeToLiveMs = 3_600_000;

const sweep = async ({ sharing }: Store): Promise<ReadonlySet<string>> =>
  (await sharing?.sweep(new Map()))?.all ?? new Set();

const isThere = (registry: Registry, name: string): unknown =>
  registry.enterNamed(name, {
    ...{ kind: 'read', prepare: () => Promise.resolve() },
    run: (hosted) => hosted !== undefined,
  });

test('what was unloaded ends at its time, also where the next process finds it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-unloaded-'));
  const open = () => createFileStore({ folder, now: () => time.now, warn: () => undefined });
  const filesOf = (name: string): readonly string[] =>
    readdirSync(folder).filter((file) => file.startsWith(name));
  const store = await open();
  const registry = await openRegistry(store, { memoryLimit: 300_000 });
  for (const [name, times] of [
    ['first', 1],
    ['second', 2],
  ] as const) {
    const put = await registry.put(name, { ...plan, timeToLiveMs: times * timeToLiveMs });
    // Nobody has used it for long, so that it gives way to the next.
    if (typeof put !== 'string') put.hosted.lastUsedAt = 0;
  }
  await registry.put('third', plan);
  expect(['first', 'second'].map(registry.find)).toEqual([undefined, undefined]);
  time.now += timeToLiveMs - 1;
  expect(await sweep(store)).toContain('first');
  time.now += 1;
  // What is being written down as it is left ends with the next look.
  while ((await sweep(store)).has('first'));
  expect(filesOf('first')).toEqual([]);
  expect(await isThere(registry, 'first')).toBe(false);
  registry.close();
  await store.close();

  const next = await open();
  const anew = await openRegistry(next);
  expect(await sweep(next)).toContain('second');
  time.now += timeToLiveMs;
  expect(await sweep(next)).not.toContain('second');
  expect(filesOf('second')).toEqual([]);
  expect(await isThere(anew, 'second')).toBe(false);
  expect(await next.names()).toEqual(['default', 'third']);
  anew.close();
  await next.close();
  rmSync(folder, { recursive: true });
});
