// What sandboxes need of whoever makes and verifies their JWTs.
import type { JWK } from 'jose';
import type { TokenClaims, VerifyToken } from '../api/authenticate.ts';

export type TokenRequest = TokenClaims & {
  readonly email: string;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
};

export type Tokens = {
  readonly issue: (request: TokenRequest) => Promise<string>;
  readonly verify: VerifyToken;
  /** The `kid` in the header of each of them. */
  readonly keyId: string;
  readonly jwks: { readonly keys: readonly JWK[] };
};

/** The same secret gives tokens that the tokens of before take for their own. */
export type CreateTokens = (secret: string) => Promise<Tokens>;
