// POST /_mock/tokens: a JWT for a user by address, with the scope of an organization or without.
// This is where a client "regenerates" its JWT after accepting an invitation. [accept.new-jwt]
import { addressKey } from '../../domain/invitation.ts';
import type { Directory, User } from '../../domain/directory.ts';
import type { BodyFields } from '../web/body.ts';
import { replyJson, type Reply } from '../web/reply.ts';
import type { SandboxContext, SandboxOperation } from './context.ts';
import { createInput, readFields, text, type Reader } from './input.ts';
import { problem } from './problem.ts';

const defaultLifetimeSeconds = 12 * 60 * 60;
const longestLifetimeSeconds = 10 * 365 * 24 * 60 * 60;
const longestAddress = 254;

const findUser = ({ users, userIdsByAddress }: Directory, email: string): User | Reply => {
  const user = users.get(userIdsByAddress.get(addressKey(email)) ?? '');
  if (user?.kind === 'person') return user;
  return problem(404, 'Not Found', `No person with the address "${email}" is registered here.`);
};

/** A form has texts alone; what reads like a truth value or a number is meant as one. */
const fromForm = (value: unknown): unknown => {
  if (value === 'true') return true;
  if (value === 'false' || value === '') return undefined;
  return typeof value === 'string' && /^-?\d{1,12}$/.test(value) ? Number(value) : value;
};

/** An id asks for that organization; `true` for the newest membership; `false` or null for none. */
const organizationAsked: Reader<string | true | undefined> = (given) => {
  const value = fromForm(given);
  if (value === undefined || value === null || value === false) return { value: undefined };
  return value === true || typeof value === 'string'
    ? { value }
    : { expected: 'the id of an organization, true for the newest membership, or false' };
};

/** Seconds; negative for a token that has expired already. */
const lifetimeAsked: Reader<number> = (given) => {
  const value = given === '' ? defaultLifetimeSeconds : fromForm(given);
  const isLifetime =
    typeof value === 'number' &&
    Number.isInteger(value) &&
    Math.abs(value) <= longestLifetimeSeconds;
  if (isLifetime) return { value };
  return {
    expected: `a whole number of seconds, at most ${longestLifetimeSeconds}; negative makes an expired token`,
  };
};

const findScope = (directory: Directory, user: User, asked: string | true): string | Reply => {
  const memberships = [...directory.memberships.values()].filter(
    ({ userId }) => userId === user.id,
  );
  const wanted =
    asked === true
      ? memberships.at(-1)
      : memberships.find(({ organizationId }) => organizationId === asked.toLowerCase());
  if (wanted !== undefined) return wanted.organizationId;
  const where = asked === true ? 'any organization' : `the organization ${asked}`;
  return problem(
    409,
    'Conflict',
    `${user.email} is not a member of ${where}, so there is no such scope.`,
  );
};

const issue = async ({ hosted }: SandboxContext, fields: BodyFields): Promise<Reply> => {
  const { sandbox, tokens } = hosted;
  const input = createInput(fields);
  const email = input.need('email', text(1, longestAddress), '');
  const asked = input.read('organization', organizationAsked);
  const lifetime = input.read('expires_in', lifetimeAsked) ?? defaultLifetimeSeconds;
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  const { directory } = sandbox.state();
  const user = findUser(directory, email);
  if ('status' in user) return user;
  const organizationId = asked === undefined ? undefined : findScope(directory, user, asked);
  if (typeof organizationId === 'object') return organizationId;
  const now = Math.floor(sandbox.clock.now() / 1_000);
  const expiresAt = now + lifetime;
  const token = await tokens.issue({
    subject: user.id,
    email: user.email,
    issuedAt: Math.min(now, expiresAt - 1),
    expiresAt,
    ...(organizationId === undefined ? {} : { organizationId }),
  });
  return replyJson(201, {
    token,
    authorization: `Bearer ${token}`,
    organization: organizationId ?? null,
    expires_at: new Date(expiresAt * 1_000).toISOString(),
  });
};

export const createToken: SandboxOperation = async (context, request) => {
  const body = await readFields(request, context.bodyLimits);
  return 'refused' in body ? body.refused : issue(context, body.fields);
};
