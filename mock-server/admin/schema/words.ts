// What is wrong with something that was sent, in sentences: the first few of a kind, the rest by their number.
import type { BaseIssue } from 'valibot';
import { predicate, shorten } from './object.ts';

export type Issue = BaseIssue<unknown>;

type PathItem = { readonly key: unknown };

/** So many are told; that many are looked for. */
export const mostTold = 5;

const mostCharacters = 80;

/** A value as it stands, or what kind of one it is where it is long. */
export const show = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(shorten(value, mostCharacters));
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length === 0 ? '{}' : 'an object';
  }
  return shorten(String(value), mostCharacters);
};

/** `delivery.bounce_rules[2].pattern`; `within` is where the whole stands. */
const placeOf = (path: readonly PathItem[], within: string): string =>
  path.reduce((place, { key }) => {
    if (typeof key === 'number') return `${place}[${key}]`;
    const name = shorten(String(key));
    return place === '' ? name : `${place}.${name}`;
  }, within);

const ended = (words: string): string => (/[.?]$/.test(words) ? words : `${words}.`);

const tell = ({ path: given, input, message }: Issue, within: string): string => {
  const path: readonly PathItem[] = given ?? [];
  const [, said] = message.split(predicate);
  if (said === 'missing') return `"${placeOf(path, within)}" is missing.`;
  if (said !== undefined) {
    const place = placeOf(path.slice(0, -1), within);
    return place === '' ? said : `In "${place}", ${said}`;
  }
  const place = placeOf(path, within);
  return `${place === '' ? 'What was sent' : `"${place}"`} is ${show(input)}, but it takes ${ended(message)}`;
};

/** `total`: how many there are, where not all of them are at hand. */
export const tellIssues = (
  issues: readonly Issue[],
  within = '',
  total = issues.length,
): string => {
  const first = issues.slice(0, mostTold);
  // One value may fail two checks that say the same of it.
  const told = new Set(first.map((issue) => tell(issue, within)));
  const more = total - first.length;
  return [...told, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
};
