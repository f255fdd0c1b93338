// What `wait` and `healthcheck` are told: which server, and how long.
import { settings } from '../mock-server/config/settings.ts';
import { CannotRun } from '../settings/cannot-run.ts';
import { durationFrom } from '../settings/duration.ts';
import { createRead, type Environment } from '../settings/read.ts';
import { settingsOf, type Setting } from '../settings/setting.ts';

export const serverOperand = {
  name: '[url]',
  help: 'address of the server (CONTRACT_TARGET, or http://127.0.0.1 and the port of INVITATIONS_MOCK_PORT)',
} as const;

export const howItIsKnown =
  'the fake by /_mock/health/ready, a deployment by any answer of /api/v1/invitations/ that does not come from a gateway (502, 503, 504).';

export const timeoutOf = (command: string, fallback: string): Setting<number> =>
  settingsOf(`INVITATIONS_MOCK_${command}`).setting({
    flag: 'timeout',
    placeholder: 'DURATION',
    fallback,
    help: 'how long, at most',
    parse: durationFrom(1),
  });

/** Without a slash at the end. Throws a CannotRun. */
export const toServerUrl = (operand: string | undefined, env: Environment): string => {
  const port = createRead(new Map(), env)(settings.port);
  const address = operand ?? (env['CONTRACT_TARGET'] || `http://127.0.0.1:${port}`);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new CannotRun(
      `"${address}" is no address of a server, such as http://127.0.0.1:4010 or https://staging.example.com.`,
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '') {
    throw new CannotRun(
      `The address has a user, a password or a query, which would not be sent. Give ${url.origin}${url.pathname}; headers are given with --header.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
};
