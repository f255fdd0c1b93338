// One process at a time has a folder. A lock that its owner has left behind by dying is taken over.
import { randomUUID } from 'node:crypto';
import {
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { codeOf } from './store.ts';

type Owner = { readonly pid: number; readonly startedAt: string; readonly host: string };

/** How often the owner shows that it lives, for those who cannot look at its process. */
const showMs = 5_000;
const silentMs = 30_000;

/** In ticks since the machine was started, so that another process of the same number is told apart; empty where nobody says. */
const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program may hold anything; it ends with the last bracket. [proc_pid_stat(5), 22]
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
};

const ownerIn = (text: string): Owner | undefined => {
  const [pid = '', startedAt = '', ...host] = text.split(' ');
  return /^\d+$/.test(pid) ? { pid: Number(pid), startedAt, host: host.join(' ') } : undefined;
};

const isAlive = ({ pid, startedAt, host }: Owner, shownAt: number): boolean => {
  if (host !== hostname()) return Date.now() - shownAt < silentMs;
  return isRunning(pid) && startOf(pid) === startedAt;
};

/** Who has the lock; undefined when nobody has it any longer. */
const holderOf = (path: string): Owner | undefined => {
  const owner = ownerIn(readFileSync(path, 'utf8'));
  return owner !== undefined && isAlive(owner, statSync(path).mtimeMs) ? owner : undefined;
};

const attempt = (act: () => void, allowed: string): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    if (codeOf(error) === allowed) return false;
    throw error;
  }
};

/** Whether both paths lead to the same now; false where there was something at the second. */
const link = (from: string, to: string): boolean =>
  attempt(() => {
    linkSync(from, to);
  }, 'EEXIST');

/** Puts a lock that nobody holds aside; another process may have put its own in that place meanwhile, and has it back. */
const putAside = (path: string): void => {
  const aside = `${path}.${randomUUID()}`;
  const isAside = attempt(() => {
    renameSync(path, aside);
  }, 'ENOENT');
  if (!isAside) return;
  if (holderOf(aside) !== undefined) link(aside, path);
  rmSync(aside);
};

/** A lock that is not shown, or that is left behind, is taken over; what is worse is said by who writes to the folder. */
const mayFail = (act: () => void): void => {
  try {
    act();
  } catch {
    // The folder only reads now, or is gone.
  }
};

/** Throws when another process has the folder. Gives what lets it go. */
export const lockFolder = (folder: string): (() => void) => {
  const path = join(folder, 'lock');
  const own = `${path}.${randomUUID()}`;
  writeFileSync(own, `${process.pid} ${startOf(process.pid)} ${hostname()}`, {
    flag: 'wx',
    mode: 0o600,
  });
  try {
    while (!link(own, path)) {
      let holder: Owner | undefined;
      if (!attempt(() => (holder = holderOf(path)), 'ENOENT')) continue;
      if (holder !== undefined) {
        throw new Error(
          `The folder ${folder} is in use by process ${holder.pid} on ${holder.host}; stop it, or take another folder.`,
        );
      }
      putAside(path);
    }
  } finally {
    rmSync(own);
  }
  const show = setInterval(() => {
    const now = new Date();
    mayFail(() => {
      utimesSync(path, now, now);
    });
  }, showMs).unref();
  return () => {
    clearInterval(show);
    mayFail(() => {
      rmSync(path, { force: true });
    });
  };
};
