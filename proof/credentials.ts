// What a request's credentials look like, good or bad: for faults that strike by them.
import type { Ask, World } from './mutant.ts';

type When = (ask: Ask, world: World) => boolean;

export const authorizationOf = ({ headers }: Ask): string => headers['authorization'] ?? '';
export const isKey = (ask: Ask): boolean => /^api-key /i.test(authorizationOf(ask));
export const isJwt = (ask: Ask): boolean => /^bearer /i.test(authorizationOf(ask));
export const isNobody = (ask: Ask): boolean => authorizationOf(ask) === '';
export const isBasic = (ask: Ask): boolean => authorizationOf(ask).startsWith('Basic');
export const isExpired: When = (ask, { credential }) =>
  authorizationOf(ask) === credential('EXPIRED');
export const isStrange = (ask: Ask): boolean => !isKey(ask) && !isJwt(ask) && !isNobody(ask);

export const partsOf = (ask: Ask): readonly string[] =>
  authorizationOf(ask)
    .replace(/^bearer /i, '')
    .split('.');

export const decode = (part = ''): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
};

export const algorithmOf = (ask: Ask): string => {
  const header = decode(partsOf(ask)[0]);
  return typeof header === 'object' && header !== null && 'alg' in header ? String(header.alg) : '';
};

/** Three parts that can be read, and no expired token: what a check of the signature alone would refuse. */
export const isForged: When = (ask, world) =>
  isJwt(ask) &&
  partsOf(ask).length === 3 &&
  typeof decode(partsOf(ask)[1]) === 'object' &&
  !isExpired(ask, world);
export const isMalformed: When = (ask, world) =>
  /^bearer/i.test(authorizationOf(ask)) && !isForged(ask, world) && !isExpired(ask, world);
