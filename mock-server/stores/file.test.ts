// Sandboxes in a folder: what survives the end of a process at any moment, and who may have the folder.
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, expect, jest, test } from '@jest/globals';
import { createFileStore } from './file.ts';
import { lockFolder } from './folder-lock.ts';
import type { Store, StoredEvent } from './store.ts';
import { aSubject } from './subject.suite.ts';
import { describeStore } from './store.suite.ts';

const folders: string[] = [];

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-store-'));
  folders.push(folder);
  return folder;
};

const removeFolders = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
};

afterEach(removeFolders);

for (const compactBytes of [1_048_576, 64]) {
  describeStore(`file, compacted from ${compactBytes} bytes on`, () => {
    const folder = aFolder();
    return {
      open: () => createFileStore({ folder, compactBytes, warn: () => undefined }),
      outlives: true,
      end: removeFolders,
    };
  });
}

const said: string[] = [];
const open = (folder: string): Promise<Store> => {
  said.length = 0;
  return createFileStore({ folder, warn: (message) => said.push(message) });
};

/** A store with these events of the sandbox `one` in it, closed. */
const filled = async (...types: readonly string[]): Promise<string> => {
  const folder = aFolder();
  const store = await open(folder);
  const events = types.map((type): StoredEvent => ({ type }));
  store
    .open(
      'one',
      aSubject(() => events, { onFailure: () => undefined }),
    )
    .restart();
  await store.close();
  return folder;
};

const journalIn = (folder: string): string => join(folder, 'one.journal');

test.each(['0', '00000000.{"type":"x"}\n', '\u0000\u0000\u0000'])(
  'a last record that was not written to its end is dropped, and said: %j',
  async (torn) => {
    const folder = await filled('a', 'b');
    appendFileSync(journalIn(folder), torn);
    const store = await open(folder);
    expect(await store.load('one')).toEqual([{ type: 'a' }, { type: 'b' }]);
    expect(said).toEqual([expect.stringContaining('were not written to their end')]);
    await store.close();
    const again = await open(folder);
    await again.load('one');
    expect(said).toEqual([]);
    await again.close();
  },
);

test('what was written together is there as a whole or not at all', async () => {
  const folder = await filled('a');
  const store = await open(folder);
  await store.load('one');
  const stream = store.open(
    'one',
    aSubject(() => [], { onFailure: () => undefined }),
  );
  for (const type of ['b', 'c']) stream.append({ type });
  await store.close();
  const lines = readFileSync(journalIn(folder), 'utf8').split('\n');
  writeFileSync(journalIn(folder), `${lines.slice(0, -2).join('\n')}\n`);
  const again = await open(folder);
  expect(await again.load('one')).toEqual([{ type: 'a' }]);
  await again.close();
});

test('a journal that was changed in its middle, or emptied, is refused by its name', async () => {
  const folder = await filled('a', 'b');
  const text = readFileSync(journalIn(folder), 'utf8');
  writeFileSync(journalIn(folder), text.replace('"a"', '"x"'));
  const store = await open(folder);
  await expect(store.load('one')).rejects.toThrow(/one\.journal is damaged/);
  for (const rest of ['', text.slice(0, 20), text.slice(0, text.indexOf('\n') + 1)]) {
    writeFileSync(journalIn(folder), rest);
    await expect(store.load('one')).rejects.toThrow(/one\.journal cannot be read: nothing/);
    expect(readFileSync(journalIn(folder), 'utf8')).toBe(rest);
  }
  await store.close();
});

test('a second one may not have the folder', async () => {
  const folder = aFolder();
  const store = await open(folder);
  await expect(open(folder)).rejects.toThrow(`is in use by process ${process.pid}`);
  await store.close();
  await (await open(folder)).close();
});

test.each([
  ['of a process that is gone', (): string => `${spawnSync('true').pid} 1 ${hostname()}`],
  ['of an earlier process of the same number', () => `${process.pid} 1 ${hostname()}`],
  ['that is none', () => 'garbage'],
])('a lock %s is taken over', async (_whose, write) => {
  const folder = aFolder();
  writeFileSync(join(folder, 'lock'), write());
  await (await open(folder)).close();
});

test('a lock of another machine holds as long as its owner shows that it lives', async () => {
  const folder = aFolder();
  const lock = join(folder, 'lock');
  writeFileSync(lock, '1 1 another.example');
  await expect(open(folder)).rejects.toThrow('process 1 on another.example');
  utimesSync(lock, 1, 1);
  await (await open(folder)).close();
});

test('a folder that is gone, or only reads now, ends nobody, and lets everybody go', () => {
  const folder = aFolder();
  jest.useFakeTimers({});
  const unlock = lockFolder(folder);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
  try {
    jest.advanceTimersByTime(60_000);
    unlock();
  } finally {
    jest.useRealTimers();
  }
});

test('a folder that cannot be used is told by its name', async () => {
  const file = join(aFolder(), 'file');
  writeFileSync(file, '');
  await expect(open(file)).rejects.toThrow(`The folder ${file} cannot be written: EEXIST`);
});

/** In one file, which starts in a tenth of the time. */
const compileWriter = async (): Promise<string> => {
  const outfile = join(aFolder(), 'journal-writer.mjs');
  const entry = join(import.meta.dirname, 'journal-writer.suite.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' });
  return outfile;
};

/** Lets it write for a while, kills it, and gives the last number that it said was kept. */
const writeAndDie = (program: string, folder: string, forMs: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, folder]);
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (out === '') setTimeout(() => child.kill('SIGKILL'), forMs);
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('close', (_code, signal) => {
      const whole = out.slice(0, out.lastIndexOf('\n')).split('\n');
      if (signal === 'SIGKILL') resolve(Number(whole.at(-1)));
      else reject(new Error(err));
    });
  });

test('nothing that was kept is lost to a process that is killed, and nothing is there twice', async () => {
  const program = await compileWriter();
  const folder = aFolder();
  const kills = Number(process.env['STORE_KILLS'] ?? 10);
  for (let round = 0; round < kills; round += 1) {
    const kept = await writeAndDie(program, folder, (round * 7) % 60);
    const store = await open(folder);
    const events = await store.load('one');
    await store.close();
    expect(events.length).toBeGreaterThanOrEqual(kept);
    const expected = events.map(
      (_event, place) => `${place - (place % 2)}-${place % 2 === 0 ? 'first' : 'second'}`,
    );
    expect(events.map(({ type }) => type)).toEqual(expected);
  }
});
