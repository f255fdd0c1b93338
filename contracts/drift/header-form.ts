// The headers of an answer that are compared, as they may be: names of methods and schemes, and presence.
import type { Reply } from '../engine/reply.ts';

/** Which of the methods HEAD and OPTIONS a target offers besides is nobody's rule. */
const toMethods = (allow: string): string =>
  allow
    .split(',')
    .map((method) => method.trim().toUpperCase())
    .filter((method) => !['', 'HEAD', 'OPTIONS'].includes(method))
    .sort()
    .join(', ');

/** Which schemes there are; realms and their like are nobody's promise. */
const toSchemes = (challenge: string): string =>
  [...challenge.matchAll(/(?:^|,)\s*([A-Za-z][\w-]*)(?=\s|,|$)(?!\s*=)/g)]
    .map(([, scheme = '']) => scheme.toLowerCase())
    .sort()
    .join(', ');

export const toHeaders = (
  { headers }: Reply,
  toAddress: (location: string) => string,
): Record<string, string> => {
  const { allow, location, 'www-authenticate': challenge } = headers;
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return {
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(allow === undefined ? {} : { allow: toMethods(allow) }),
    ...(challenge === undefined ? {} : { 'www-authenticate': toSchemes(challenge) }),
    ...(headers['retry-after'] === undefined ? {} : { 'retry-after': '<present>' }),
    ...(location === undefined ? {} : { location: toAddress(location) }),
  };
};
