// Who and what both targets have: only that can be compared. A caller is asked for by the same scheme on both, for a key
// and a JWT may well be answered differently.
import { roles, type Caller, type Settings } from '../settings.ts';
import { askersIn, type Asker } from '../sequences/model/askers.ts';
import { isStranger, strangers, type Member, type Who } from '../sequences/step.ts';

export type Cast = {
  readonly askers: readonly Asker[];
  /** From the most permissive to the least. */
  readonly members: readonly Member[];
  readonly hasOutsider: boolean;
  /** The invitee and the invitee's address. */
  readonly hasInvitee: boolean;
  readonly hasBounce: boolean;
};

const isJwt = (value: string | undefined): boolean => /^bearer\s/i.test(value ?? '');

/** The fake's settings, each role with a credential of the scheme that the deployment's has. */
export const withSchemesOf = (fake: Settings, deployment: Settings): Settings => {
  const credentials = new Map<Caller, string>(fake.credentials);
  for (const role of roles) {
    const variant = isJwt(deployment.credentials.get(role)) ? 'JWT' : 'API_KEY';
    const value = fake.credentials.get(`${role}_${variant}`);
    if (value !== undefined) credentials.set(role, value);
  }
  return { ...fake, credentials, rate: Infinity };
};

export const toCast = (deployment: Settings): Cast => {
  const has = (name: Caller): boolean => deployment.credentials.has(name);
  const isPlain = ({ name }: Asker): boolean => !/_(?:JWT|API_KEY)$/.test(name);
  return {
    askers: askersIn(deployment).filter(isPlain),
    members: roles.filter(has),
    hasOutsider: has('OUTSIDER'),
    hasInvitee: has('INVITEE') && deployment.inviteeEmail !== undefined,
    hasBounce: deployment.bounceEmail !== undefined,
  };
};

/** Everybody whom a request can be made as. */
export const callersIn = ({ askers, hasInvitee }: Cast): readonly Who[] => [
  ...askers.map(({ name }) => name).filter((name) => name !== 'INVITEE' || hasInvitee),
  ...Object.keys(strangers).filter(isStranger),
];
