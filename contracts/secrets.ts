// Hides the credentials of a run in a text that others will read. `curl.ts` knows the header that they belong in; a check
// may put one elsewhere on purpose, and a target may answer with what it was sent.

const hidden = '[redacted]';
/** Three parts of base64url, the first of which is the beginning of an object. */
const jwt = /\beyJ[\w-]+\.[\w-]*\.[\w-]*/g;
/** A shorter one would be found in words that are none. */
const shortestSecret = 4;

const formsOf = (authorization: string): readonly string[] => {
  const secret = authorization.trim().replace(/^\S+\s+/, '');
  const forms = [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(`${secret}:`).toString('base64'),
  ];
  return secret.length < shortestSecret ? [] : forms;
};

/** Takes whole `Authorization` values. Also hides every JWT, for a run is given some that it was not started with. */
export const createMask = (authorizations: Iterable<string>): ((text: string) => string) => {
  const forms = [...new Set([...authorizations].flatMap(formsOf))];
  // The longest first: one may be the beginning of another.
  forms.sort((one, other) => other.length - one.length);
  // JWTs first, whole: a short secret may stand in the middle of one. Then one after the other: a pattern of all of them takes longer to be made than most runs have use for it.
  return (text) =>
    forms.reduce((masked, form) => masked.replaceAll(form, hidden), text.replaceAll(jwt, hidden));
};
