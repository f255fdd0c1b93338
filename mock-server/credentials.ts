// Whom a client can be: the whole Authorization values of a scenario's callers, for the banner and for the suites.
import type { Callers, Person } from '../fixtures/scenario.ts';
import { quote } from '../spec/quote.ts';
import { choicesIn } from '../spec/readings.ts';
import type { Readings } from '../spec/vocabulary.ts';
import { roles, type Role } from '../domain/role.ts';
import type { Tokens } from './sandboxes/tokens.ts';

/** Long enough for a working day; a client can ask for another one at any time. */
const lifetimeSeconds = 12 * 60 * 60;

export type Credentials = {
  readonly apiKeys: Readonly<Record<Role, string>>;
  readonly jwts: Readonly<Record<Role, string>>;
  readonly outsider: string;
  readonly invitee: string;
  readonly inviteeEmail: string;
  readonly expired: string;
};

export const createCredentials = async (
  callers: Callers,
  tokens: Tokens,
  nowMs: number,
): Promise<Credentials> => {
  const now = Math.floor(nowMs / 1_000);
  const bearer = async (person: Person, organizationId?: string, age = 0): Promise<string> => {
    const token = await tokens.issue({
      subject: person.userId,
      email: person.email,
      issuedAt: now - age,
      expiresAt: now - age + lifetimeSeconds,
      ...(organizationId === undefined ? {} : { organizationId }),
    });
    return `Bearer ${token}`;
  };
  const { organizationId, people, outsider, invitee, apiKeys } = callers;
  const member = (role: Role): Promise<string> => bearer(people[role], organizationId);
  return {
    apiKeys: {
      OWNER: `Api-Key ${apiKeys.OWNER}`,
      ADMIN: `Api-Key ${apiKeys.ADMIN}`,
      CONTRIB: `Api-Key ${apiKeys.CONTRIB}`,
      VIEWER: `Api-Key ${apiKeys.VIEWER}`,
    },
    jwts: {
      OWNER: await member('OWNER'),
      ADMIN: await member('ADMIN'),
      CONTRIB: await member('CONTRIB'),
      VIEWER: await member('VIEWER'),
    },
    outsider: `Api-Key ${outsider.apiKey}`,
    invitee: await bearer(invitee),
    inviteeEmail: invitee.email,
    expired: await bearer(people.OWNER, organizationId, 2 * lifetimeSeconds),
  };
};

/** Where a sandbox's tokens are had, and the token that is asked for there; null where none is. */
export type TokenRoute = { readonly path: string; readonly adminToken: string | null };

/** Whoever is told it can use it: the admin token, where one is needed, is in it as its password. */
const toTokenUrl = (url: string, { path, adminToken }: TokenRoute): string => {
  const address = new URL(path, url);
  if (adminToken !== null) {
    address.username = 'admin';
    address.password = adminToken;
  }
  return address.href;
};

/** The variables that the contract suites read. */
export const toEnvironment = (
  url: string,
  credentials: Credentials,
  tokenRoute: TokenRoute,
  readings: Readings,
): Readonly<Record<string, string>> => {
  const { apiKeys, jwts, outsider, invitee, inviteeEmail, expired } = credentials;
  const environment: Record<string, string> = {
    CONTRACT_TARGET: url,
    CONTRACT_EDITION: readings.edition,
  };
  const choices = choicesIn(readings);
  if (Object.keys(choices).length > 0) environment['CONTRACT_READINGS'] = JSON.stringify(choices);
  for (const role of roles) environment[`CONTRACT_AUTH_${role}`] = apiKeys[role];
  for (const role of roles) environment[`CONTRACT_AUTH_${role}_JWT`] = jwts[role];
  return {
    ...environment,
    CONTRACT_AUTH_OUTSIDER: outsider,
    CONTRACT_AUTH_INVITEE: invitee,
    CONTRACT_INVITEE_EMAIL: inviteeEmail,
    CONTRACT_AUTH_EXPIRED: expired,
    CONTRACT_BOUNCE_EMAIL: 'bounce@example.com',
    CONTRACT_TOKEN_URL: toTokenUrl(url, tokenRoute),
  };
};

/** Lines that a shell can source and that `node --env-file` understands; the last one exports them all. */
export const toEnvFile = (environment: Readonly<Record<string, string>>): string => {
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${quote(value)}`);
  return `${lines.join('\n')}\nexport ${Object.keys(environment).join(' ')}\n`;
};
