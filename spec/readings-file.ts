// A file of readings: YAML, a line for each choice, such as `list.order: newest-first`. What begins with a brace is no file's
// name but the readings themselves.
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import type { Parse } from '../settings/setting.ts';
import { isJsonObject } from './openapi-document.ts';
import { toReadings } from './readings.ts';
import type { Readings } from './vocabulary.ts';

const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.?(?:\n[^]*)?$/, '');

export const parseReadingsFile: Parse<Partial<Readings>> = (text) => {
  try {
    const chosen: unknown = load(text.startsWith('{') ? text : readFileSync(text, 'utf8'));
    if (chosen === undefined || chosen === null) return { value: {} };
    if (!isJsonObject(chosen))
      return { expected: 'a file of lines such as "list.order: newest-first"' };
    const all = toReadings(chosen);
    const named = Object.entries(all).filter(([name]) => Object.hasOwn(chosen, name));
    return { value: Object.fromEntries(named) };
  } catch (error) {
    return { expected: `a file of readings: ${wordsOf(error)}` };
  }
};
