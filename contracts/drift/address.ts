// Addresses in answers, by reference: the host is nobody's promise, ids differ, and the order of parameters says nothing.
import { isUuid } from '../../spec/vocabulary.ts';
import type { Kind, Names } from './names.ts';

/** As it was observed: those of users are no UUIDs. */
export const isId = (text: string, kind: Kind): boolean =>
  kind === 'user' ? /^auth0\|[\da-f]{24}$/i.test(text) : isUuid(text);

/** What a segment of a path names, if it is an id; of users no form is promised. */
const idIn = (segment: string, kind: Kind | undefined): string | undefined => {
  if (kind === 'user') return segment === 'current' ? undefined : segment.replace(/%7c/i, '|');
  return kind !== undefined && isUuid(segment) ? segment : undefined;
};

/** By collection. */
export const kinds: Readonly<Record<string, Kind>> = {
  invitations: 'invitation',
  users: 'user',
  // An account has the id of its user.
  serviceaccounts: 'user',
  memberships: 'membership',
  organizations: 'organization',
};

const parse = (text: string): { readonly base: string; readonly url: URL } | undefined => {
  if (/^https?:/i.test(text) && URL.canParse(text)) return { base: '<base>', url: new URL(text) };
  if (text.startsWith('/')) return { base: '', url: new URL(text, 'http://relative') };
  return undefined;
};

/** With `foreign`, ids that have no name yet are told by their kind alone. */
export const toAddress = (text: string, names: Names, foreign: boolean): string => {
  const parsed = parse(text);
  if (parsed === undefined) return text;
  const { base, url } = parsed;
  const name = foreign ? names.ofAny : names.of;
  const path = url.pathname
    .slice(Math.max(0, url.pathname.indexOf('/api/v1/')))
    .split('/')
    .map((segment, index, all) => {
      const kind = kinds[all[index - 1] ?? ''];
      const id = idIn(segment, kind);
      return kind === undefined || id === undefined ? segment : name(kind, id);
    })
    .join('/');
  const query = [...url.searchParams]
    .map(([key, value]) => `${key}=${key === 'email' ? name('email', value) : value}`)
    .sort()
    .join('&');
  return `${base}${path}${query === '' ? '' : `?${query}`}`;
};
