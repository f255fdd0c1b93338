// The command `exec`: the fake for as long as another command runs, which is told by variables where it is.
import { readConfig } from '../mock-server/config/config.ts';
import { settings } from '../mock-server/config/settings.ts';
import type { MockServer } from '../mock-server/server.ts';
import { CannotRun, reasonOf } from '../settings/cannot-run.ts';
import { createRead, type Environment } from '../settings/read.ts';
import { runChild } from './child.ts';
import { toMain, type Run } from './run-command.ts';
import { startAsAsked } from './started.ts';

/** Where nobody says otherwise. */
const quiet: Environment = {
  [settings.port.variable]: '0',
  [settings.logLevel.variable]: 'silent',
  [settings.banner.variable]: 'false',
};

/** Credentials of another target are none here, and would be refused. */
const environmentFor = (server: MockServer, env: Environment): NodeJS.ProcessEnv => {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('CONTRACT_AUTH_'));
  return { ...Object.fromEntries(others), ...server.env, INVITATIONS_MOCK_URL: server.url };
};

const whyNotStarted = (error: unknown, command: string): string => {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const reason = reasonOf(error);
  return isMissing ? `there is no command "${command}".` : `"${command}" cannot be run: ${reason}.`;
};

const run: Run = async ({ operands, variables }, env, { err }, program) => {
  const [name, ...rest] = operands;
  if (name === undefined) {
    throw new CannotRun(`which command? Give it after two dashes: ${program} -- npm test`);
  }
  const config = readConfig(createRead(new Map(), { ...quiet, ...env, ...variables }));
  const server = await startAsAsked(config);
  try {
    return await runChild(name, rest, environmentFor(server, env));
  } catch (error) {
    err(`${program}: ${whyNotStarted(error, name)}`);
    return 127;
  } finally {
    await server.close();
  }
};

export const execMain = toMain(
  {
    about:
      'Starts the fake on a free port, runs a command, and stops the fake when that has ended. The flags are those of start; other than there, the port is a free one, and neither banner nor log is shown unless it is asked for.',
    operand: {
      name: '[command...]',
      help: 'what to run, after two dashes, which may be left out where no flag comes before it',
    },
    settings: Object.values(settings).map((setting) => ({
      ...setting,
      otherwise: quiet[setting.variable] ?? setting.otherwise,
    })),
    passesRest: true,
    notes: `The command finds the fake by its variables: INVITATIONS_MOCK_URL is the address, CONTRACT_TARGET the same, and
CONTRACT_AUTH_OWNER, … are whole Authorization values, as start --write-env writes them.

  invitations-mock exec -- npm test
  invitations-mock exec --scenario empty -- sh -c 'curl -H "Authorization: $CONTRACT_AUTH_OWNER" "$CONTRACT_TARGET/api/v1/invitations/"'

Exit code: that of the command, and 128 and the number of the signal that ended it; 127 there is no such
command; 2 could not run as asked.`,
  },
  run,
);
