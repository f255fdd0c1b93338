// Names for what differs between two targets though it means the same: ids, addresses, times. The first of its kind that
// is met is `<user:1>`, the next one `<user:2>`; met again, a value has the same name again.
import { isUuid } from '../../spec/vocabulary.ts';

type Resource = 'invitation' | 'user' | 'membership' | 'organization';
export type Kind = Resource | 'email' | 'name' | 'time';

export const createNames = () => {
  const names = new Map<string, string>();
  const counts = new Map<Kind, number>();
  // Whether the letter case of an address or an id is kept is nobody's promise.
  const keyOf = (kind: Kind, value: string): string => `${kind} ${value.toLowerCase()}`;
  /** Gives a value its name before it is met. */
  const bind = (kind: Kind, value: string, label: string | number): void => {
    names.set(keyOf(kind, value), `<${kind}:${label}>`);
  };
  return {
    bind,
    of: (kind: Kind, value: string): string => {
      const known = names.get(keyOf(kind, value));
      if (known !== undefined) return known;
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      // What is bound has numbers of its own, that what is met must not share.
      bind(kind, value, kind === 'invitation' || kind === 'email' ? `other ${count}` : count);
      return names.get(keyOf(kind, value)) ?? '';
    },
    /** For values of others: the name that was given, or that of the kind alone. */
    ofAny: (kind: Kind, value: string): string => names.get(keyOf(kind, value)) ?? `<${kind}>`,
  };
};

export type Names = ReturnType<typeof createNames>;

/** As it was observed: those of users are no UUIDs. */
export const isId = (text: string, kind: Kind): boolean =>
  kind === 'user' ? /^auth0\|[\da-f]{24}$/i.test(text) : isUuid(text);

/** What a segment of a path names, if it is an id; of users no form is promised. */
const idIn = (segment: string, kind: Kind | undefined): string | undefined => {
  if (kind === 'user') return segment === 'current' ? undefined : segment.replace(/%7c/i, '|');
  return kind !== undefined && isUuid(segment) ? segment : undefined;
};

/** By collection. */
export const kinds: Readonly<Record<string, Resource>> = {
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
