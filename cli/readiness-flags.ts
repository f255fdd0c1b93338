// What `wait` and `healthcheck` are told: which server, and how long.
import { parseArgs } from 'node:util';
import { CannotRun } from '../contracts/cannot-run.ts';
import { settings } from '../mock-server/config/settings.ts';
import { duration } from '../mock-server/config/setting.ts';

export type Asked =
  | { readonly isHelp: true }
  | { readonly isHelp: false; readonly url: string; readonly timeoutMs: number };

const options = {
  help: { type: 'boolean', short: 'h' },
  timeout: { type: 'string' },
} as const;

const parse = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length > 1) throw new Error(`More than one address: ${positionals.join(', ')}`);
    return { ...values, url: positionals[0] };
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
};

/** Without a slash at the end. */
const toBase = (address: string): string => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new CannotRun(
      `"${address}" is no address of a server, such as http://127.0.0.1:4010 or https://staging.example.com.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
};

/** Throws a CannotRun that says what was wrong. `otherwise` is the timeout that is not given. */
export const readAsked = (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  otherwise: string,
): Asked => {
  const { help, timeout = otherwise, url } = parse(args);
  if (help === true) return { isHelp: true };
  const parsed = duration(timeout);
  if ('expected' in parsed) {
    throw new CannotRun(`--timeout is "${timeout}", but it takes ${parsed.expected}.`);
  }
  const port = env['INVITATIONS_MOCK_PORT'] || String(settings.port.fallback);
  const base = toBase(url ?? (env['CONTRACT_TARGET'] || `http://127.0.0.1:${port}`));
  return { isHelp: false, url: base, timeoutMs: parsed.value };
};
