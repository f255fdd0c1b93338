// The command `drift`: flags in; differences between the fake and a deployment, and an exit code, out.
import { compareWithFake } from '../contracts/drift/compare-with-fake.ts';
import { sharedFlags, wayFlags } from '../contracts/flags.ts';
import { readSettings } from '../contracts/settings.ts';
import { toRemote } from '../contracts/targets/remote.ts';
import { CannotRun } from '../settings/cannot-run.ts';
import { durationFrom } from '../settings/duration.ts';
import { createRead } from '../settings/read.ts';
import { settingsOf } from '../settings/setting.ts';
import { someText, wholeNumber } from '../settings/values.ts';
import { confirmWriting } from './confirmation.ts';
import { whileInterruptible } from './interruption.ts';
import { toMain, type Run } from './run-command.ts';
import { credentialNotes, environmentOf, targetOperand } from './suite-environment.ts';

const { optional } = settingsOf('CONTRACT');
const { edition, readEnv, isReadOnly, isConfirmed } = sharedFlags;

const settings = {
  runs: optional({
    flag: 'runs',
    placeholder: 'NUMBER',
    otherwise: '30; without end where --time is given',
    help: 'sequences, at most',
    parse: wholeNumber(1, 2 ** 31 - 1),
  }),
  timeMs: optional({
    flag: 'time',
    placeholder: 'DURATION',
    otherwise: 'no end',
    help: 'at most so long; the search for a shortest sequence may take a minute more',
    parse: durationFrom(1_000),
  }),
  seed: optional({
    flag: 'seed',
    placeholder: 'NUMBER',
    otherwise: 'another each time',
    help: 'the same sequences again',
    parse: wholeNumber(0, 2 ** 31 - 1),
  }),
  isReadOnly,
  isConfirmed,
  edition,
  readEnv,
  ...wayFlags,
  knownFile: optional({
    flag: 'known',
    placeholder: 'FILE',
    otherwise: 'drift.known.yaml, where there is one',
    help: 'the differences that are known',
    parse: someText('a file name'),
  }),
};

const run: Run = (line, given, { out, err }) =>
  whileInterruptible(async (signal) => {
    const env = environmentOf(line, given);
    const read = createRead(new Map(), env);
    const address = env['CONTRACT_TARGET'] ?? '';
    if (address === '') {
      throw new CannotRun(
        'There is nothing to compare the fake with: give the address of a deployment.',
      );
    }
    const deployment = toRemote(address, env);
    const { isReadOnly, isConfirmed } = readSettings(env);
    if (!isReadOnly) await confirmWriting({ target: deployment, isConfirmed, signal });
    const timeMs = read(settings.timeMs);
    const { text, unknown } = await compareWithFake({
      deployment,
      knownFile: read(settings.knownFile),
      seed: read(settings.seed) ?? Math.floor(Math.random() * 1_000_000),
      runs: read(settings.runs) ?? (timeMs === null ? 30 : Infinity),
      seconds: timeMs === null ? Infinity : timeMs / 1_000,
      isReadOnly,
      signal,
      warn: (sentence) => {
        err(`Warning: ${sentence}`);
      },
    });
    out(text);
    return unknown === 0 ? 0 : 1;
  });

export const driftMain = toMain(
  {
    about:
      'Runs the same sequences of requests on the fake, which it starts for itself, and on a deployment, and says where their answers part ways, with the shortest sequence to it. All that it makes at the deployment it deletes again.',
    operand: targetOperand,
    settings: Object.values(settings),
    notes: `${credentialNotes}

Exit code: 0 no difference, or only known ones; 1 unknown differences; 2 could not run as asked.`,
  },
  run,
);
