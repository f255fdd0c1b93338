// An invitation and a page of them as the wire has them, read from an answer that may hold anything.

export type Json = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What has no members has none of those that are looked for. */
export const toRecord = (value: unknown): Json => (isRecord(value) ? value : {});

export const isText = (value: unknown): value is string => typeof value === 'string';

/** Empty where there is no such text. */
export const textIn = (json: Json, name: string): string => {
  const value = json[name];
  return isText(value) ? value : '';
};

const isNullableString = (value: unknown): value is string | null =>
  value === null || typeof value === 'string';

// Undefined when the value lacks what checks rely on; what is wrong with it is for the judge to say. `organization` is empty
// where the target's edition has no such field.
export const toInvitation = (value: unknown) => {
  if (!isRecord(value)) return undefined;
  const { url, id, email, role, inviter, state, membership = null, organization = '' } = value;
  if (!isText(id) || !isText(email) || !isText(role) || !isText(url)) return undefined;
  if (!isText(inviter) || !isText(state) || !isText(organization)) return undefined;
  if (!isNullableString(membership)) return undefined;
  return { url, id, email, role, inviter, state, membership, organization };
};

export type Invitation = Readonly<NonNullable<ReturnType<typeof toInvitation>>>;

export const toPage = (value: unknown) => {
  if (!isRecord(value)) return undefined;
  const { count, next, previous, results } = value;
  if (typeof count !== 'number' || !Array.isArray(results)) return undefined;
  if (!isNullableString(next) || !isNullableString(previous)) return undefined;
  const invitations = results.map(toInvitation).filter((item) => item !== undefined);
  return invitations.length === results.length
    ? { count, next, previous, results: invitations }
    : undefined;
};

export type Page = Readonly<NonNullable<ReturnType<typeof toPage>>>;
