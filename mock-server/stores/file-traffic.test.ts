// Traffic in a folder: what is left of it after its process, and that a folder does not grow with it.
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { createFileStore } from './file.ts';
import { createFileTraffic } from './file-traffic.ts';
import type { Store } from './store.ts';
import { batch, describeTraffic, make, readAll, textsOf, trafficOf } from './traffic.suite.ts';

const folders: string[] = [];

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-traffic-'));
  folders.push(folder);
  return folder;
};

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const open = (folder = aFolder()): Promise<Store> =>
  createFileStore({ folder, warn: () => undefined });

describeTraffic('file', () => open());

test('is there when the folder is opened again, but for what was not written to its end', async () => {
  const folder = aFolder();
  const store = await open(folder);
  await make(store, 'a');
  const { append, now } = trafficOf(store);
  await append([batch('a', now(), ['{"one":1}', '{"two":2}'], { missed: 1 })]);
  await store.close();
  const file = join(folder, 'a.journal.traffic');
  appendFileSync(file, '\n4 9 {"three');
  const again = await open(folder);
  const traffic = trafficOf(again);
  const { era = -1 } = (await readAll(traffic, 'a')) ?? {};
  expect(textsOf(await readAll(traffic, 'a'))).toEqual(['2 {"one":1}', '3 {"two":2}']);
  await traffic.append([batch('a', traffic.now(), ['{"four":4}'])]);
  expect(textsOf((await traffic.read([{ name: 'a', after: 3, era }]))[0])).toEqual([
    '4 {"four":4}',
  ]);
  await again.close();
});

test('keeps no more than twice what it is told to, and the newest of it', async () => {
  const folder = aFolder();
  const store = await open(folder);
  await make(store, 'a');
  const { append, now } = trafficOf(store);
  const bounds = { exchanges: 20, characters: 1_000 };
  for (let count = 1; count <= 90; count += 1) {
    await append([batch('a', now(), [`${count}`.padStart(100, 'x')], { bounds })]);
    expect(statSync(join(folder, 'a.journal.traffic')).size).toBeLessThan(3_000);
  }
  const { exchanges = [] } = (await readAll(trafficOf(store), 'a')) ?? {};
  expect(exchanges.length).toBeGreaterThanOrEqual(10);
  expect(exchanges.at(-1)).toEqual({ sequence: 90, text: '90'.padStart(100, 'x') });
  await store.close();
});

test('one that is too long alone stays, and no place is given twice', async () => {
  const store = await open();
  await make(store, 'a');
  const { append, read, now } = trafficOf(store);
  const bounds = { exchanges: 20, characters: 10 };
  await append([batch('a', now(), ['x'])]);
  const { era = -1 } = (await readAll(trafficOf(store), 'a')) ?? {};
  const long = 'y'.repeat(30);
  await append([batch('a', now(), [long], { bounds, missed: 2 })]);
  expect(textsOf((await read([{ name: 'a', after: 1, era }]))[0])).toEqual([`4 ${long}`]);
  await append([batch('a', now(), [], { missed: 1 })]);
  await readAll(trafficOf(store), 'a');
  await append([batch('a', now(), ['z'])]);
  expect(textsOf((await read([{ name: 'a', after: 4, era }]))[0])).toEqual(['6 z']);
  await store.close();
});

/** Of a sandbox `a`, by a clock that can be set. */
const aClocked = () => {
  const folder = aFolder();
  const file = join(folder, 'a');
  writeFileSync(file, '');
  const clock = { time: 2_000 };
  const start = () =>
    createFileTraffic(
      folder,
      () => file,
      () => clock.time,
    );
  return { file: `${file}.traffic`, clock, start };
};

test.each(['the same process', 'the next one'])(
  'what comes after all was cleared counts in %s, also by a clock that was set back',
  async (which) => {
    const { clock, start } = aClocked();
    const first = start();
    await first.clear('a');
    clock.time = 1_000;
    const traffic = which === 'the next one' ? start() : first;
    await traffic.append([batch('a', traffic.now(), ['x'])]);
    expect(textsOf(await readAll(traffic, 'a'))).toEqual(['1 x']);
  },
);

test('who follows it reads no more than what was added', async () => {
  const { file, start } = aClocked();
  const traffic = start();
  const add = (text: string) => traffic.append([batch('a', traffic.now(), [text])]);
  await add('é');
  const { era = -1 } = (await readAll(traffic, 'a')) ?? {};
  // What was read is not there any longer.
  writeFileSync(file, ' '.repeat(statSync(file).size));
  for (const [after, text] of ['y', 'z'].entries()) {
    await add(text);
    const [tail] = await traffic.read([{ name: 'a', after: after + 1, era }]);
    expect(textsOf(tail)).toEqual([`${after + 2} ${text}`]);
  }
});

test('goes with its sandbox, also where that went without this program', async () => {
  const folder = aFolder();
  const store = await open(folder);
  const stream = await make(store, 'a');
  await make(store, 'b');
  const { append, now } = trafficOf(store);
  await append([batch('a', now(), ['x']), batch('b', now(), ['x'])]);
  stream.remove();
  await store.close();
  const files = (): readonly string[] => readdirSync(folder).filter((file) => file !== 'lock');
  expect(files().some((file) => file.startsWith('a.'))).toBe(false);
  rmSync(join(folder, 'b.journal'));
  await (await open(folder)).close();
  expect(files().filter((file) => file.endsWith('.traffic'))).toEqual([]);
});

test('a file that another version has written begins anew', async () => {
  const folder = aFolder();
  const store = await open(folder);
  await make(store, 'a');
  const { append, now } = trafficOf(store);
  writeFileSync(join(folder, 'a.journal.traffic'), '{"version":2}\n1 1 x');
  expect(textsOf(await readAll(trafficOf(store), 'a'))).toEqual([]);
  await append([batch('a', now(), ['y'])]);
  expect(textsOf(await readAll(trafficOf(store), 'a'))).toEqual(['1 y']);
  await store.close();
});
