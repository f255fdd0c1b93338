// A command to the Invitations API itself, as a caller that the tester chose: what is refused is an answer as well.
import { addressOf, api, bodyOf } from './api.ts';
import { WrongFields } from './forms.ts';
import type { CommandAnswer, Session } from './session.ts';
import type { CredentialsOf } from './wire.ts';

export type Caller = {
  readonly id: string;
  readonly label: string;
  readonly authorization: string | null;
};

const kinds = { api_key: 'API key', jwt: 'JWT' } as const;

const callerOf = (
  name: string,
  kind: keyof typeof kinds,
  given: CredentialsOf,
): readonly Caller[] => {
  const authorization = given[kind];
  if (authorization === undefined) return [];
  return [{ id: `${name}.${kind}`, label: `${name} · ${kinds[kind]}`, authorization }];
};

/** Everybody whom a command can act as, those by API key first. */
export const callersOf = (session: Session): readonly Caller[] => {
  const known = Object.entries(session.sandbox().credentials);
  return [
    ...known.flatMap(([name, given]) => callerOf(name, 'api_key', given)),
    ...known.flatMap(([name, given]) => callerOf(name, 'jwt', given)),
    { id: 'nobody', label: 'nobody (no credentials)', authorization: null },
  ];
};

export const chosenCaller = (session: Session): Caller => {
  const callers = callersOf(session);
  const nobody = { id: 'nobody', label: 'nobody', authorization: null };
  return callers.find(({ id }) => id === session.actsAs.caller) ?? callers[0] ?? nobody;
};

type Command = {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** Below /api/v1/invitations/. */
  readonly path: string;
  readonly body?: unknown;
};

type Heard = Pick<CommandAnswer, 'status' | 'statusText' | 'body'>;

const exchange = async (
  { method, path, body }: Command,
  { authorization }: Caller,
  requestId: string,
): Promise<Heard> => {
  const headers = {
    'x-request-id': requestId,
    // Faults are meant for the client under test.
    'x-no-faults': '1',
    ...(authorization === null ? {} : { authorization }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  try {
    const response = await fetch(addressOf(`../api/v1/invitations/${path}`), {
      method,
      headers,
      // The admin token that the browser knows is nobody's credential here.
      credentials: 'omit',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { status, statusText } = response;
    return { status, statusText, body: await response.text() };
  } catch {
    return {
      status: 0,
      statusText: 'The connection broke before the answer was complete.',
      body: '',
    };
  }
};

export const command = async (
  session: Session,
  asked: Command,
  caller = chosenCaller(session),
  memberEmail: string | null = null,
): Promise<CommandAnswer> => {
  const requestId = `console-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
  const heard = await exchange(asked, caller, requestId);
  const answer = {
    ...heard,
    as: caller.label,
    method: asked.method,
    path: `/api/v1/invitations/${asked.path}`,
    requestId,
    memberEmail: heard.status === 200 ? memberEmail : null,
  };
  session.answered.emit(answer);
  await session.refresh();
  return answer;
};

/** Throws where the API refused single fields, so that a form can say so at each. */
export const demandFields = ({ status, body }: CommandAnswer): void => {
  if (status !== 400) return;
  const told: unknown = JSON.parse(body);
  if (typeof told !== 'object' || told === null) return;
  const fields = Object.entries(told).flatMap(([name, words]: [string, unknown]) =>
    Array.isArray(words) ? [[name, words.map(String).join(' ')] as const] : [],
  );
  if (fields.length > 0) throw new WrongFields(Object.fromEntries(fields));
};

type TokenWanted = {
  readonly email: string;
  readonly organization?: boolean;
  readonly expires_in?: number;
};

export const tokenFor = ({ path }: Session, body: TokenWanted) =>
  bodyOf(api.POST('/sandboxes/{name}/tokens', { params: { path }, body }));

/** As the person whose address was invited, with a JWT made for it. Fails where nobody with it is registered. */
export const acceptAsInvited = async (
  session: Session,
  invitation: string,
  email: string,
): Promise<CommandAnswer> => {
  const { authorization } = await tokenFor(session, { email });
  const caller = { id: 'invited', label: email, authorization };
  return command(session, { method: 'POST', path: `${invitation}/accept/` }, caller, email);
};
