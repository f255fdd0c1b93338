// Where an SMTP server is and how to log in there, from the address that a person gave and back to one that can be shown.
import type { Parsed } from '../../settings/setting.ts';

export type SmtpAddress = {
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Whether TLS comes first; else it is asked for on the way, where the server offers it. */
  readonly isTls: boolean;
  /** Null: nobody logs in. */
  readonly user: string | null;
  readonly password: string | null;
};

const takes =
  'smtp://HOST:PORT or smtps://HOST:PORT, with USER:PASSWORD@ before the host where one is needed';

const defaultPorts: Readonly<Record<string, number>> = { 'smtp:': 25, 'smtps:': 465 };

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

export const parseSmtpAddress = (text: string): Parsed<SmtpAddress> => {
  if (!URL.canParse(text)) return { expected: takes };
  const { protocol, hostname, port, pathname, search, hash, username, password } = new URL(text);
  const defaultPort = defaultPorts[protocol];
  const [user, secret] = [decode(username), decode(password)];
  const isBare = /^\/?$/.test(pathname) && search === '' && hash === '';
  const isWhole = defaultPort !== undefined && hostname !== '' && isBare;
  if (!isWhole || user === undefined || secret === undefined) return { expected: takes };
  if (user === '' && secret !== '') return { expected: `${takes}; this one has no user` };
  return {
    value: {
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: port === '' ? defaultPort : Number(port),
      isTls: protocol === 'smtps:',
      user: user === '' ? null : user,
      password: user === '' ? null : secret,
    },
  };
};

/** Without user and password. */
export const showSmtpAddress = ({ host, port, isTls }: SmtpAddress): string =>
  `${isTls ? 'smtps' : 'smtp'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
