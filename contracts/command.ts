// The command of the contract suites: flags, variables and signals in, one screen and an exit code out.
import { CannotRun } from './cannot-run.ts';
import { confirmWriting } from './confirmation.ts';
import { whileInterruptible } from './drift/interruption.ts';
import { orExplain, terminal, type Output } from './drift/output.ts';
import { describeFlags, readEnvFile, readFlags } from './flags.ts';
import { listChecks, toListing } from './list.ts';
import { preparePlaces, publish } from './publish.ts';
import { coverageSummary, toCoverage } from './report/coverage.ts';
import { exitCodeOf } from './result.ts';
import { runContracts } from './runner.ts';
import { readSettings } from './settings.ts';
import { toScreen } from './summary.ts';
import type { Target } from './target.ts';
import { toRemote } from './targets/remote.ts';

const toHelp = (program: string): string => `${program} [URL] [FLAG]…

Checks a deployment of the Invitations API against its contract; without URL and CONTRACT_TARGET,
the fake, which it starts for itself.

${describeFlags()}

Credentials, as whole Authorization values ("Api-Key KEY" or "Bearer JWT"); checks whose credentials
are not given are named as not exercised:

  CONTRACT_AUTH_OWNER, _ADMIN, _CONTRIB, _VIEWER   one for each role, of one organization
  CONTRACT_AUTH_OUTSIDER                           an owner of another organization
  CONTRACT_AUTH_INVITEE, CONTRACT_INVITEE_EMAIL    a logged-in user without organization
  CONTRACT_AUTH_EXPIRED                            a JWT that has expired
  CONTRACT_BOUNCE_EMAIL                            an address whose messages come back
  CONTRACT_TOKEN_URL                               where JWTs are had: POST {email, organization}
                                                   answers {authorization}; organization, an id,
                                                   is left out for a JWT without scope
  CONTRACT_EMAIL_DOMAIN                            where the other invitations go (example.com)
  CONTRACT_AUTH_OWNER_JWT, _OWNER_API_KEY, …       the same role by the other scheme

Exit code: 0 no violation; 1 a violation, with --strict or against the fake a divergence too, or a rule
has no check; 2 could not run as asked.`;

const openTarget = async (
  address: string | undefined,
  env: Target['env'],
  signal: AbortSignal,
): Promise<Target> => {
  if (address !== undefined && address !== '') {
    const target = toRemote(address, env);
    const { isReadOnly, isConfirmed } = readSettings(env);
    if (!isReadOnly) await confirmWriting({ target, isConfirmed, signal });
    return target;
  }
  if (env['CONTRACT_ENV_FILE'] !== undefined) {
    throw new CannotRun(
      'The file of --env-file does not say which target it is for: add CONTRACT_TARGET=URL to it, or give the URL.',
    );
  }
  const { startFake } = await import('./targets/fake.ts');
  return startFake(env);
};

const run = async (
  args: readonly string[],
  given: Target['env'],
  program: string,
  { out, err }: Output,
  signal: AbortSignal,
): Promise<number> => {
  const { url, isOn, variables } = readFlags(args);
  if (isOn('help')) {
    out(toHelp(program));
    return 0;
  }
  const env = { ...given, ...readEnvFile({ ...given, ...variables }), ...variables };
  if (isOn('list')) {
    const checks = await listChecks(env, signal);
    out(isOn('json') ? JSON.stringify(checks, null, 2) : toListing(checks));
    return 0;
  }
  if (isOn('json')) throw new CannotRun('--json goes with --list; for a run use --report FILE.');
  const settings = readSettings(env);
  preparePlaces(settings);
  const target = await openTarget(url ?? env['CONTRACT_TARGET'], env, signal);
  const warn = (sentence: string): void => {
    err(`Warning: ${sentence}`);
  };
  const ended = await runContracts({ target, signal, warn });
  const reports = publish(ended, settings, target.kind);
  const { result, lines } = ended;
  out(toScreen(result, { coverage: coverageSummary(toCoverage(result, lines)), reports }));
  return exitCodeOf(result);
};

/**
 * Gives the exit code. Signals are its own business: the first one ends the run, which removes what it has made, and
 * makes the code 130 or 143. `program` is what help and messages call the command, such as `npm run contracts --`.
 */
export const contractsMain = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  program: string,
): Promise<number> => {
  try {
    return await orExplain(
      () => whileInterruptible((signal) => run(args, env, program, terminal, signal)),
      terminal,
    );
  } catch (error) {
    terminal.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 2;
  }
};
