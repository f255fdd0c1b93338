// The value of a setting: by its flag, else by its variable, else what it is by itself.
import { CannotRun } from './cannot-run.ts';
import type { Setting } from './setting.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The texts of the flags that were given, by their names without dashes. */
export type Flags = ReadonlyMap<string, string>;

/** Throws a CannotRun that names the flag or the variable, its value, and what would be right. */
export type Read = <Value>(setting: Setting<Value>) => Value;

type Found = { readonly text: string; readonly origin: string };

/** A variable that is empty is none; a flag that is, is a mistake. */
const find = (
  { flag, variable, former }: Setting<unknown>,
  flags: Flags,
  environment: Environment,
): Found | undefined => {
  const names = [{ flag, variable }, ...(former === undefined ? [] : [former])];
  const texts = [
    ...names.map((name) => ({ text: flags.get(name.flag), origin: `--${name.flag}` })),
    ...names.map((name) => ({
      text: environment[name.variable] || undefined,
      origin: name.variable,
    })),
  ];
  return texts.flatMap(({ text, origin }) => (text === undefined ? [] : [{ text, origin }]))[0];
};

export const createRead =
  (flags: Flags, environment: Environment): Read =>
  (setting) => {
    const found = find(setting, flags, environment);
    if (found === undefined) return setting.fallback;
    const parsed = setting.parse(found.text.trim());
    if ('value' in parsed) return parsed.value;
    const shown = setting.isSecret === true ? 'not what it has to be' : `"${found.text}"`;
    throw new CannotRun(`${found.origin} is ${shown}, but it takes ${parsed.expected}.`);
  };
