// The command `contracts`: the suites against a deployment, or against the fake; one screen and an exit code out. What a run
// needs is loaded for a run.
import { flags } from '../contracts/flags.ts';
import { CannotRun } from '../settings/cannot-run.ts';
import { whileInterruptible } from './interruption.ts';
import { toMain, type Run } from './run-command.ts';
import { credentialNotes, environmentOf, targetOperand } from './suite-environment.ts';

const run: Run = (line, given, output) =>
  whileInterruptible(async (signal) => {
    const env = environmentOf(line, given);
    if (line.asks('list')) {
      const { listChecks, toListing } = await import('../contracts/engine/list.ts');
      const checks = await listChecks(env);
      output.out(line.asks('json') ? JSON.stringify(checks, null, 2) : toListing(checks));
      return 0;
    }
    if (line.asks('json'))
      throw new CannotRun('--json goes with --list; for a run use --report FILE.');
    const { runCommand } = await import('./contracts-run.ts');
    return runCommand(line, env, output, signal);
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
