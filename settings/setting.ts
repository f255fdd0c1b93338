// What a setting is: a flag, a variable, what it takes, and what it is when nobody says anything.

export type Parsed<Value> = { readonly value: Value } | { readonly expected: string };

export type Parse<Value> = (text: string) => Parsed<Value>;

type Names = {
  /** Without its dashes. */
  readonly flag: string;
  readonly variable: string;
};

type Described = {
  readonly flag: string;
  readonly short?: string;
  readonly help: string;
  /** What it was called before; still read, and shown nowhere. */
  readonly former?: string;
  /** Its value is shown nowhere, not even where it is wrong. */
  readonly isSecret?: boolean;
  /** May be given several times; the values are joined by commas, as the variable has them. */
  readonly isMany?: boolean;
};

export type Setting<Value> = Omit<Described, 'former'> & {
  readonly variable: string;
  /** Absent for a switch, which the flag alone turns on, and `--no-…` off. */
  readonly placeholder?: string;
  readonly former?: Names;
  readonly fallback: Value;
  /** The fallback in words. */
  readonly otherwise: string;
  readonly parse: Parse<Value>;
};

type Taking<Value> = Described & {
  readonly placeholder: string;
  readonly parse: Parse<Value>;
};

const parseSwitch: Parse<boolean> = (text) => {
  if (['true', '1'].includes(text)) return { value: true };
  return ['false', '0'].includes(text) ? { value: false } : { expected: 'true or false' };
};

export type Settings = {
  /** `fallback` is written as a person would write it. */
  readonly setting: <Value>(given: Taking<Value> & { readonly fallback: string }) => Setting<Value>;
  /** Null when it is not given; `otherwise` says what that comes to. */
  readonly optional: <Value>(
    given: Taking<Value> & { readonly otherwise: string },
  ) => Setting<Value | null>;
  readonly toggle: (given: Described & { readonly fallback: boolean }) => Setting<boolean>;
};

/** `page-size` → `INVITATIONS_MOCK_PAGE_SIZE` */
export const variableOf = (prefix: string, flag: string): string =>
  `${prefix}_${flag.toUpperCase().replaceAll('-', '_')}`;

/** Settings whose variables begin with this prefix. */
export const settingsOf = (prefix: string): Settings => {
  const complete = ({ former, ...given }: Described) => ({
    ...given,
    variable: variableOf(prefix, given.flag),
    ...(former === undefined
      ? {}
      : { former: { flag: former, variable: variableOf(prefix, former) } }),
  });
  return {
    setting: ({ fallback, parse, placeholder, ...given }) => {
      const parsed = parse(fallback);
      if ('expected' in parsed) throw new Error(`--${given.flag} itself is not ${parsed.expected}`);
      return {
        ...complete(given),
        ...{ placeholder, parse, fallback: parsed.value, otherwise: fallback },
      };
    },
    optional: ({ otherwise, parse, placeholder, ...given }) => ({
      ...complete(given),
      ...{ placeholder, parse, fallback: null, otherwise },
    }),
    toggle: ({ fallback, ...given }) => ({
      ...complete(given),
      ...{ parse: parseSwitch, fallback, otherwise: String(fallback) },
    }),
  };
};
