// The command `proxy`: a deployment to click through, with every exchange judged and in the console's traffic.
import { wayFlags } from '../contracts/flags.ts';
import { toRemote } from '../contracts/targets/remote.ts';
import { readConfig } from '../mock-server/config/config.ts';
import { settings } from '../mock-server/config/settings.ts';
import { stoppedBySignal } from './stop.ts';
import { toMain } from './run-command.ts';
import { listenAsAsked } from './started.ts';
import { readWayThere } from './way.ts';

const { port, host, logLevel, logFormat, adminToken, corsOrigins } = settings;
const shown = [port, host, logLevel, logFormat, adminToken, corsOrigins];

export const proxyMain = toMain(
  {
    about:
      'Stands before a deployment and passes everything on unchanged. Each exchange is judged by the contract: findings are in the header sl-violations, in the log, and in the traffic of the console at /_mock/, with their rules, as curl, and as HAR.',
    operand: { name: '<url>', help: 'base address of the deployment' },
    settings: [...shown, ...Object.values(wayFlags)],
    notes: `HTTP_PROXY, HTTPS_PROXY and NO_PROXY are respected.

Exit code: 0 stopped as asked; 2 could not run as asked.`,
  },
  async ({ read, operands: [address = ''] }, env, { out }) => {
    const { name, env: there } = toRemote(address, env);
    const url = new URL(there['CONTRACT_TARGET'] ?? name);
    const { headers, agentFor, explain } = readWayThere(read);
    const deployment = { url, agent: await agentFor(url), headers, explain };
    const server = await listenAsAsked(readConfig(read), deployment);
    const token = server.adminToken === null ? '' : ` (admin token ${server.adminToken})`;
    out(`${server.url} passes on to ${name}; what is found is at ${server.url}/_mock/${token}`);
    await stoppedBySignal(server);
    return 0;
  },
);
