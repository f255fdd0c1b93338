// What the sample front end knows of the Invitations API: three requests, and what their answers mean to a person.
import createClient from 'openapi-fetch';
import type { components, paths } from 'invitations-mock/api';

export type Invitation = components['schemas']['Invitation'];

export type Session = {
  /** Where the API is. */
  readonly url: string;
  /** The whole `Authorization` value of whoever is logged in. */
  readonly authorization: string;
};

export type Outcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  /** Messages by the field that they belong to. */
  | { readonly kind: 'invalid'; readonly fields: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: 'refused'; readonly message: string };

type Answer<Value> = {
  readonly data?: Value;
  readonly error?: unknown;
  readonly response: Response;
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');

const fieldsOf = (error: unknown): Readonly<Record<string, readonly string[]>> | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  const fields = Object.entries(error).filter((entry): entry is [string, readonly string[]] =>
    isTexts(entry[1]),
  );
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
};

/** `missing` is what a 404 means here: the API answers it to an address that is invited already, too. */
const explain = ({ status, headers }: Response, missing: string): string => {
  switch (status) {
    case 401:
      return 'You are logged out. Log in again.';
    case 403:
      return 'Your role does not allow this.';
    case 404:
      return missing;
    case 429:
      return `Too many requests. Try again in ${headers.get('retry-after') ?? 'some'} seconds.`;
    default:
      return `That did not work (${status}). Try again later.`;
  }
};

const outcomeOf = async <Value>(
  answer: Promise<Answer<Value>>,
  missing: string,
): Promise<Outcome<Value>> => {
  try {
    const { data, error, response } = await answer;
    if (data !== undefined) return { kind: 'done', value: data };
    const fields = response.status === 400 ? fieldsOf(error) : undefined;
    if (fields !== undefined) return { kind: 'invalid', fields };
    return { kind: 'refused', message: explain(response, missing) };
  } catch {
    return { kind: 'refused', message: 'The server cannot be reached. Are you online?' };
  }
};

export type Invitations = {
  readonly list: () => Promise<Outcome<readonly Invitation[]>>;
  readonly invite: (email: string, role: Invitation['role']) => Promise<Outcome<Invitation>>;
  readonly accept: (id: string) => Promise<Outcome<Invitation>>;
};

export const connect = ({ url, authorization }: Session): Invitations => {
  const api = createClient<paths>({ baseUrl: url, headers: { authorization } });
  return {
    list: async () => {
      const outcome = await outcomeOf(api.GET('/api/v1/invitations/'), 'There is no such page.');
      return outcome.kind === 'done'
        ? { kind: 'done', value: outcome.value.results ?? [] }
        : outcome;
    },
    invite: (email, role) =>
      outcomeOf(
        api.POST('/api/v1/invitations/', { body: { email, role } }),
        'This address is invited already.',
      ),
    accept: (id) =>
      outcomeOf(
        api.POST('/api/v1/invitations/{id}/accept/', { params: { path: { id } } }),
        'This invitation was withdrawn, or somebody has accepted it.',
      ),
  };
};
