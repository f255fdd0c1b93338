// The command `healthcheck`: one quick question, for containers and whatever else watches over a server.
import { orExplain, terminal } from '../contracts/drift/output.ts';
import { readAsked } from './readiness-flags.ts';
import { readinessOf } from './readiness.ts';

const help = (program: string): string => `${program} [URL] [--timeout 2s]

Asks once whether the server is ready: the fake by /_mock/health/ready, a deployment by any answer of
/api/v1/invitations/ that does not come from a gateway (502, 503, 504).

  URL           CONTRACT_TARGET, or http://127.0.0.1:4010 (the port of INVITATIONS_MOCK_PORT)
  --timeout T   500ms, 2s, 1m
  --help

Exit code: 0 ready; 1 not ready; 2 could not run as asked.`;

const run = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  program: string,
): Promise<number> => {
  const asked = readAsked(args, env, '2s');
  if (asked.isHelp) {
    terminal.out(help(program));
    return 0;
  }
  const reason = await readinessOf(asked.url, asked.timeoutMs);
  if (reason === null) {
    terminal.out(`${asked.url} is ready.`);
    return 0;
  }
  terminal.err(`${asked.url} is not ready: ${reason}`);
  return 1;
};

export const healthcheckMain = (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  program: string,
): Promise<number> => orExplain(() => run(args, env, program), terminal);
