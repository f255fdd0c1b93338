// The command `healthcheck`: one quick question, for containers and whatever else watches over a server.
import { wayFlags } from '../contracts/flags.ts';
import { howItIsKnown, serverOperand, timeoutOf, toServerUrl } from './readiness-settings.ts';
import { readinessOf } from './readiness.ts';
import { toMain } from './run-command.ts';
import { readWayThere } from './way.ts';

const timeout = timeoutOf('HEALTHCHECK', '2s');

export const healthcheckMain = toMain(
  {
    about: `Asks once whether a server is ready: ${howItIsKnown}`,
    operand: serverOperand,
    settings: [timeout, ...Object.values(wayFlags)],
    notes: 'Exit code: 0 ready; 1 not ready; 2 could not run as asked.',
  },
  async ({ read, operands: [operand] }, env, { out, err }) => {
    const url = toServerUrl(operand, env);
    const reason = await readinessOf(url, read(timeout), readWayThere(read));
    if (reason === null) out(`${url} is ready.`);
    else err(`${url} is not ready: ${reason}`);
    return reason === null ? 0 : 1;
  },
);
