// A process that runs jobs, one after the other, as main sends them.
import { CannotRun } from '../cannot-run.ts';
import type { RunResult } from '../result.ts';
import { runContracts } from '../runner.ts';
import { mutants } from './catalogue.ts';
import { createRunFiles } from './jest-in-process.ts';
import { isJob, type Job, type Outcome } from './job.ts';
import { setUp, type Play } from './stage.ts';
import { everyVariant } from './variants.ts';

/** The fake delivers at once: what has not come by then never comes. */
const patienceMs = 1_000;

const playOf = ({ kind, id }: Job): Play => {
  const plays: readonly (Play & { readonly id: string })[] =
    kind === 'mutant' ? mutants : everyVariant;
  const found = plays.find((play) => play.id === id);
  if (found === undefined) throw new Error(`There is no ${kind} "${id}".`);
  return found;
};

const toFilesOf = ({ checks }: RunResult): Outcome['filesOf'] => {
  const files: Record<string, string[]> = {};
  for (const { rule, file } of checks) {
    const known = (files[rule] ??= []);
    if (!known.includes(file)) known.push(file);
  }
  return files;
};

const perform = async (job: Job): Promise<Outcome> => {
  const started = performance.now();
  const { target, changed } = await setUp(playOf(job));
  const env = {
    CONTRACT_TIMEOUT: String(patienceMs),
    ...target.env,
    CONTRACT_ONLY: job.only.join(','),
  };
  const outcome = (part: Partial<Outcome>): Outcome => ({
    ...{ job, failed: [], passed: 0, notExercised: 0, filesOf: {} },
    ...{ changed: changed(), ms: Math.round(performance.now() - started) },
    ...part,
  });
  try {
    const { result } = await runContracts({
      target: { ...target, env },
      signal: new AbortController().signal,
      warn: () => undefined,
      runFiles: createRunFiles(job),
    });
    const count = (verdict: string): number =>
      result.checks.filter((check) => check.verdict === verdict).length;
    return outcome({
      failed: result.checks.filter(({ verdict }) => verdict === 'failed'),
      passed: count('passed'),
      notExercised: count('not-exercised'),
      filesOf: toFilesOf(result),
      ...(result.broken.length === 0
        ? {}
        : {
            cannotRun: result.broken.map(({ file, message }) => `${file}: ${message}`).join('\n'),
          }),
    });
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    return outcome({ cannotRun: error.message });
  }
};

// Without main nobody hears of what is found.
process.on('disconnect', () => process.exit());

process.on('message', (job: unknown) => {
  if (!isJob(job)) return;
  perform(job).then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => {
      process.stderr.write(`${job.id}: ${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(2);
    },
  );
});
