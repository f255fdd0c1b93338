// The command `contracts`: the suites against a deployment, or against the fake; one screen and an exit code out.
import { flags } from '../contracts/flags.ts';
import { listChecks, toListing } from '../contracts/engine/list.ts';
import { createProgress } from '../contracts/progress.ts';
import { preparePlaces, publish } from '../contracts/publish.ts';
import { coverageSummary, toCoverage } from '../contracts/report/coverage.ts';
import { exitCodeOf } from '../contracts/result.ts';
import { runContracts } from '../contracts/engine/run.ts';
import { readSettings } from '../contracts/settings.ts';
import { toScreen } from '../contracts/summary.ts';
import type { Target } from '../contracts/target.ts';
import { toRemote } from '../contracts/targets/remote.ts';
import { toReadings } from '../spec/readings.ts';
import { CannotRun } from '../settings/cannot-run.ts';
import type { Environment } from '../settings/read.ts';
import { confirmWriting } from './confirmation.ts';
import { whileInterruptible } from './interruption.ts';
import { toMain, type Run } from './run-command.ts';
import { credentialNotes, environmentOf, targetOperand } from './suite-environment.ts';

const openTarget = async (
  env: Environment,
  isFromFile: boolean,
  signal: AbortSignal,
): Promise<Target> => {
  const address = env['CONTRACT_TARGET'] ?? '';
  if (address !== '') {
    const target = toRemote(address, env);
    const { isReadOnly, isConfirmed } = readSettings(env);
    if (!isReadOnly) await confirmWriting({ target, isConfirmed, signal });
    return target;
  }
  if (isFromFile) {
    throw new CannotRun(
      'The file of --read-env does not say which target it is for: add CONTRACT_TARGET=URL to it, or give the URL.',
    );
  }
  const { startFake } = await import('../contracts/targets/fake.ts');
  const { edition, readings } = readSettings(env);
  const chosen = toReadings({ ...readings, ...(edition !== undefined && { edition }) });
  return startFake(env, { edition: chosen.edition, readings: chosen });
};

const run: Run = (line, given, { out, err }) =>
  whileInterruptible(async (signal) => {
    const env = environmentOf(line, given);
    if (line.asks('list')) {
      const checks = await listChecks(env);
      out(line.asks('json') ? JSON.stringify(checks, null, 2) : toListing(checks));
      return 0;
    }
    if (line.asks('json'))
      throw new CannotRun('--json goes with --list; for a run use --report FILE.');
    const settings = readSettings(env);
    preparePlaces(settings);
    const target = await openTarget(env, line.read(flags.readEnv) !== null, signal);
    const warn = (sentence: string): void => {
      err(`Warning: ${sentence}`);
    };
    const { isTTY, columns } = process.stderr;
    const progress = createProgress({
      isTTY,
      columns: columns || 80,
      write: (text) => process.stderr.write(text),
    });
    const ended = await runContracts({ target, signal, warn, listen: progress.listen }).finally(
      progress.end,
    );
    const reports = publish(ended, settings, target.kind);
    const { result, events } = ended;
    const coverage = coverageSummary(toCoverage(result, events));
    out(toScreen(result, { coverage, reports, isVerbose: line.read(flags.isVerbose) }));
    return exitCodeOf(result);
  });

/**
 * Gives the exit code. Signals are its own business: the first one ends the run, which removes what it has made, and
 * makes the code 130 or 143.
 */
export const contractsMain = toMain(
  {
    about:
      'Checks a deployment of the Invitations API against its contract; without URL and CONTRACT_TARGET, the fake, which it starts for itself.',
    operand: targetOperand,
    settings: Object.values(flags),
    questions: {
      list: 'show the checks and what each would send; sends nothing',
      json: 'with --list: as JSON',
    },
    notes: `${credentialNotes}

Exit code: 0 no violation; 1 a violation, with --strict or against the fake a divergence too, or a rule
has no check; 2 could not run as asked.`,
  },
  run,
);
