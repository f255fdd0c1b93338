// How each server is started: the product as its users start it, and what it is measured against.
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningServer, ServerPool } from './server-pool.ts';
import { contractFile, type Workshop } from './workshop.ts';

export type Contenders = {
  /** `nodeFlags` stand before the product's file. */
  readonly product: (
    flags?: readonly string[],
    nodeFlags?: readonly string[],
  ) => Promise<RunningServer>;
  readonly bare: (invitations: readonly unknown[], key: string) => Promise<RunningServer>;
  /** `node:http` doing the same. */
  readonly node: (invitations: readonly unknown[], key: string) => Promise<RunningServer>;
  readonly prism: () => Promise<RunningServer>;
  readonly ceiling: (status: number, body: string) => Promise<RunningServer>;
};

const listPath = '/api/v1/invitations/';

const envFilePollMs = 5;
const envFileDeadlineMs = 5_000;

/** The file comes a moment after the first answer. */
const readOwner = async (envFile: string): Promise<string> => {
  for (let waitedMs = 0; waitedMs < envFileDeadlineMs; waitedMs += envFilePollMs) {
    const text = existsSync(envFile) ? readFileSync(envFile, 'utf8') : '';
    const owner = /^CONTRACT_AUTH_OWNER='(.+)'$/m.exec(text)?.[1];
    if (owner !== undefined) return owner;
    await pause(envFilePollMs);
  }
  throw new Error(`The product gave no CONTRACT_AUTH_OWNER in ${envFile}.`);
};

const startBaseline =
  (pool: ServerPool, workshop: Workshop, name: string, programFile: string) =>
  (invitations: readonly unknown[], key: string): Promise<RunningServer> => {
    const dataFile = workshop.file('invitations.json', JSON.stringify(invitations));
    return pool.start({
      name,
      args: (port) => [programFile, `${port}`, key, dataFile],
      readyPath: listPath,
      authorization: key,
    });
  };

export const createContenders = (pool: ServerPool, workshop: Workshop): Contenders => {
  let started = 0;
  return {
    product: async (flags = [], nodeFlags = []) => {
      started += 1;
      const envFile = workshop.file(`product-${started}.env`);
      const server = await pool.start({
        name: 'product',
        args: (port) => [
          ...nodeFlags,
          ...workshop.productArgs,
          '--port',
          `${port}`,
          '--write-env',
          envFile,
          ...flags,
        ],
        readyPath: '/_mock/health/ready',
        authorization: '',
      });
      return { ...server, authorization: await readOwner(envFile) };
    },
    bare: startBaseline(pool, workshop, 'bare', workshop.bareFile),
    node: startBaseline(pool, workshop, 'node', workshop.nodeFile),
    prism: () =>
      pool.start({
        name: 'prism',
        args: (port) => [workshop.prismFile, 'mock', '--port', `${port}`, contractFile],
        readyPath: listPath,
        authorization: 'Api-Key bench',
      }),
    ceiling: (status, body) => {
      const bodyFile = workshop.file('ceiling.json', body);
      return pool.start({
        name: 'ceiling',
        args: (port) => [workshop.ceilingFile, `${port}`, `${status}`, bodyFile],
        readyPath: '/ready',
        authorization: 'none',
      });
    },
  };
};
