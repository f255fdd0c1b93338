// What the way to a deployment asks for besides credentials: headers of a gateway, an authority, a client's certificate.
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { CannotRun, orCannotRun } from '../../settings/cannot-run.ts';
import type { Read } from '../../settings/read.ts';
import { wayFlags } from '../flags.ts';

export type Way = {
  /** Sent with every request; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** PEM, trusted besides what the machine trusts. */
  readonly ca?: string;
  /** PEM, of the client. */
  readonly cert?: string;
  readonly key?: string;
};

/** As flags and variables give it: `Name: value`, and names of files. */
export type GivenWay = {
  readonly headers?: readonly string[];
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
};

/** Several, with commas or lines between, as a variable has them; a comma within a value stays. */
export const splitHeaders = (text: string): readonly string[] =>
  text
    .split(/[,\n](?=\s*[\w!#$%&'*+.^`|~-]+\s*:)/)
    .map((header) => header.trim())
    .filter((header) => header !== '');

/** Those that the suites and HTTP itself set. */
const taken: ReadonlyMap<string, string> = new Map([
  ['authorization', 'credentials are given as CONTRACT_AUTH_OWNER and the like'],
  ...['connection', 'content-length', 'content-type', 'transfer-encoding'].map(
    (name): [string, string] => [name, 'the suites set it themselves'],
  ),
]);

/** Does not repeat the value, which may be a secret. */
const toHeader = (text: string): [string, string] => {
  const [, name = '', value = ''] = /^\s*([^:\s]*)\s*:\s*([^]*?)\s*$/.exec(text) ?? [];
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]+$/.test(value)) {
    const shown = name === '' ? 'one that is given' : `the one that begins with "${name}"`;
    throw new CannotRun(
      `--header takes a name and a value, such as 'X-Team: qa'; ${shown} is neither.`,
    );
  }
  const reason = taken.get(name.toLowerCase());
  if (reason !== undefined) throw new CannotRun(`--header cannot set ${name}: ${reason}.`);
  return [name.toLowerCase(), value];
};

const read = (flag: string, file: string | undefined): string | undefined =>
  orCannotRun(
    () => (file === undefined ? undefined : readFileSync(file, 'utf8')),
    (reason) => `The file of ${flag} cannot be read: ${reason}.`,
  );

const refuseUnusable = (flags: string, options: Omit<Way, 'headers'>) =>
  orCannotRun(
    () => createSecureContext(options),
    (reason) => `${flags} cannot be used, for what is wanted is PEM: ${reason}.`,
  );

/** Throws a CannotRun. */
export const readWay = (given: GivenWay): Way => {
  if ((given.cert === undefined) !== (given.key === undefined)) {
    const [there, lacking] = given.cert === undefined ? ['--key', '--cert'] : ['--cert', '--key'];
    throw new CannotRun(`${there} is of no use without ${lacking}: a client shows both.`);
  }
  const ca = read('--ca', given.ca);
  const cert = read('--cert', given.cert);
  const key = read('--key', given.key);
  if (ca !== undefined) refuseUnusable(`--ca ${given.ca ?? ''}`, { cert: ca });
  if (cert !== undefined && key !== undefined) refuseUnusable('--cert and --key', { cert, key });
  return {
    headers: Object.fromEntries((given.headers ?? []).map(toHeader)),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
};

/** As flags and variables say it. Throws a CannotRun. */
export const readGivenWay = (readSetting: Read): Way =>
  readWay({
    headers: splitHeaders(readSetting(wayFlags.header) ?? ''),
    ca: readSetting(wayFlags.ca) ?? undefined,
    cert: readSetting(wayFlags.cert) ?? undefined,
    key: readSetting(wayFlags.key) ?? undefined,
  });
