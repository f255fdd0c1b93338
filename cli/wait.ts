// The command `wait`: until a server is ready, or until patience ends.
import { wayFlags } from '../contracts/flags.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { showDuration } from '../settings/duration.ts';
import { howItIsKnown, serverOperand, timeoutOf, toServerUrl } from './readiness-settings.ts';
import { readinessOf } from './readiness.ts';
import { toMain, type Run } from './run-command.ts';
import { readWayThere } from './way.ts';

/** Of a single question: a server that is about to start may take one and never answer it. Also the last has a chance. */
const [shortestQuestionMs, longestQuestionMs] = [250, 2_000];
const [firstPauseMs, longestPauseMs] = [50, 1_000];

const timeout = timeoutOf('WAIT', '30s');

const run: Run = async ({ read, operands: [operand] }, env, { out, err }) => {
  const url = toServerUrl(operand, env);
  const timeoutMs = read(timeout);
  const way = readWayThere(read);
  err(`Waiting for ${url} …`);
  const end = performance.now() + timeoutMs;
  const leftMs = (): number => Math.max(1, Math.ceil(end - performance.now()));
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const questionMs = Math.max(shortestQuestionMs, Math.min(longestQuestionMs, leftMs()));
    const reason = await readinessOf(url, questionMs, way);
    if (reason === null) {
      out(`${url} is ready.`);
      return 0;
    }
    if (performance.now() >= end) {
      err(`${url} was not ready within ${showDuration(timeoutMs)}: ${reason}`);
      return 1;
    }
    await sleep(Math.min(pauseMs, leftMs()));
  }
};

export const waitMain = toMain(
  {
    about: `Waits until a server is ready: ${howItIsKnown}`,
    operand: serverOperand,
    settings: [timeout, ...Object.values(wayFlags)],
    notes: 'Exit code: 0 it is ready; 1 it was not, in that time; 2 could not run as asked.',
  },
  run,
);
