// Joining an organization: accepting, the membership that comes of it, and the JWT that a member asks for afterwards.
import type { Answer } from './client.ts';
import { disappoint, expectStatus, pathIn } from '../expect.ts';
import { isText, toRecord, type Invitation } from '../invitation.ts';
import { NotExercised } from '../not-exercised.ts';
import type { Caller } from '../settings.ts';
import { CouldNotRun } from '../engine/could-not-run.ts';
import type { Reply } from '../engine/reply.ts';
import type { Base } from './base.ts';

const idIn = (path: string, resource: string): string | undefined => {
  const [, id] = new RegExp(`^/api/v1/${resource}/([^/]+)/$`).exec(path) ?? [];
  return id === undefined ? undefined : decodeURIComponent(id);
};

export const organizationIdIn = (path: string): string => idIn(path, 'organizations') ?? '';

type Fields = Readonly<Record<string, string>>;

const authorizationIn = ({ status, text }: Reply): string | undefined => {
  const isGood = status >= 200 && status < 300;
  const [, authorization] = /"authorization"\s*:\s*"([^"]+)"/.exec(isGood ? text : '') ?? [];
  return authorization;
};

export const createJoining = (kit: Base) => {
  const { line, send, settings } = kit;

  const accept = (id: string, as: Caller | 'NOBODY' = 'INVITEE'): Promise<Answer> =>
    send('invitations_accept_create', { as, id });

  /** Takes an invitation back, so that its address is free for another one. */
  const withdraw = async (id: string, as: Caller = 'OWNER'): Promise<void> => {
    expectStatus(await send('invitations_destroy', { as, id }), 204);
  };

  const membershipOf = async ({ id, membership }: Invitation, as: Caller = 'OWNER') => {
    const path = pathIn(membership ?? '');
    const membershipId = idIn(path, 'memberships');
    if (membershipId === undefined) {
      throw new Error(
        `Expected invitation ${id} to have the address of a membership, but it has ${membership ?? 'null'}.`,
      );
    }
    const answer = await send('memberships_retrieve', { as, id: membershipId });
    expectStatus(answer, 200);
    const { user, organization, role, created_at: createdAt } = toRecord(answer.json);
    return isText(user) && isText(organization) && isText(role) && isText(createdAt)
      ? { path, user: pathIn(user), organization: pathIn(organization), role, createdAt }
      : disappoint(answer, 'a membership with user, organization, role and created_at');
  };

  /** The address of a user, or undefined where the target does not show that user. */
  const emailOf = async (userPath: string, as: Caller = 'OWNER'): Promise<string | undefined> => {
    const id = idIn(userPath, 'users');
    if (id === undefined) throw new Error(`Expected the address of a user, but got ${userPath}.`);
    const { status, json } = await send('users_retrieve', { as, id });
    const { email } = toRecord(json);
    return status === 200 && isText(email) ? email : undefined;
  };

  /** The `Authorization` value, or in a few words what came instead. */
  const askForToken = async (fields: Fields): Promise<{ readonly jwt: string } | string> => {
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    const body = { text: JSON.stringify(fields) };
    try {
      const target = settings.tokenUrl ?? '';
      const reply = await line({ method: 'POST', path: '', headers, body }, { target });
      const jwt = authorizationIn(reply);
      return jwt === undefined ? `it answers ${reply.status} ${reply.text.slice(0, 200)}` : { jwt };
    } catch (error) {
      if (error instanceof CouldNotRun) return 'it does not answer';
      throw error;
    }
  };

  /** A JWT without scope. Needs TOKEN_URL. */
  const logIn = async (email: string): Promise<string> => {
    const given = await askForToken({ email });
    if (typeof given !== 'string') return given.jwt;
    throw new NotExercised(`CONTRACT_TOKEN_URL gives no JWT for ${email}: ${given}`);
  };

  /** An opaque token without scope, where TOKEN_URL knows of such. */
  const logInOpaquely = async (email: string): Promise<string> => {
    const given = await askForToken({ email, form: 'opaque' });
    if (typeof given !== 'string' && !given.jwt.includes('.')) return given.jwt;
    throw new NotExercised('CONTRACT_TOKEN_URL gives no opaque token');
  };

  /** A JWT with the scope of an organization, by its id, that the user has joined. Needs TOKEN_URL. */
  const logInTo = async (email: string, organization: string): Promise<string> => {
    const given = await askForToken({ email, organization });
    if (typeof given !== 'string') return given.jwt;
    throw new Error(
      `Expected CONTRACT_TOKEN_URL to give ${email} a JWT with the scope of organization ${organization}, but ${given}`,
    );
  };

  return { accept, withdraw, membershipOf, emailOf, logIn, logInOpaquely, logInTo };
};
