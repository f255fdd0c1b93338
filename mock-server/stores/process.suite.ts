// The fake as a process of its own, to be ended in the middle of what it does.
import { spawn } from 'node:child_process';
import { program, root } from '../../scripts/build-if-stale.ts';

export type Process = {
  readonly url: string;
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
};

export type Bounds = {
  /** What it may write into one file. */
  readonly kibibytes?: number;
  readonly heapMegabytes?: number;
};

/** The fake as a process. */
export const startProcess = async (
  store: string,
  { kibibytes, heapMegabytes }: Bounds = {},
): Promise<Process> => {
  const heap = heapMegabytes === undefined ? '' : `--max-old-space-size=${heapMegabytes}`;
  const start = `exec "$0" ${heap} ${program().join(' ')} start --port 0 --log-level error "$@"`;
  const bounded = `trap "" XFSZ; ulimit -f ${kibibytes ?? 'unlimited'}; ${start}`;
  const child = spawn('bash', ['-c', bounded, process.execPath, '--store', store], { cwd: root });
  let [out, err] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const [, found] = /Invitations API\s+(http:\S+?)\/api/.exec(out) ?? [];
      if (found !== undefined) resolve(found);
    });
    void closed.then(() => {
      reject(new Error(err));
    });
  });
  return {
    url,
    end: async (signal) => {
      child.kill(signal);
      await closed;
    },
  };
};
