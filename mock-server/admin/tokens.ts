// POST /_mock/tokens: a JWT for a user by address, with the scope of an organization or without.
// This is where a client "regenerates" its JWT after accepting an invitation. [accept.new-jwt]
import * as v from 'valibot';
import { addressKey } from '../../domain/invitation.ts';
import type { Directory, User } from '../../domain/directory.ts';
import { toOpaque } from '../web/opaque-token.ts';
import { replyJson, type Reply } from '../web/reply.ts';
import type { SandboxContext } from './context.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { registerPerson } from './people.ts';
import { notFound, problem } from './problem.ts';
import { tooMuch } from './sandboxes.ts';
import { named } from './schema/named.ts';
import { choice, object } from './schema/object.ts';
import { emailAddress, jwt as bearer, maybe, moment, text, told, uuid } from './schema/values.ts';
import { inBody } from './takes.ts';

const defaultLifetimeSeconds = 12 * 60 * 60;
const longestLifetimeSeconds = 10 * 365 * 24 * 60 * 60;

/** In either case of letters. */
const anyUuid = /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;
const organizationWords = 'the id of an organization, true for the newest membership, or false';
const lifetimeWords = `a whole number of seconds, at most ${longestLifetimeSeconds}; negative makes an expired token`;

const TokenRequest = named(
  'TokenRequest',
  'Whom a token is for, and what it is good for.',
  object({
    email: told('Of a person; who is not there yet is registered.', emailAddress),
    organization: maybe(
      'The organization whose scope the token shall have: its id, or `true` for the newest membership. Absent, null or `false` for no scope.',
      v.union(
        [
          v.nullable(v.boolean()),
          v.pipe(v.string(), v.regex(anyUuid), v.metadata({ format: 'uuid' })),
        ],
        organizationWords,
      ),
    ),
    form: maybe(
      '`opaque` for an opaque token, of the scheme `tokenAuth`; a JWT if absent.',
      choice(['jwt', 'opaque'] as const),
    ),
    expires_in: maybe(
      'For how many seconds it is good, twelve hours if absent; negative for one that has expired.',
      v.pipe(
        v.number(lifetimeWords),
        v.integer(lifetimeWords),
        v.minValue(-longestLifetimeSeconds, lifetimeWords),
        v.maxValue(longestLifetimeSeconds, lifetimeWords),
      ),
    ),
  }),
);

const Token = named(
  'Token',
  'A JWT, or an opaque token.',
  object({
    token: text(1, 10_000),
    authorization: told('The whole `Authorization` value.', bearer),
    organization: told('The organization whose scope it has; null for none.', v.nullable(uuid)),
    expires_at: moment,
  }),
);

type AskedToken = v.InferOutput<typeof TokenRequest>;

/** Who is not there yet signs up by asking, as in life. */
const findOrRegister = (context: SandboxContext, email: string): User | Reply => {
  const { hosted, registry, strictPeople } = context;
  const { sandbox } = hosted;
  const { users, userIdsByAddress } = sandbox.state().directory;
  const known = users.get(userIdsByAddress.get(addressKey(email)) ?? '');
  if (known?.kind === 'person') return known;
  if (known !== undefined) {
    return notFound(`"${email}" is a service account, which acts through its API key alone.`);
  }
  if (!strictPeople && registry.memory.whyFull() !== undefined) return tooMuch(registry);
  const registered = strictPeople ? undefined : registerPerson(sandbox, email);
  return (
    registered ??
    notFound(
      `No person with the address "${email}" is registered here, and --strict-people registers nobody who asks for a token. POST /_mock/sandboxes/${sandbox.name}/people with {"email": "${email}"} does.`,
    )
  );
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

const issue = async (
  context: SandboxContext,
  { email, organization, form, expires_in: lifetime = defaultLifetimeSeconds }: AskedToken,
): Promise<Reply> => {
  const { sandbox, tokens } = context.hosted;
  const user = findOrRegister(context, email);
  if ('status' in user) return user;
  const { directory } = sandbox.state();
  const organizationId = organization ? findScope(directory, user, organization) : undefined;
  if (typeof organizationId === 'object') return organizationId;
  const now = Math.floor(sandbox.clock.now() / 1_000);
  const expiresAt = now + lifetime;
  const jwt = await tokens.issue({
    subject: user.id,
    email: user.email,
    issuedAt: Math.min(now, expiresAt - 1),
    expiresAt,
    ...(organizationId === undefined ? {} : { organizationId }),
  });
  const token = form === 'opaque' ? toOpaque(jwt) : jwt;
  const issued: v.InferInput<typeof Token> = {
    token,
    authorization: `Bearer ${token}`,
    organization: organizationId ?? null,
    expires_at: new Date(expiresAt * 1_000).toISOString(),
  };
  return replyJson(201, issued, { 'cache-control': 'no-store' });
};

export const createToken = sandboxEndpoint({
  id: 'tokens_create',
  tag: 'identity',
  summary: 'Get a JWT for a person',
  description:
    'Stands in for the login of the real system. This is also where a client gets its new JWT after it has accepted an invitation. Pages of the origins that `--cors-origins` allows may ask for one.',
  takes: inBody({
    schema: TokenRequest,
    description: 'Whom the token is for, and what it is good for.',
    required: true,
    takesForms: true,
    examples: {
      scopedToken: [
        'With the scope of the newest membership',
        { email: 'ada.pereira@example.com', organization: true, expires_in: 3600 },
      ],
    },
  }),
  answers: { 201: { description: 'The token.', schema: Token } },
  refusals: {
    404: 'There is no such sandbox, or the address is that of a service account, or `--strict-people` lets nobody sign up.',
    409: 'The person is not a member of the organization, so that there is no such scope.',
  },
  handle: issue,
});
