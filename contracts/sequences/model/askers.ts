// Who asks in the sequences: every kind of caller that the environment has credentials of, and nobody.
import { isJwt, roles, whyUnmet, type Role, type Settings } from '../../settings.ts';
import type { Key, Who } from '../step.ts';

export type Organization = 'ours' | 'theirs';

export type Asker = {
  readonly name: Who;
  readonly kind: 'member' | 'invitee' | 'expired' | 'nobody';
  /** Of a member: what it acts within, and as what. */
  readonly organization: Organization;
  readonly role: Role;
  /** A user has an address, a service account has none. */
  readonly isUser: boolean;
};

/** Shrinking leads to the first of the askers. */
const names = [
  ...roles,
  ...roles.flatMap((role) => [`${role}_JWT`, `${role}_API_KEY`] as const),
  'OUTSIDER',
  'INVITEE',
  'EXPIRED',
] as const;

const toAsker = (name: (typeof names)[number], credential: string): Asker => {
  const role = roles.find((one) => name.startsWith(one)) ?? 'OWNER';
  const base = { name, organization: 'ours', role, isUser: isJwt(credential) } as const;
  if (name === 'INVITEE') return { ...base, kind: 'invitee' };
  if (name === 'EXPIRED') return { ...base, kind: 'expired' };
  return name === 'OUTSIDER'
    ? { ...base, kind: 'member', organization: 'theirs' }
    : { ...base, kind: 'member' };
};

export const askersIn = (settings: Settings): readonly Asker[] => {
  const byCredential = new Map<string, Asker>();
  for (const name of names) {
    const credential = settings.credentials.get(name);
    if (credential === undefined || whyUnmet(settings, name) !== undefined) continue;
    if (!byCredential.has(credential)) byCredential.set(credential, toAsker(name, credential));
  }
  const nobody = { name: 'NOBODY', kind: 'nobody', organization: 'ours', role: 'VIEWER' } as const;
  return [...byCredential.values(), { ...nobody, isUser: false }];
};

/** Whoever has the key of a service account. */
export const toKeyHolder = (name: Key, role: Role): Asker => ({
  ...{ name, kind: 'member', organization: 'ours', role, isUser: false },
});

const rank = (role: Role): number => roles.indexOf(role);

export const isAbove = (role: Role, own: Role): boolean => rank(role) < rank(own);

/** [roles.who-invites] */
export const mayInvite = ({ role }: Asker): boolean => rank(role) <= rank('ADMIN');

/** The roles' order is assumed, but that OWNER is above them all, and VIEWER below, is in the names. */
export const isSurelyAbove = (role: Role, own: Role): boolean =>
  isAbove(role, own) && (role === 'OWNER' || own === 'VIEWER');

export const isSurelyWithin = (role: Role, own: Role): boolean =>
  role === own || own === 'OWNER' || role === 'VIEWER';
