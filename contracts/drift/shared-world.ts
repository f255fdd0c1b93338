// Who and what both targets have: only that can be compared. A caller is asked for by the same scheme on both, for a key
// and a JWT may well be answered differently.
import { roles, type Caller, type Settings } from '../settings.ts';
import { askersIn } from '../sequences/model/askers.ts';
import type { AddressName, World } from '../sequences/model/command.ts';
import { isStranger, strangers, type Member, type Who } from '../sequences/step.ts';

export type SharedWorld = World & {
  /** From the most permissive to the least. */
  readonly members: readonly Member[];
  readonly hasOutsider: boolean;
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

/** Of the addresses that exist once, with these alone; the invitee comes with the invitee's. */
export const withAddresses = (
  shared: SharedWorld,
  addresses: SharedWorld['addresses'],
): SharedWorld => ({
  ...shared,
  addresses,
  askers: shared.askers.filter(({ name }) => name !== 'INVITEE' || addresses.includes('<invitee>')),
});

export const toSharedWorld = (deployment: Settings): SharedWorld => {
  const { credentials, inviteeEmail, bounceEmail } = deployment;
  const hasInvitee = credentials.has('INVITEE') && inviteeEmail !== undefined;
  const addresses: readonly AddressName[] = [
    ...(['<email:1>', '<email:2>'] as const),
    ...(hasInvitee ? (['<invitee>'] as const) : []),
    ...(bounceEmail === undefined ? [] : (['<bounce>'] as const)),
  ];
  const askers = askersIn(deployment).filter(({ name }) => !/_(?:JWT|API_KEY)$/.test(name));
  const members = roles.filter((role) => credentials.has(role));
  const hasOutsider = credentials.has('OUTSIDER');
  return withAddresses({ askers, addresses, members, hasOutsider }, addresses);
};

/** Everybody whom a request can be made as. */
export const callersIn = ({ askers }: SharedWorld): readonly Who[] => [
  ...askers.map(({ name }) => name),
  ...Object.keys(strangers).filter(isStranger),
];
