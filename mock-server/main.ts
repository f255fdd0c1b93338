// The process: flags in, a running server, signals, exit codes.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { bannerText } from './banner.ts';
import { ConfigError } from './config-error.ts';
import { readConfig } from './config.ts';
import { toEnvFile } from './credentials.ts';
import { helpText } from './help.ts';
import { startMockServer, type MockServer } from './server.ts';
import type { Config } from './settings.ts';

const couldNotRun = 2;

function version(): string {
  const parsed: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  const isPackage = typeof parsed === 'object' && parsed !== null && 'version' in parsed;
  return isPackage && typeof parsed.version === 'string' ? parsed.version : 'unknown';
}

function explain(error: unknown, { host, port }: Config): string {
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
}

function stopOnSignals(server: MockServer): void {
  let isStopping = false;
  const stop = (): void => {
    // A second signal does not wait for those who are still talking.
    if (isStopping) process.exit(0);
    isStopping = true;
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** Whoever waits for the file finds it whole, and nobody else of this machine can read it. */
function writeSecretly(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, file);
}

async function start(config: Config): Promise<void> {
  const server = await startMockServer(config);
  stopOnSignals(server);
  try {
    if (config.envFile !== null) writeSecretly(config.envFile, toEnvFile(server.env));
  } catch (error) {
    await server.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      `--env-file is "${config.envFile ?? ''}", which cannot be written: ${reason}.`,
    );
  }
  if (config.banner) console.log(bannerText(server, config));
}

async function main(): Promise<void> {
  const invocation = readConfig(process.argv.slice(2), process.env);
  switch (invocation.kind) {
    case 'help':
      console.log(helpText());
      return;
    case 'version':
      console.log(version());
      return;
    case 'start':
      try {
        await start(invocation.config);
      } catch (error) {
        throw new ConfigError(explain(error, invocation.config));
      }
      return;
    default:
      invocation satisfies never;
  }
}

try {
  await main();
} catch (error) {
  console.error(
    `invitations-mock: ${error instanceof ConfigError ? error.message : String(error)}`,
  );
  process.exitCode = couldNotRun;
}
