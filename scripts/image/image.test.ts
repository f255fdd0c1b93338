// The image is made and run as a container would be, from its own root folder.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { runtime, versionOf, writeArchive } from './archive.ts';
import { runContainer, whyNoContainer } from './container.suite.ts';
import { writeTree } from './tree.ts';

jest.setTimeout(180_000);

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'invitations-mock-image-test-'));
const tree = join(scratch, 'tree');

const freePort = async (): Promise<string> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return String(address.port);
};

/** Of the whole beyond Node itself, and of the product without what only a setting asks for. */
const [mostKilobytes, mostOfProduct] = [150_000, 40_000] as const;

const reason = whyNoContainer();
if (reason !== undefined) process.stderr.write(`The image was not tested: ${reason}.\n`);
const suite = reason === undefined ? describe : describe.skip;

suite('the image', () => {
  beforeAll(() => {
    writeTree(tree, root);
  });
  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  test('starts read-only as its user, is healthy by its own command, and stops at SIGTERM', async () => {
    const port = await freePort();
    const variables = { INVITATIONS_MOCK_PORT: port, INVITATIONS_MOCK_HOST: '127.0.0.1' };
    const started = runContainer(tree, 'start', variables);
    const said = text(started.stdout);
    const complaints = text(started.stderr);
    const ended = new Promise((resolve) => started.on('exit', resolve));
    const isReady = async (): Promise<boolean> => {
      const check = runContainer(tree, 'healthcheck', variables);
      return new Promise((resolve) => {
        check.on('exit', (code) => {
          resolve(code === 0);
        });
      });
    };
    let ready = false;
    for (let tries = 0; tries < 20 && !ready; tries += 1) ready = await isReady();
    expect(ready).toBe(true);
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/invitations/`);
    expect(answer.status).toBe(401);
    started.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect({ complaints: await complaints }).toEqual({ complaints: '' });
    expect(await said).toContain(port);
  });

  test('has no shell, nobody’s files but its own, and fits its size', () => {
    expect(existsSync(join(tree, 'bin'))).toBe(false);
    expect(readdirSync(join(tree, 'usr/local/bin'))).toEqual(['node']);
    expect(runtime.User).toBe('65532:65532');
    const kilobytes = (path: string): number =>
      Number(execFileSync('du', ['-sk', path], { encoding: 'utf8' }).split('\t')[0]);
    const beyondNode = kilobytes(tree) - kilobytes(join(tree, 'usr/local/bin/node'));
    expect(beyondNode).toBeLessThan(mostKilobytes);
    const optional = ['@opentelemetry', '@modelcontextprotocol', 'zod'].map((name) =>
      kilobytes(join(tree, 'app/node_modules', name)),
    );
    const product = optional.reduce((rest, size) => rest - size, kilobytes(join(tree, 'app')));
    expect(product).toBeLessThan(mostOfProduct);
  });

  test('is the same archive, byte for byte, for the same files', () => {
    const small = join(scratch, 'small');
    mkdirSync(join(small, 'app'), { recursive: true });
    writeFileSync(join(small, 'app/main.js'), 'export {};\n');
    const facts = { version: versionOf(root), madeAt: Date.UTC(2026, 0, 31), revision: 'none' };
    const digests = ['one', 'other'].map((name) =>
      writeArchive(join(scratch, `${name}.tar`), small, facts),
    );
    expect(digests[0]).toBe(digests[1]);
    const names = execFileSync('tar', ['-tf', join(scratch, 'one.tar')], { encoding: 'utf8' });
    expect(names).toMatch(/^\.\/index\.json$/m);
  });
});
