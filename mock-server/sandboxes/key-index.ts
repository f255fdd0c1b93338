// Which sandbox a credential belongs to: by the API key itself, or by the name of the key that a JWT is signed with.
import { createHash } from 'node:crypto';
import type { Authorization } from '../web/authorization.ts';
import { toJwt } from '../web/opaque-token.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';

export type KeyIndex = {
  readonly add: (hosted: HostedSandbox) => void;
  /** A key that a client had made of the API leads to it from now on. */
  readonly learn: (hosted: HostedSandbox, apiKey: string) => void;
  readonly remove: (hosted: HostedSandbox) => void;
  readonly find: (authorization: Authorization) => HostedSandbox | undefined;
};

/** The `kid` of a JWT's header; undefined where it has none. Nothing is verified here. [RFC 7515, 4.1.4] */
const readKeyId = (header: string): unknown => {
  try {
    // `base64` takes both alphabets.
    const parsed: unknown = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && 'kid' in parsed
      ? parsed.kid
      : undefined;
  } catch {
    return undefined;
  }
};

/** Longer headers are none of ours. */
const longestHeader = 1_024;

const headerOf = (token: string): string => {
  const jwt = toJwt(token);
  return jwt.slice(0, Math.max(jwt.indexOf('.'), 0));
};

const digest = (kind: 'api-key' | 'bearer', key: string): string =>
  createHash('sha256').update(`${kind} ${key}`).digest('base64url');

/** By which a store that is shared finds a sandbox; nobody can log in with it. */
export const digestsOf = ({ sandbox, tokens }: HostedSandbox): readonly string[] => [
  digest('bearer', tokens.keyId),
  ...Array.from(sandbox.apiKeys(), (key) => digest('api-key', key)),
];

/** Undefined for credentials that lead nowhere. */
export const digestOf = ({ scheme, value }: Authorization): string | undefined => {
  if (scheme === 'api-key') return digest(scheme, value);
  const header = headerOf(value);
  if (scheme !== 'bearer' || header === '' || header.length > longestHeader) return undefined;
  const keyId = readKeyId(header);
  return typeof keyId === 'string' ? digest(scheme, keyId) : undefined;
};

export const createKeyIndex = (): KeyIndex => {
  const byApiKey = new Map<string, HostedSandbox>();
  const byKeyId = new Map<unknown, HostedSandbox>();
  // All JWTs of a sandbox begin with the same header, so that most of them need no parsing.
  const byHeader = new Map<string, HostedSandbox>();

  const findByToken = (token: string): HostedSandbox | undefined => {
    const header = headerOf(token);
    const known = byHeader.get(header);
    if (known !== undefined || header === '' || header.length > longestHeader) return known;
    const hosted = byKeyId.get(readKeyId(header));
    // Headers can be written in many ways, and who writes them may be hostile.
    if (hosted !== undefined && byHeader.size < 2 * byKeyId.size) byHeader.set(header, hosted);
    return hosted;
  };

  const forget = <Key>(map: Map<Key, HostedSandbox>, hosted: HostedSandbox): void => {
    for (const [key, owner] of map) if (owner === hosted) map.delete(key);
  };

  const add = (hosted: HostedSandbox): void => {
    byKeyId.set(hosted.tokens.keyId, hosted);
    for (const key of hosted.sandbox.apiKeys()) byApiKey.set(key, hosted);
  };

  return {
    add,
    learn: (hosted, apiKey) => void byApiKey.set(apiKey, hosted),
    remove: (hosted) => {
      forget(byApiKey, hosted);
      forget(byKeyId, hosted);
      forget(byHeader, hosted);
    },
    find: ({ scheme, value }) => {
      if (scheme === 'api-key') return byApiKey.get(value);
      return scheme === 'bearer' ? findByToken(value) : undefined;
    },
  };
};
