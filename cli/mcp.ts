// The command `mcp`: the testers' API of a fake that runs, as tools for a program that speaks the Model Context Protocol on
// standard input and output.
import { settings } from '../mock-server/config/settings.ts';
import { askOf, createProtocolServer, loadLibrary } from '../mock-server/mcp/protocol.ts';
import { serverOperand, toServerUrl } from './readiness-settings.ts';
import { toMain } from './run-command.ts';

export const mcpMain = toMain(
  {
    about:
      'Tools of a running fake for assistants: sandboxes, invitations, deliveries, messages, traffic. Speaks the Model Context Protocol on standard input and output.',
    operand: serverOperand,
    settings: [settings.adminToken],
    notes: 'Exit code: 0 whoever asked has gone; 2 could not run as asked.',
  },
  async ({ read, operands: [operand] }, env) => {
    const ask = askOf(fetch, toServerUrl(operand, env), read(settings.adminToken));
    const library = await loadLibrary();
    const handle = library.serveStdio(() => createProtocolServer(library, ask));
    await new Promise((resolve) => process.stdin.once('end', resolve).once('close', resolve));
    await handle.close();
    return 0;
  },
);
