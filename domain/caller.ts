// Who asks. What a caller may do follows from the membership that the credentials carry.
import type { Role } from './role.ts';

/** The organization that a caller acts in, and as what. */
export type Scope = { readonly organizationId: string; readonly role: Role };

export type Caller = {
  readonly userId: string;
  /** The address that a person logged in with; null for a service account, which has none. */
  readonly email: string | null;
  /** Null for a person whose JWT names no organization. */
  readonly scope: Scope | null;
};

export type ScopedCaller = Caller & { readonly scope: Scope };

export const hasScope = (caller: Caller): caller is ScopedCaller => caller.scope !== null;
