// POST /_mock/tokens: a JWT for a user by address, with the scope of an organization or without.
// This is where a client "regenerates" its JWT after accepting an invitation. [accept.new-jwt]
import { addressKey } from '../domain/invitation.ts';
import type { Directory, User } from '../domain/directory.ts';
import type { BodyFields } from '../web/body.ts';
import { replyJson, type Reply } from '../web/reply.ts';
import type { SandboxContext, SandboxOperation } from './context.ts';
import { readFields } from './input.ts';
import { badRequest, problem } from './problem.ts';

const defaultLifetimeSeconds = 12 * 60 * 60;
const longestLifetimeSeconds = 10 * 365 * 24 * 60 * 60;

function findUser({ users, userIdsByAddress }: Directory, email: unknown): User | Reply {
  if (typeof email !== 'string' || email === '') {
    return badRequest('The body needs "email", the address of the user whom the token is for.');
  }
  const user = users.get(userIdsByAddress.get(addressKey(email)) ?? '');
  if (user?.kind === 'person') return user;
  return problem(404, 'Not Found', `No person with the address "${email}" is registered here.`);
}

/** A form has texts alone; what reads like a truth value or a number is meant as one. */
function fromForm(value: unknown): unknown {
  if (value === 'true') return true;
  if (value === 'false' || value === '') return undefined;
  return typeof value === 'string' && /^-?\d{1,12}$/.test(value) ? Number(value) : value;
}

/** An id asks for that organization; `true` for the newest membership; `false` or nothing asks for no scope. */
function findScope(directory: Directory, user: User, asked: unknown): string | undefined | Reply {
  if (asked === undefined || asked === null || asked === false) return undefined;
  if (asked !== true && typeof asked !== 'string') {
    return badRequest(
      '"organization" is the id of an organization, true for the newest membership, or absent.',
    );
  }
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
}

/** Seconds; negative for a token that has expired already. */
function readLifetime(asked: unknown): number | Reply {
  if (asked === undefined) return defaultLifetimeSeconds;
  const isLifetime =
    typeof asked === 'number' &&
    Number.isInteger(asked) &&
    Math.abs(asked) <= longestLifetimeSeconds;
  if (isLifetime) return asked;
  return badRequest(
    `"expires_in" is a whole number of seconds, at most ${longestLifetimeSeconds}; negative makes an expired token.`,
  );
}

async function issue({ hosted }: SandboxContext, fields: BodyFields): Promise<Reply> {
  const { sandbox, tokens } = hosted;
  const { directory } = sandbox.state();
  const user = findUser(directory, fields['email']);
  if ('status' in user) return user;
  const organizationId = findScope(directory, user, fromForm(fields['organization']));
  if (typeof organizationId === 'object') return organizationId;
  const lifetime = readLifetime(fromForm(fields['expires_in']));
  if (typeof lifetime === 'object') return lifetime;
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
}

export const createToken: SandboxOperation = async (context, request) => {
  const body = await readFields(request, context.bodyLimits);
  return 'refused' in body ? body.refused : issue(context, body.fields);
};
