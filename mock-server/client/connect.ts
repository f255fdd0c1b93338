// The testers' API of a server that runs somewhere, for programs.
import { randomUUID } from 'node:crypto';
import { createSandboxHandle, type SandboxHandle } from './sandbox-handle.ts';
import type { SandboxOptions, SandboxSummary } from './schemas.ts';
import { createWire, dataOf, type Send } from './wire.ts';

export type CreateSandboxOptions = SandboxOptions & {
  /**
   * 1 to 64 of a-z, 0-9, `.`, `_` and `-`; a sandbox that has the name is replaced. Absent: a name that no other has, and
   * with it other people and other ids in each run; give a `name` or a `seed` to have the same ones.
   */
  readonly name?: string;
};

export type Admin = {
  /** The server's address, without a slash at the end. */
  readonly url: string;
  readonly createSandbox: (options?: CreateSandboxOptions) => Promise<SandboxHandle>;
  /** One that is there already, such as `default`. */
  readonly sandbox: (name: string) => Promise<SandboxHandle>;
  readonly sandboxes: () => Promise<readonly SandboxSummary[]>;
};

export type ConnectOptions = {
  /** Needed where the server has one, as each that listens beyond the loopback address. */
  readonly adminToken?: string | null | undefined;
  /** Sends the requests, in the place of the global `fetch`. */
  readonly fetch?: Send;
};

/** Sends nothing yet. What the server refuses later is thrown as an AdminError whose message is the server's own. */
export const connectAdmin = (
  address: string,
  { adminToken = null, fetch }: ConnectOptions = {},
): Admin => {
  const url = address.replace(/\/+$/, '');
  const wire = createWire(url, adminToken, fetch);
  return {
    url,
    createSandbox: async ({ name = `sandbox-${randomUUID()}`, ...body } = {}) => {
      const answer = wire.PUT('/sandboxes/{name}', { params: { path: { name } }, body });
      return createSandboxHandle(url, wire, await dataOf(answer));
    },
    sandbox: async (name) => {
      const answer = wire.GET('/sandboxes/{name}', { params: { path: { name } } });
      return createSandboxHandle(url, wire, await dataOf(answer));
    },
    sandboxes: async () => (await dataOf(wire.GET('/sandboxes'))).sandboxes,
  };
};
