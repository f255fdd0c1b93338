// The command that starts the fake: flags in, a running server, signals, an exit code out.
import { renameSync, writeFileSync } from 'node:fs';
import { bannerText } from './banner.ts';
import { ConfigError } from './config/config-error.ts';
import { readConfig } from './config/config.ts';
import { toEnvFile } from './credentials.ts';
import { helpText } from './config/help.ts';
import { startMockServer, type MockServer } from './server.ts';
import type { Config } from './config/settings.ts';
import { version } from './version.ts';

const couldNotRun = 2;

const explain = (error: unknown, { host, port }: Config): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = error instanceof Error ? error.message : String(error);
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

/** Resolves when the server has been stopped. */
const stoppedBySignal = (server: MockServer): Promise<void> =>
  new Promise((resolve) => {
    let isStopping = false;
    const stop = (): void => {
      // A second signal does not wait for those who are still talking.
      if (isStopping) process.exit(0);
      isStopping = true;
      void server.close().then(resolve);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });

/** Whoever waits for the file finds it whole, and nobody else of this machine can read it. */
const writeSecretly = (file: string, text: string): void => {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, file);
};

const listen = async (config: Config): Promise<MockServer> => {
  try {
    return await startMockServer(config);
  } catch (error) {
    throw new ConfigError(explain(error, config));
  }
};

/**
 * Starts the fake, writes its variables to the file and shows the banner, where a person has asked for them; `prepare` is
 * called before anybody can know that it runs. Rejects with a ConfigError that says in one line what stood against it.
 */
export const startAsAsked = async (
  config: Config,
  prepare: (server: MockServer) => void = () => undefined,
): Promise<MockServer> => {
  const server = await listen(config);
  prepare(server);
  try {
    if (config.envFile !== null) writeSecretly(config.envFile, toEnvFile(server.env));
  } catch (error) {
    await server.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      `--env-file is "${config.envFile ?? ''}", which cannot be written: ${reason}.`,
    );
  }
  if (config.banner) process.stdout.write(`${bannerText(server, config)}\n`);
  return server;
};

const runUntilStopped = async (config: Config): Promise<void> => {
  let stopped: Promise<void> | undefined;
  await startAsAsked(config, (server) => {
    stopped = stoppedBySignal(server);
  });
  await stopped;
};

/** Gives the exit code: 0 stopped as asked, 2 could not run as asked. */
export const startMain = async (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  program: string,
): Promise<number> => {
  try {
    const invocation = readConfig(args, env);
    if (invocation.kind === 'start') await runUntilStopped(invocation.config);
    else process.stdout.write(invocation.kind === 'help' ? helpText(program) : `${version()}\n`);
    return 0;
  } catch (error) {
    const reason = error instanceof ConfigError ? error.message : String(error);
    process.stderr.write(`${program}: ${reason}\n`);
    return couldNotRun;
  }
};
