// Opaque tokens: what a JWT says, in a form that no client takes for one. Nothing is kept of them, so they outlive a restart as
// JWTs do; a fake has nothing to hide in them.

const prefix = 'opaque_';

export const isOpaque = (token: string): boolean => token.startsWith(prefix);

export const toOpaque = (jwt: string): string =>
  prefix +
  Buffer.from(jwt).toString('base64').replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** What an opaque token stands for; any other is what it is. */
export const toJwt = (token: string): string =>
  isOpaque(token) ? Buffer.from(token.slice(prefix.length), 'base64').toString('utf8') : token;
