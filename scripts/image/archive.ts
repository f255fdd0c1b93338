// An OCI image archive from a tree of files: one layer, its configuration, and the indexes that name them.
// https://github.com/opencontainers/image-spec
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { entrypoint, user } from './tree.ts';

export type ImageFacts = {
  readonly version: string;
  /** Milliseconds since the epoch: of the commit, so that the same commit gives the same bytes. */
  readonly madeAt: number;
  readonly revision: string;
};

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

const sha256 = (bytes: Buffer | string): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

const seconds = 1_000_000_000;

/** What a container is started with; every setting is a variable. */
export const runtime = {
  User: `${user}:${user}`,
  WorkingDir: '/data',
  ExposedPorts: { '4010/tcp': {} },
  Env: [
    'NODE_ENV=production',
    'INVITATIONS_MOCK_HOST=0.0.0.0',
    'INVITATIONS_MOCK_PORT=4010',
    'INVITATIONS_MOCK_LOG_FORMAT=json',
  ],
  Entrypoint: [...entrypoint],
  Cmd: ['start'],
  StopSignal: 'SIGTERM',
  Healthcheck: {
    Test: ['CMD', ...entrypoint, 'healthcheck'],
    Interval: 10 * seconds,
    Timeout: 3 * seconds,
    StartPeriod: 5 * seconds,
    Retries: 3,
  },
} as const;

const tar = (folder: string, owner: string, madeAt: number): Buffer =>
  execFileSync(
    'tar',
    [
      ...['--create', '--sort=name', '--format=posix', '--numeric-owner'],
      ...[`--mtime=@${Math.floor(madeAt / 1_000)}`, `--owner=${owner}`, `--group=${owner}`],
      ...['--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime'],
      ...['--directory', folder, '.'],
    ],
    { maxBuffer: 2 ** 30 },
  );

const labelsOf = ({ version, revision }: ImageFacts): Readonly<Record<string, string>> => ({
  'org.opencontainers.image.title': 'invitations-mock',
  'org.opencontainers.image.description': 'A stateful fake of the Invitations API',
  'org.opencontainers.image.version': version,
  'org.opencontainers.image.revision': revision,
  'org.opencontainers.image.licenses': 'MIT',
});

/** Writes the archive of the tree to `file`. Gives the digest of its manifest. */
export const writeArchive = (file: string, tree: string, facts: ImageFacts): string => {
  const { version, madeAt } = facts;
  const layer = tar(tree, '0', madeAt);
  const blobs = new Map<string, Buffer>();
  const add = (mediaType: string, bytes: Buffer) => {
    const digest = sha256(bytes);
    blobs.set(digest, bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const json = (mediaType: string, value: unknown) =>
    add(mediaType, Buffer.from(JSON.stringify(value)));
  const labels = labelsOf(facts);
  const oci = 'application/vnd.oci.image';
  const created = new Date(madeAt).toISOString();
  const manifest = json(`${oci}.manifest.v1+json`, {
    schemaVersion: 2,
    mediaType: `${oci}.manifest.v1+json`,
    config: json(`${oci}.config.v1+json`, {
      created,
      architecture: architectures[process.arch] ?? process.arch,
      os: 'linux',
      config: { ...runtime, Labels: labels },
      rootfs: { type: 'layers', diff_ids: [sha256(layer)] },
      history: [{ created, created_by: 'npm run image' }],
    }),
    layers: [add(`${oci}.layer.v1.tar+gzip`, gzipSync(layer))],
    annotations: labels,
  });
  const tagged = { 'org.opencontainers.image.ref.name': version };
  const index = { schemaVersion: 2, manifests: [{ ...manifest, annotations: tagged }] };
  const scratch = mkdtempSync(join(tmpdir(), 'invitations-mock-archive-'));
  try {
    mkdirSync(join(scratch, 'blobs/sha256'), { recursive: true });
    writeFileSync(join(scratch, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
    writeFileSync(join(scratch, 'index.json'), JSON.stringify(index));
    for (const [digest, bytes] of blobs) {
      writeFileSync(join(scratch, 'blobs', digest.replace(':', '/')), bytes);
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, tar(scratch, '0', madeAt));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return manifest.digest;
};

export const versionOf = (root: string): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) {
    throw new Error('package.json has no version.');
  }
  return String(manifest.version);
};
