// The servers that the bench starts: each a process of its own, and none of them outlives the bench.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export type Launch = {
  readonly name: string;
  /** Arguments of node, given the port to listen on. */
  readonly args: (port: number) => readonly string[];
  readonly readyPath: string;
  readonly authorization: string;
};

export type RunningServer = {
  readonly name: string;
  readonly url: string;
  readonly authorization: string;
  /** From the start of its process to its first 200. */
  readonly readyMs: number;
  /** Resident memory in megabytes; null where the system has no /proc. */
  readonly residentMb: () => number | null;
  /** CPU time that its process has used, in milliseconds; null where the system has no /proc. */
  readonly cpuMs: () => number | null;
  /** What became of its process, in words; null while it runs. */
  readonly epitaph: () => string | null;
  readonly stop: () => Promise<void>;
};

export type ServerPool = {
  readonly start: (launch: Launch) => Promise<RunningServer>;
  readonly stopAll: () => Promise<void>;
  /** For the moment when nothing can be waited for. */
  readonly killAll: () => void;
};

const readyPollMs = 5;
const readyDeadlineMs = 60_000;
const stopDeadlineMs = 5_000;

const findFreePort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
};

const statusOf = (url: string, authorization: string): Promise<number | null> =>
  new Promise((resolve) => {
    const request = get(url, { agent: false, headers: { authorization } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    request.on('error', () => {
      resolve(null);
    });
  });

const residentMb = (child: ChildProcess): number | null => {
  if (process.platform !== 'linux' || child.pid === undefined) return null;
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
};

/** A clock tick of /proc is 10 ms on every Linux that Node runs on. */
const cpuMs = (child: ChildProcess): number | null => {
  if (process.platform !== 'linux' || child.pid === undefined) return null;
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
  // Fields are counted from behind the name, which may have spaces in it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

const stop = async (child: ChildProcess): Promise<void> => {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs);
  await ended;
  clearTimeout(kill);
};

/** What a server says on standard output goes nowhere, as cheap as a file; what it says of failures is kept. */
const launch = (args: readonly string[]): { child: ChildProcess; epitaph: () => string | null } => {
  // Express and others behave differently under it, and nobody who starts the product by hand sets it.
  const env = { ...process.env };
  delete env['NODE_ENV'];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-4_000);
  });
  const epitaph = (): string | null => {
    const { exitCode, signalCode } = child;
    if (!hasEnded(child)) return null;
    return `Its process ended with ${signalCode ?? `exit code ${exitCode ?? 'unknown'}`}. ${text.trim()}`;
  };
  return { child, epitaph };
};

export const createServerPool = (): ServerPool => {
  const children = new Set<ChildProcess>();

  const start = async ({ name, args, readyPath, authorization }: Launch) => {
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    const startedAt = performance.now();
    const { child, epitaph } = launch(args(port));
    children.add(child);
    child.once('exit', () => children.delete(child));
    while ((await statusOf(`${url}${readyPath}`, authorization)) !== 200) {
      const isLate = performance.now() - startedAt > readyDeadlineMs;
      if (!hasEnded(child) && !isLate) {
        await pause(readyPollMs);
        continue;
      }
      const reason = epitaph() ?? `It had ${readyDeadlineMs / 1_000} s.`;
      throw new Error(`${name} did not become ready. ${reason}`);
    }
    return {
      name,
      url,
      authorization,
      readyMs: performance.now() - startedAt,
      residentMb: () => residentMb(child),
      cpuMs: () => cpuMs(child),
      epitaph,
      stop: () => stop(child),
    };
  };

  return {
    start,
    stopAll: async () => {
      await Promise.all([...children].map(stop));
    },
    killAll: () => {
      for (const child of children) child.kill('SIGKILL');
    },
  };
};
