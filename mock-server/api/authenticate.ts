// Credentials → caller. Both schemes live in the Authorization header: `Api-Key KEY` and `Bearer JWT`.
import type { Caller } from '../../domain/caller.ts';
import { findCaller } from '../../domain/directory.ts';
import { lackingIn, type RuleId } from '../../spec/vocabulary.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Authorization } from '../web/authorization.ts';
import { isOpaque, toJwt } from '../web/opaque-token.ts';

export type TokenClaims = {
  /** The user's id. */
  readonly subject: string;
  /** The organization that the token is scoped to. */
  readonly organizationId?: string;
};

export type TokenVerdict =
  | { readonly kind: 'valid'; readonly claims: TokenClaims }
  | { readonly kind: 'refused'; readonly rule: RuleId; readonly detail: string };

/** Verifies a JWT: signature, algorithm, issuer, and its times against `now`, in milliseconds. */
export type VerifyToken = (token: string, now: number) => TokenVerdict | Promise<TokenVerdict>;

export type Authentication =
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly rule: RuleId; readonly detail: string };

const refused = (rule: RuleId, detail: string): Authentication => ({
  kind: 'refused',
  rule,
  detail,
});

const byKey = (sandbox: Sandbox, key: string): Authentication => {
  const { directory } = sandbox.state();
  const owner = directory.apiKeys.get(key);
  const caller =
    owner === undefined ? undefined : findCaller(directory, owner.userId, owner.organizationId);
  return caller === undefined
    ? refused(
        'authentication.wrong-key',
        'These credentials are incorrect: the API key is not known here.',
      )
    : { kind: 'caller', caller };
};

const byToken = async (
  sandbox: Sandbox,
  token: string,
  verify: VerifyToken,
): Promise<Authentication> => {
  // An edition that has no such scheme takes it for a JWT, which it is not. [authentication.token]
  const lacking = isOpaque(token) && lackingIn(sandbox.readings().edition, 'securitySchemes');
  const isKnown = lacking === false || !lacking.includes('tokenAuth');
  const verdict = await verify(isKnown ? toJwt(token) : token, sandbox.clock.now());
  if (verdict.kind === 'refused') return verdict;
  const { subject, organizationId } = verdict.claims;
  const caller = findCaller(sandbox.state().directory, subject, organizationId);
  return caller === undefined
    ? refused('authentication.wrong-signature', 'The JWT names a user who does not exist here.')
    : { kind: 'caller', caller };
};

/** Answers at once for an API key, so that the common case costs no turn of the event loop. */
export const authenticate = (
  sandbox: Sandbox,
  authorization: Authorization | undefined,
  verify: VerifyToken,
): Authentication | Promise<Authentication> => {
  if (authorization === undefined) {
    return refused(
      'authentication.missing',
      'Credentials are missing. Send "Authorization: Api-Key KEY" or "Authorization: Bearer JWT".',
    );
  }
  const { scheme, value } = authorization;
  switch (scheme) {
    case 'api-key':
      return byKey(sandbox, value);
    case 'bearer':
      return byToken(sandbox, value, verify);
    default:
      return refused(
        'authentication.unknown-scheme',
        'The scheme of the Authorization header is not known; it is "Api-Key" or "Bearer".',
      );
  }
};
