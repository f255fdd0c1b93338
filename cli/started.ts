// The fake as a person has asked for it: listening, its variables written, its banner shown.
import { bannerText } from '../mock-server/banner.ts';
import type { Config } from '../mock-server/config/settings.ts';
import { toEnvFile } from '../mock-server/credentials.ts';
import type { Deployment } from '../mock-server/forward/forward.ts';
import { loadSeedParser } from '../mock-server/seed-parser.ts';
import { startMockServer, type MockServer } from '../mock-server/server.ts';
import { CannotRun, reasonOf } from '../settings/cannot-run.ts';
import { writeSecretly } from './secret-file.ts';

const explain = (error: unknown, { host, port }: Config): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = reasonOf(error);
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is in use; stop what listens there, or choose another with --port (0 takes a free one).`;
    case 'EACCES':
      return `This user may not listen on port ${port} of ${host}; choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `--host is "${host}", which is no address of this machine.`;
    default:
      return reason;
  }
};

/** The fake, or a watch over the deployment. Rejects with a CannotRun that says in one line what stood against it. */
export const listenAsAsked = async (
  config: Config,
  deployment?: Deployment,
): Promise<MockServer> => {
  try {
    const server = await startMockServer(config, deployment);
    // Whoever brings a seed file is told why it cannot be read.
    loadSeedParser().catch(() => undefined);
    return server;
  } catch (error) {
    throw new CannotRun(explain(error, config));
  }
};

/**
 * Starts the fake, writes its variables to the file and shows the banner, where a person has asked for them; `prepare` is
 * called before anybody can know that it runs. Rejects with a CannotRun that says in one line what stood against it.
 */
export const startAsAsked = async (
  config: Config,
  prepare: (server: MockServer) => void = () => undefined,
): Promise<MockServer> => {
  const server = await listenAsAsked(config);
  prepare(server);
  try {
    if (config.writeEnv !== null) writeSecretly(config.writeEnv, toEnvFile(server.env));
  } catch (error) {
    await server.close();
    const reason = reasonOf(error);
    throw new CannotRun(
      `--write-env is "${config.writeEnv ?? ''}", which cannot be written: ${reason}.`,
    );
  }
  if (config.banner) process.stdout.write(`${bannerText(server, config)}\n`);
  return server;
};
