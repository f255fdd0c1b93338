// The fake inside another program, such as a test run: started and stopped by it, and steered from it.
import { connectAdmin, type Admin } from './client/connect.ts';
import type { MockServer } from './server.ts';
import type { Config } from './config/settings.ts';

export type EmbeddedMock = MockServer & {
  readonly admin: Admin;
  readonly createSandbox: Admin['createSandbox'];
  /** The same as `close`, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** What a program that starts the fake wants unless it says otherwise: a port that is free, and quiet. */
const usual = { port: 0, logLevel: 'silent', banner: false } as const satisfies Partial<Config>;

/** Starts the fake. Rejects with the reason if the port is taken or the judge does not see what it has to see. */
export const startMockServer = async (options: Partial<Config> = {}): Promise<EmbeddedMock> => {
  // Loading the server takes longer than all the rest; who only connects to one needs none of it.
  const { startMockServer: startServer } = await import('./server.ts');
  const server = await startServer({ ...usual, ...options });
  const admin = connectAdmin(server.url, { adminToken: server.adminToken });
  return {
    ...server,
    admin,
    createSandbox: admin.createSandbox,
    [Symbol.asyncDispose]: server.close,
  };
};
