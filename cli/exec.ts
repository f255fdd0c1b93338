// The command `exec`: the fake for as long as another command runs, which is told by variables where it is.
import { ConfigError } from '../mock-server/config/config-error.ts';
import { readConfig } from '../mock-server/config/config.ts';
import { startAsAsked } from '../mock-server/start-command.ts';
import type { MockServer } from '../mock-server/server.ts';
import type { Config } from '../mock-server/config/settings.ts';
import { runChild } from './run-child.ts';

const help = (program: string): string => `${program} [FLAG]… -- CMD [ARGUMENT]…

Starts the fake on a free port, runs CMD, and stops the fake when CMD has ended. The flags are those of
start (see start --help); other than there, the port is a free one, and neither banner nor log is shown
unless it is asked for.

CMD finds the fake by its variables: INVITATIONS_MOCK_URL is the address, CONTRACT_TARGET the same, and
CONTRACT_AUTH_OWNER, … are whole Authorization values, as start --env-file writes them.

  ${program} -- npm test
  ${program} --scenario empty -- sh -c 'curl -H "Authorization: $CONTRACT_AUTH_OWNER" "$CONTRACT_TARGET/api/v1/invitations/"'

Exit code: that of CMD, and 128 and the number of the signal that ended it; 127 there is no such
command; 2 could not run as asked.
`;

type Line = { readonly flags: readonly string[]; readonly command: readonly string[] };

/** Without flags the two dashes may be left out, or eaten by what calls us: `npm exec` takes them for its own. */
const split = (args: readonly string[]): Line => {
  const dashes = args.indexOf('--');
  const [first = '-'] = args;
  if (!first.startsWith('-')) return { flags: [], command: args };
  if (dashes === -1) return { flags: args, command: [] };
  return { flags: args.slice(0, dashes), command: args.slice(dashes + 1) };
};

const quiet = {
  INVITATIONS_MOCK_PORT: '0',
  INVITATIONS_MOCK_LOG_LEVEL: 'silent',
  INVITATIONS_MOCK_BANNER: 'false',
} as const;

/** Undefined when help is asked for. */
const configOf = (flags: readonly string[], env: NodeJS.ProcessEnv): Config | undefined => {
  const invocation = readConfig(flags, { ...quiet, ...env });
  return invocation.kind === 'start' ? invocation.config : undefined;
};

/** Credentials of another target are none here, and would be refused. */
const environmentFor = (server: MockServer, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('CONTRACT_AUTH_'));
  return { ...Object.fromEntries(others), ...server.env, INVITATIONS_MOCK_URL: server.url };
};

const whyNotStarted = (error: unknown, command: string): string => {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const reason = error instanceof Error ? error.message : String(error);
  return isMissing ? `there is no command "${command}".` : `"${command}" cannot be run: ${reason}.`;
};

const run = async (args: readonly string[], env: NodeJS.ProcessEnv, program: string) => {
  const { flags, command } = split(args);
  const config = configOf(flags, env);
  if (config === undefined) {
    process.stdout.write(help(program));
    return 0;
  }
  const [name, ...rest] = command;
  if (name === undefined) {
    process.stderr.write(
      `${program}: which command? Give it after two dashes.\n\n${help(program)}`,
    );
    return 2;
  }
  const server = await startAsAsked(config);
  try {
    return await runChild(name, rest, environmentFor(server, env));
  } catch (error) {
    process.stderr.write(`${program}: ${whyNotStarted(error, name)}\n`);
    return 127;
  } finally {
    await server.close();
  }
};

export const execMain = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  program: string,
): Promise<number> => {
  try {
    return await run(args, env, program);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${program}: ${error.message}\n`);
    return 2;
  }
};
