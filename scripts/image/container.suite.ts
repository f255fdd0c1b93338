// A container of the image's files without an engine: their root is the only one, nothing can be written, the user is
// nobody in particular. It has a mount namespace of its own, so that nothing of it is left behind.
import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { runtime } from './archive.ts';
import { entrypoint } from './tree.ts';

const script = `
tree=$1; user=$2; shift 2
mount --bind "$tree" "$tree"
mount -t proc proc "$tree/proc"
mount --bind /dev "$tree/dev"
mount -o remount,ro,bind "$tree"
exec chroot --userspec="$user" "$tree" "$@"`;

const isolated = ['--mount', '--propagation', 'private', 'sh', '-e', '-c'] as const;

/** Undefined where containers can be made; otherwise why not. */
export const whyNoContainer = (): string | undefined => {
  if (process.platform !== 'linux') return 'an image is made of a Linux';
  const { status } = spawnSync('unshare', [...isolated, 'mount -t tmpfs none /mnt']);
  return status === 0 ? undefined : 'mounting takes root and the command unshare';
};

export const runContainer = (
  tree: string,
  command: string,
  variables: Readonly<Record<string, string>>,
): ChildProcessByStdio<null, Readable, Readable> => {
  const given: Record<string, string> = {};
  for (const line of runtime.Env) {
    const [name = '', value = ''] = line.split('=', 2);
    given[name] = value;
  }
  const args = [...isolated, script, 'container', tree, runtime.User, ...entrypoint, command];
  return spawn('unshare', args, {
    env: { PATH: process.env['PATH'] ?? '', ...given, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
};
