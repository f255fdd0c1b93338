// The command `wait`: until a server is ready, or until patience ends.
import { setTimeout as sleep } from 'node:timers/promises';
import { orExplain, terminal } from '../contracts/drift/output.ts';
import { readAsked } from './readiness-flags.ts';
import { readinessOf } from './readiness.ts';

const help = (program: string): string => `${program} [URL] [--timeout 30s]

Waits until the server is ready: the fake by /_mock/health/ready, a deployment by any answer of
/api/v1/invitations/ that does not come from a gateway (502, 503, 504).

  URL           CONTRACT_TARGET, or http://127.0.0.1:4010 (the port of INVITATIONS_MOCK_PORT)
  --timeout T   how long: 500ms, 30s, 5m
  --help

Exit code: 0 it is ready; 1 it was not, in that time; 2 could not run as asked.`;

/** Of a single question: a server that is about to start may take one and never answer it. Also the last has a chance. */
const [shortestQuestionMs, longestQuestionMs] = [250, 2_000];
const [firstPauseMs, longestPauseMs] = [50, 1_000];

const run = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  program: string,
): Promise<number> => {
  const asked = readAsked(args, env, '30s');
  if (asked.isHelp) {
    terminal.out(help(program));
    return 0;
  }
  const { url, timeoutMs } = asked;
  terminal.err(`Waiting for ${url} …`);
  const end = performance.now() + timeoutMs;
  const leftMs = (): number => Math.max(1, Math.ceil(end - performance.now()));
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const questionMs = Math.max(shortestQuestionMs, Math.min(longestQuestionMs, leftMs()));
    const reason = await readinessOf(url, questionMs);
    if (reason === null) {
      terminal.out(`${url} is ready.`);
      return 0;
    }
    if (performance.now() >= end) {
      terminal.err(`${url} was not ready within ${timeoutMs / 1_000} s: ${reason}`);
      return 1;
    }
    await sleep(Math.min(pauseMs, leftMs()));
  }
};

export const waitMain = (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  program: string,
): Promise<number> => orExplain(() => run(args, env, program), terminal);
