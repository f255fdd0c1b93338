// A server's readings: of each named choice, the alternative that it takes.
import { defaultReadings, readingNames, readings, type Readings } from './vocabulary.ts';

type Chosen = Readonly<Record<string, unknown>>;

const takes = (name: (typeof readingNames)[number], value: unknown): boolean => {
  const alternatives: readonly string[] = readings[name];
  return alternatives.some((alternative) => alternative === value);
};

const isReadings = (chosen: Chosen): chosen is Readings =>
  readingNames.every((name) => takes(name, chosen[name]));

const toText = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'number' || value === null ? String(value) : value;
};

/** What is not chosen is as in `basis`. Throws an Error that says what is wrong and what would be right. */
export const toReadings = (chosen: Chosen, basis: Readings = defaultReadings): Readings => {
  const unknown = Object.keys(chosen).find((name) => !Object.hasOwn(readings, name));
  if (unknown !== undefined) {
    throw new Error(`There is no reading "${unknown}"; they are ${readingNames.join(', ')}.`);
  }
  // YAML reads a status as a number, a day as a time, and `null` as none.
  const texts = Object.entries(chosen).map(([name, value]) => [name, toText(value)] as const);
  const all: Chosen = { ...basis, ...Object.fromEntries(texts) };
  if (isReadings(all)) return all;
  const wrong = readingNames.filter((name) => !takes(name, all[name]));
  const words = wrong.map(
    (name) =>
      `"${name}" is ${JSON.stringify(all[name])}, but it takes ${readings[name].join(', ')}`,
  );
  throw new Error(`${words.join('; ')}.`);
};

/** What differs from the readings of the fake itself; the edition is told apart. */
export const choicesIn = (chosen: Readings): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readingNames
      .filter((name) => name !== 'edition' && chosen[name] !== defaultReadings[name])
      .map((name) => [name, chosen[name]]),
  );
