// A run of the suites as the command makes it: the target opened, the run told while it goes on, its result shown and kept.
import { setFlagsFromString } from 'node:v8';
import { refuseUnknownWords } from '../contracts/catalog.ts';
import { flags } from '../contracts/flags.ts';
import { createProgress } from '../contracts/progress.ts';
import { preparePlaces, publish } from '../contracts/publish.ts';
import { coverageSummary, toCoverage } from '../contracts/report/coverage.ts';
import { exitCodeOf } from '../contracts/result.ts';
import { runContracts } from '../contracts/engine/run.ts';
import { readSettings } from '../contracts/settings.ts';
import { toScreen } from '../contracts/summary.ts';
import type { Target } from '../contracts/target.ts';
import { toRemote } from '../contracts/targets/remote.ts';
import { CannotRun } from '../settings/cannot-run.ts';
import type { Environment } from '../settings/read.ts';
import { confirmWriting } from './confirmation.ts';
import type { Output, Run } from './run-command.ts';

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
  const { startFakeAsTold } = await import('../contracts/targets/fake.ts');
  return startFakeAsTold(env);
};

export const runCommand = async (
  line: Parameters<Run>[0],
  env: Environment,
  { out, err }: Output,
  signal: AbortSignal,
): Promise<number> => {
  // A run is over before V8 has its time back that it takes to put functions into each other.
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
  const settings = readSettings(env);
  refuseUnknownWords(settings.only);
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
};
