// The command `proxy`: Prism's own proxy in front of a deployment, so that a person can click through the real thing with
// validation on. Findings are in the `sl-violations` header and on the terminal.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runChild } from './run-child.ts';

const help = (program: string): string => `${program} URL [FLAG]…

Prism's proxy in front of the deployment at URL, on port 4010: what passes is validated against the
contract, and findings are shown here and in the header sl-violations. Flags are Prism's own:

  -p, --port N   port to listen on (4010)
  -h, --host H   address to listen on (127.0.0.1)
  --errors       answers with an error where something is wrong
  -v, --verboseLevel LEVEL
                 silent, fatal, error, warn, info, debug or trace
  --help

Exit code: that of the proxy; 2 could not run as asked.
`;

export const proxyMain = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  program: string,
): Promise<number> => {
  if (args.includes('--help')) {
    process.stdout.write(help(program));
    return 0;
  }
  const [url, ...flags] = args;
  if (url === undefined || !/^https?:\/\//.test(url)) {
    process.stderr.write(
      `${program}: ${url === undefined ? 'the address of a deployment is missing' : `"${url}" is not an http address`}; try ${program} https://staging.example.com\n`,
    );
    return 2;
  }
  const prism = createRequire(import.meta.url).resolve('@stoplight/prism-cli');
  const contract = fileURLToPath(new URL('../spec/openapi.yaml', import.meta.url));
  return runChild(process.execPath, [prism, 'proxy', contract, url, ...flags], env);
};
