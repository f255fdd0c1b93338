// The command `proxy`: Prism's own proxy in front of a deployment, so that a person can click through the real thing with
// validation on. Findings are in the `sl-violations` header and on the terminal.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { CannotRun } from '../settings/cannot-run.ts';
import { runChild } from './child.ts';
import { toMain } from './run-command.ts';

export const proxyMain = toMain(
  {
    about:
      "Prism's proxy in front of a deployment, on port 4010: what passes is validated against the contract, and findings are shown here and in the header sl-violations.",
    operand: {
      name: '<url...>',
      help: "base address of the deployment, and after it Prism's own flags",
    },
    settings: [],
    passesRest: true,
    notes: `Flags of Prism, after the address:

  -p, --port N   port to listen on (4010)
  -h, --host H   address to listen on (127.0.0.1)
  --errors       answers with an error where something is wrong
  -v, --verboseLevel LEVEL
                 silent, fatal, error, warn, info, debug or trace

Exit code: that of the proxy; 2 could not run as asked.`,
  },
  ({ operands: [url = '', ...flags] }, env) => {
    if (!/^https?:\/\//.test(url)) {
      throw new CannotRun(`"${url}" is no HTTP address, such as https://staging.example.com.`);
    }
    const prism = createRequire(import.meta.url).resolve('@stoplight/prism-cli');
    const contract = fileURLToPath(new URL('../spec/openapi.yaml', import.meta.url));
    return runChild(process.execPath, [prism, 'proxy', contract, url, ...flags], { ...env });
  },
);
