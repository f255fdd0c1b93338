// Names for what differs between two targets though it means the same: ids, addresses, times. The first of its kind that
// is met is `<user:1>`, the next one `<user:2>`; met again, a value has the same name again.

export const kinds = [
  'invitation',
  'user',
  'membership',
  'organization',
  'email',
  'name',
  'time',
] as const;
export type Kind = (typeof kinds)[number];

export type Names = {
  /** Gives a value its name before it is met. */
  readonly bind: (kind: Kind, value: string, label: string | number) => void;
  readonly of: (kind: Kind, value: string) => string;
  /** For values of others: the name that was given, or that of the kind alone. */
  readonly ofAny: (kind: Kind, value: string) => string;
};

export const createNames = (): Names => {
  const names = new Map<string, string>();
  const counts = new Map<Kind, number>();
  // Whether the letter case of an address or an id is kept is nobody's promise.
  const keyOf = (kind: Kind, value: string): string => `${kind} ${value.toLowerCase()}`;
  const bind = (kind: Kind, value: string, label: string | number): void => {
    names.set(keyOf(kind, value), `<${kind}:${label}>`);
  };
  return {
    bind,
    of: (kind, value) => {
      const known = names.get(keyOf(kind, value));
      if (known !== undefined) return known;
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      // What is bound has numbers of its own, that what is met must not share.
      bind(kind, value, kind === 'invitation' || kind === 'email' ? `other ${count}` : count);
      return names.get(keyOf(kind, value)) ?? '';
    },
    ofAny: (kind, value) => names.get(keyOf(kind, value)) ?? `<${kind}>`,
  };
};
