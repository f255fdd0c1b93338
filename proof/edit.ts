// Small changes to requests and answers, for faults to be made of.
import { isRecord } from '../contracts/invitation.ts';
import type { Tools } from './fault.ts';
import type { Ask, Reply, World } from './mutant.ts';

export type Json = Readonly<Record<string, unknown>>;

export const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const objectIn = ({ body }: { readonly body: string }): Json => {
  const value = parse(body);
  return isRecord(value) ? value : {};
};

export const withStatus =
  (status: number) =>
  (reply: Reply): Reply => ({ ...reply, status });

export const withBody =
  (value: unknown) =>
  (reply: Reply): Reply => ({ ...reply, body: JSON.stringify(value) });

export const withHeaders =
  (headers: Readonly<Record<string, string>>) =>
  (reply: Reply): Reply => ({ ...reply, headers: { ...reply.headers, ...headers } });

export const withoutHeader =
  (name: string) =>
  (reply: Reply): Reply => ({ ...reply, headers: omit(reply.headers, name) });

/** As the contract wants a refusal, so that nothing but the refusal itself is wrong. */
export const refusal = (
  status: number,
  value: unknown = { detail: 'This is refused.' },
): Reply => ({
  status,
  headers: {
    'content-type': 'application/json',
    allow: 'GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(status === 429 ? { 'retry-after': '1' } : {}),
  },
  body: JSON.stringify(value),
});

export const refuse = (status: number, value?: unknown) => (): Reply => refusal(status, value);

/** The parsed body of an answer, changed; anything but an object stays as it is. */
export const editBody =
  (change: (value: Json) => Json) =>
  (reply: Reply): Reply => {
    const value = parse(reply.body);
    return isRecord(value) ? withBody(change(value))(reply) : reply;
  };

/** Each invitation of an answer: the one that it is, or those on its page. */
export const editInvitations = (change: (invitation: Json) => Json): ((reply: Reply) => Reply) =>
  editBody((value) => {
    if (Array.isArray(value['results'])) {
      return { ...value, results: value['results'].filter(isRecord).map(change) };
    }
    return 'inviter' in value ? change(value) : value;
  });

export const setting = (fields: Json): ((reply: Reply) => Reply) =>
  editInvitations((invitation) => ({ ...invitation, ...fields }));

export const omit = <T>(
  values: Readonly<Record<string, T>>,
  ...names: readonly string[]
): Record<string, T> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

export const without =
  (name: string) =>
  (value: Json): Json =>
    omit(value, name);

/** A field as text; empty when it is something else or not there. */
export const textIn = (value: Json, name: string): string => {
  const text = value[name];
  return typeof text === 'string' ? text : '';
};

export const itemsOf = ({ results }: Json): readonly Json[] =>
  Array.isArray(results) ? results.filter(isRecord) : [];

export const resultsOf = (reply: Reply): readonly Json[] => itemsOf(objectIn(reply));

/** The id at the end of an address. */
export const idAt = (url: unknown): string =>
  (typeof url === 'string' ? url : '').split('/').at(-2) ?? '';

/** The same request with other credentials; none when the name is empty. */
export const askAs = (ask: Ask, name: string, world: World): Ask => {
  const headers = omit(ask.headers, 'authorization');
  return {
    ...ask,
    headers: name === '' ? headers : { ...headers, authorization: world.credential(name) },
  };
};

/** What the fake answers to the OWNER: whom no role, and no missing right, holds back. */
export const asOwner = (_reply: Reply, ask: Ask, { next, world }: Tools): Promise<Reply> =>
  next(askAs(ask, 'OWNER', world));

/** The fields of a body that is JSON, changed. */
export const editFields = (ask: Ask, change: (fields: Json) => Json): Ask => {
  const fields = parse(ask.body);
  return isRecord(fields) ? { ...ask, body: JSON.stringify(change(fields)) } : ask;
};

export const queryOf = (ask: Ask): URLSearchParams =>
  new URLSearchParams(ask.path.split('?')[1] ?? '');

export const editQuery = (ask: Ask, change: (query: URLSearchParams) => void): Ask => {
  const query = queryOf(ask);
  change(query);
  const text = query.toString();
  const path = ask.path.split('?')[0] ?? '';
  return { ...ask, path: text === '' ? path : `${path}?${text}` };
};
