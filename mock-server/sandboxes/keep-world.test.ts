// A long history, replayed without keeping other requests from their turn.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Event } from '../../domain/events.ts';
import { replay } from '../../domain/replay.ts';
import { sliceLength } from '../../fixtures/scenario-builder.ts';
import { createFileStore } from '../stores/file.ts';
import { head, readJournal, writeLines } from '../stores/journal-lines.ts';
import { createMemoryStore } from '../stores/memory.ts';
import { openRegistry, plan } from './deeds.suite.ts';
import { captureWorld, rebuild, restoreWorld, sliceEvents } from './keep-world.ts';

const history = Array.from({ length: sliceEvents * 5 }, (_, place): Event => {
  const userId = `user-${place}`;
  const email = `${userId}@example.com`;
  const more = { pictureUrl: null, kind: 'person' } as const;
  return { type: 'UserRegistered', at: 0, userId, name: userId, email, ...more };
});
const { users } = replay(history).directory;

/** How many others had a turn meanwhile. */
const turnsDuring = async (work: () => Promise<void>): Promise<number> => {
  let turns = 0;
  const count = (): void => {
    turns += 1;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  await work();
  clearImmediate(counting);
  return turns;
};

test('a long history is replayed in slices, and leads to the same', async () => {
  const turns = await turnsDuring(async () => {
    expect((await rebuild(history)).directory.users).toEqual(users);
  });
  expect(turns).toBeGreaterThanOrEqual(4);
});

test('a snapshot with a long history is restored in slices', async () => {
  const { standard, close } = await openRegistry(createMemoryStore());
  const image = { ...captureWorld(standard), history };
  expect(await turnsDuring(() => restoreWorld(standard, image))).toBeGreaterThanOrEqual(4);
  expect(standard.sandbox.state().directory.users).toEqual(users);
  close();
});

test('a sandbox with a long history is made and reset in slices', async () => {
  const { put, openAnew, close } = await openRegistry(createMemoryStore());
  const scenarioSize = sliceEvents * 2;
  const long = { ...plan, scenario: 'many-pages', scenarioSize } as const;
  const made = await put('long', long);
  if (typeof made === 'string') throw new Error(made);
  const { hosted } = made;
  const turns = await turnsDuring(async () => {
    await openAnew(hosted, long);
  });
  expect(turns).toBeGreaterThanOrEqual(scenarioSize / sliceLength + 3);
  close();
});

test('a sandbox with a long history is read and loaded in slices', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-long-'));
  const open = () => createFileStore({ folder, warn: () => undefined });
  const scenarioSize = sliceEvents * 5;
  const first = await open();
  const before = await openRegistry(first);
  await before.put('long', { ...plan, scenario: 'many-pages', scenarioSize });
  before.close();
  await first.close();

  const store = await open();
  const events = await store.load('long');
  const journal = Buffer.from(`${head}${writeLines(events, true)}`);
  const turnsOfReading = await turnsDuring(async () => {
    expect((await readJournal(journal))?.events).toEqual(events);
  });
  expect(turnsOfReading).toBeGreaterThanOrEqual(2);
  // The disk gives others their turn too, and is out of it here.
  const registry = await openRegistry({ ...store, load: () => Promise.resolve(events) });
  const turns = await turnsDuring(async () => {
    const size = await registry.enterNamed('long', {
      ...{ kind: 'read', prepare: () => Promise.resolve() },
      run: (hosted) => hosted?.sandbox.state().slots.size,
    });
    expect(size).toBeGreaterThanOrEqual(scenarioSize);
  });
  expect(turns).toBeGreaterThanOrEqual(10);
  registry.close();
  await store.close();
  rmSync(folder, { recursive: true });
});
