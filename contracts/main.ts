// The command `npm run contracts`: flags and signals in, one screen and an exit code out.
import { parseArgs } from 'node:util';
import { CannotRun } from './cannot-run.ts';
import { exitCodeOf } from './result.ts';
import { runContracts } from './runner.ts';
import { toScreen } from './summary.ts';
import type { Target } from './target.ts';
import { toRemote } from './targets/remote.ts';

const help = `npm run contracts -- [URL] [--only RULE|TOPIC|OPERATION]… [--report FILE] [--timeout MS]

Checks a deployment of the Invitations API against its contract; without URL and CONTRACT_TARGET,
the fake, which it starts for itself.

  --only WORD     only the checks of a rule (create.duplicate-address), of a topic (create) or of an
                  operation (invitations_create); may be given several times
  --report FILE   write the result as JSON                                        CONTRACT_REPORT
  --timeout MS    deadline of a request, and of a wait for a state (10000)       CONTRACT_TIMEOUT
  --runs N        sequences of commands that are tried; 0 generates nothing (30)    CONTRACT_RUNS
  --seed N, --path PATH
                  repeat what a failure of a generated check printed   CONTRACT_SEED, CONTRACT_PATH
  --help

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
  CONTRACT_RATE                                    requests a second, at most

Exit code: 0 all passed; 1 a check failed, or a rule has none; 2 could not run as asked.`;

const readFlags = (args: readonly string[]) => {
  try {
    const options = {
      help: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      report: { type: 'string' },
      timeout: { type: 'string' },
      runs: { type: 'string' },
      seed: { type: 'string' },
      path: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length > 1) throw new Error(`More than one target: ${positionals.join(', ')}`);
    return { ...values, url: positionals[0] };
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
};

const openTarget = async (address: string | undefined, env: Target['env']): Promise<Target> => {
  if (address !== undefined && address !== '') return toRemote(address, env);
  const { startFake } = await import('./targets/fake.ts');
  return startFake(env);
};

const run = async (signal: AbortSignal): Promise<number> => {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help === true) {
    console.log(help);
    return 0;
  }
  const env = {
    ...process.env,
    ...(flags.only === undefined ? {} : { CONTRACT_ONLY: flags.only.join(',') }),
    ...(flags.report === undefined ? {} : { CONTRACT_REPORT: flags.report }),
    ...(flags.timeout === undefined ? {} : { CONTRACT_TIMEOUT: flags.timeout }),
    ...(flags.runs === undefined ? {} : { CONTRACT_RUNS: flags.runs }),
    ...(flags.seed === undefined ? {} : { CONTRACT_SEED: flags.seed }),
    ...(flags.path === undefined ? {} : { CONTRACT_PATH: flags.path }),
  };
  const target = await openTarget(flags.url ?? process.env['CONTRACT_TARGET'], env);
  const warn = (sentence: string): void => {
    console.error(`Warning: ${sentence}`);
  };
  const result = await runContracts({ target, signal, warn });
  console.log(toScreen(target.name, result));
  return exitCodeOf(result);
};

const interruption = new AbortController();
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;
let interrupted: number | undefined;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // The second time there is no patience left for tidying up.
    if (interrupted !== undefined) process.exit(exitCodes[name]);
    interrupted = exitCodes[name];
    console.error('Stopping, and removing what this run has made…');
    interruption.abort();
  });
}

try {
  const code = await run(interruption.signal);
  process.exitCode = interrupted ?? code;
} catch (error) {
  const isExpected = error instanceof CannotRun;
  if (interrupted === undefined || !isExpected) {
    console.error(isExpected ? error.message : error);
  }
  process.exitCode = interrupted ?? 2;
}
