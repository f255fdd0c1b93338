// What the runner and the checks are told: the CONTRACT_* variables, read in this one place.
import { readGivenWay } from './reach/way.ts';
import { createRead, type Environment } from '../settings/read.ts';
import { roles } from '../spec/vocabulary.ts';
import { flags } from './flags.ts';

export { roles, type Role } from '../spec/vocabulary.ts';

/** Those who may invite, and those who may not. [roles.who-invites] */
export const invitingRoles = ['OWNER', 'ADMIN'] as const;
export const otherRoles = ['CONTRIB', 'VIEWER'] as const;

const variants = roles.flatMap((role) => [
  { role, scheme: 'JWT', caller: `${role}_JWT` } as const,
  { role, scheme: 'API_KEY', caller: `${role}_API_KEY` } as const,
]);

/** The credentials that a user may give: each is the end of a variable `CONTRACT_AUTH_…`. */
export const credentialNames = [
  ...roles,
  'OUTSIDER',
  'INVITEE',
  'EXPIRED',
  ...variants.map(({ caller }) => caller),
] as const;

/** Who a request is made as. `JWT` and `API_KEY` are whichever of the inviting roles has such a credential. */
export type Caller = (typeof credentialNames)[number] | 'JWT' | 'API_KEY';

/** What a check cannot do without; a check whose needs are not met is reported as not exercised. */
export type Need = Caller | 'INVITEE_EMAIL' | 'BOUNCE_EMAIL' | 'TOKEN_URL';

/** What several checks need: an invitation that bounces, one for the INVITEE, an organization beside the OWNER's. */
export const bouncing = ['OWNER', 'BOUNCE_EMAIL'] as const;
export const invitee = ['OWNER', 'INVITEE', 'INVITEE_EMAIL'] as const;
export const bothOrganizations = ['OWNER', 'OUTSIDER'] as const;

const given = (env: Environment, name: string): string | undefined => {
  const value = env[`CONTRACT_${name}`]?.trim();
  return value === '' ? undefined : value;
};

export const isJwt = (value: string): boolean => /^bearer\s/i.test(value);

const readCredentials = (env: Environment): ReadonlyMap<Caller, string> => {
  const credentials = new Map<Caller, string>();
  for (const name of credentialNames) {
    const value = given(env, `AUTH_${name}`);
    if (value !== undefined) credentials.set(name, value);
  }
  // A role's one credential also serves where a check asks for its scheme.
  for (const { role, scheme, caller } of variants) {
    const value = credentials.get(caller) ?? credentials.get(role);
    if (value === undefined || isJwt(value) !== (scheme === 'JWT')) continue;
    credentials.set(caller, value);
    const mayInvite = invitingRoles.some((one) => one === role);
    if (mayInvite && !credentials.has(scheme)) credentials.set(scheme, value);
  }
  return credentials;
};

/** Throws a CannotRun that names the variable and its flag. */
export const readSettings = (env: Environment = process.env) => {
  const read = createRead(new Map(), env);
  const { edition, ...readings } = read(flags.readings) ?? {};
  return {
    /** Without a slash at its end; may have a path of its own. Empty when no target is given. */
    target: (given(env, 'TARGET') ?? '').replace(/\/+$/, ''),
    credentials: readCredentials(env),
    inviteeEmail: given(env, 'INVITEE_EMAIL'),
    bounceEmail: given(env, 'BOUNCE_EMAIL'),
    /** Where a JWT is had: see joining.ts. */
    tokenUrl: given(env, 'TOKEN_URL'),
    emailDomain: given(env, 'EMAIL_DOMAIN') ?? 'example.com',
    /** What stands before the target wants it. */
    way: readGivenWay(read),
    timeoutMs: read(flags.timeoutMs),
    rate: read(flags.rate) ?? Infinity,
    jobs: read(flags.jobs),
    /** Undefined: it is found out at the start. */
    settleMs: read(flags.settleMs) ?? undefined,
    required: read(flags.required),
    tolerated: read(flags.tolerated),
    only: read(flags.only) ?? [],
    /** Sequences; a third as many rounds of each race, a tenth as many requests of each kind. */
    runs: read(flags.runs),
    seed: read(flags.seed),
    /** The sequence, of those that the seed gives, to which a failure was shrunk: straight to it. */
    path: read(flags.path) ?? undefined,
    /** Undefined: it is found out at the start. */
    edition: read(flags.edition) ?? edition,
    /** How the target reads the contract, as far as it is known to do otherwise. */
    readings,
    strict: read(flags.strict),
    isReadOnly: read(flags.isReadOnly),
    isConfirmed: read(flags.isConfirmed),
    reportPath: read(flags.reportPath) ?? undefined,
    reportFolder: read(flags.reportFolder) ?? undefined,
    ledgerPath: read(flags.ledgerPath) ?? undefined,
  };
};

export type Settings = Readonly<ReturnType<typeof readSettings>>;

const variableOf = (need: Need): string => {
  if (need === 'INVITEE_EMAIL' || need === 'BOUNCE_EMAIL' || need === 'TOKEN_URL') {
    return `CONTRACT_${need}`;
  }
  if (need === 'JWT' || need === 'API_KEY') return `CONTRACT_AUTH_OWNER_${need}`;
  return `CONTRACT_AUTH_${need}`;
};

const isGiven = (settings: Settings, need: Need): boolean => {
  if (need === 'INVITEE_EMAIL') return settings.inviteeEmail !== undefined;
  if (need === 'BOUNCE_EMAIL') return settings.bounceEmail !== undefined;
  if (need === 'TOKEN_URL') return settings.tokenUrl !== undefined;
  return settings.credentials.has(need);
};

/** Why a need is not met, or undefined when it is. */
export const whyUnmet = (settings: Settings, need: Need): string | undefined =>
  isGiven(settings, need) ? undefined : `needs ${variableOf(need)}`;
