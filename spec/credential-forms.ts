// What an `Authorization` header of an operation may look like. Prism asks only that it is there.

type Scheme = {
  readonly type: string;
  readonly in?: string;
  readonly name?: string;
  readonly scheme?: string;
};

export type CredentialForms = { readonly pattern: RegExp; readonly inWords: string };

export const isAuthorization = (scheme: Scheme): boolean =>
  scheme.type === 'http' ||
  (scheme.type === 'apiKey' &&
    scheme.in === 'header' &&
    /^authorization$/i.test(scheme.name ?? ''));

/** OpenAPI has no way to say what an API key looks like; this is how the Invitations API words its two. */
const ofApiKeys: CredentialForms = {
  pattern: /^(?:Bearer|Api-Key) +[^ ]/,
  inWords: '"Api-Key KEY" or "Bearer JWT"',
};

/** `undefined` where no scheme says anything about the header. */
export const toCredentialForms = (schemes: readonly Scheme[]): CredentialForms | undefined => {
  if (schemes.some(({ type }) => type === 'apiKey')) return ofApiKeys;
  const names = schemes.flatMap(({ type, scheme }) =>
    type === 'http' && scheme !== undefined ? [scheme.toLowerCase()] : [],
  );
  if (names.length === 0) return undefined;
  return {
    pattern: new RegExp(`^(?:${names.join('|')}) +[^ ]`, 'i'),
    inWords: names.map((name) => `"${name} …"`).join(' or '),
  };
};

export const isCredential = (forms: CredentialForms | undefined, authorization: string): boolean =>
  forms === undefined || forms.pattern.test(authorization);
