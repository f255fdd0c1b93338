// Objects and choices of the testers' API, with the words for what is wrong with them.
import leven from 'leven';
import * as v from 'valibot';

const mostNames = 3;

/** `"a", "b", "c" and 4 more`; nobody counted further than to `counted`. */
export const someOf = (names: readonly string[], most = mostNames, counted = Infinity): string => {
  const shown = names
    .slice(0, most)
    .map((name) => JSON.stringify(shorten(name)))
    .join(', ');
  const more = `${names.length < counted ? '' : 'at least '}${names.length - most} more`;
  return names.length > most ? `${shown} and ${more}` : shown;
};

export const shorten = (text: string, most = 80): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;

/** The one that was meant, where one is near. */
export const nearest = (given: string, known: readonly string[]): string | undefined => {
  if (given.length > 40) return undefined;
  const wanted = given.toLowerCase();
  const [best] = known
    .map((name) => ({ name, distance: leven(wanted, name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  return best !== undefined &&
    best.distance <= Math.max(best.name.length > 3 ? 2 : 1, Math.floor(best.name.length / 3))
    ? best.name
    : undefined;
};

export const didYouMean = (given: unknown, known: readonly string[]): string => {
  // What YAML reads as a number or as nothing is meant as a text.
  const name =
    typeof given === 'string' ? nearest(given, known) : known.find((one) => one === String(given));
  return name === undefined ? '' : ` Did you mean ${JSON.stringify(name)}?`;
};

/** What an issue's message begins with where it is a whole predicate, and not what would have been right. */
export const predicate = '\u0000';

/** `counted`: how many of the names were looked for at most. */
export const tellUnknown = (
  names: readonly string[],
  known: readonly string[],
  counted?: number,
): string => {
  const list = known.length === 0 ? 'none' : known.map((name) => `"${name}"`).join(', ');
  const are = names.length > 1 ? 'are' : 'is';
  return `${someOf(names, mostNames, counted)} ${are} not known here; known are ${list}.${didYouMean(names[0], known)}`;
};

const unknownNames = (input: unknown, known: readonly string[]): string =>
  predicate +
  tellUnknown(
    Object.keys(typeof input === 'object' && input !== null ? input : {}).filter(
      (name) => !known.includes(name),
    ),
    known,
  );

/** An object of these members and no others. */
export const object = <Entries extends v.ObjectEntries>(
  entries: Entries,
): v.StrictObjectSchema<Entries, (issue: v.StrictObjectIssue) => string> => {
  const known = Object.keys(entries);
  return v.strictObject(entries, ({ expected, path }) => {
    const [item] = path ?? [];
    if (item === undefined) return 'an object';
    return expected === 'never' ? unknownNames(item.input, known) : `${predicate}missing`;
  });
};

/** Objects of several kinds, which the member `key` tells apart. */
export const kinds = <const Key extends string, const Options extends v.VariantOptions<Key>>(
  key: Key,
  options: Options,
  names: readonly string[],
): v.VariantSchema<Key, Options, (issue: v.VariantIssue) => string> =>
  v.variant(key, options, ({ input, path }) => {
    if (path === undefined) return `an object with "${key}": one of ${names.join(', ')}`;
    if (input === undefined) return `${predicate}missing`;
    return `one of ${names.join(', ')}.${didYouMean(input, names)}`;
  });

/** One of some texts. */
export const choice = <const Values extends readonly string[]>(
  values: Values,
): v.PicklistSchema<Values, (issue: v.PicklistIssue) => string> =>
  v.picklist(values, ({ input }) => `one of ${values.join(', ')}.${didYouMean(input, values)}`);
