// How the text of a setting is read, by kind; each says what it takes where the text is something else.
import type { Parse } from './setting.ts';

export const wholeNumber =
  (least: number, most: number): Parse<number> =>
  (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most
      ? { value }
      : { expected: `a whole number from ${least} to ${most}` };
  };

export const positiveNumber: Parse<number> = (text) => {
  const value = /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
  return value > 0 ? { value } : { expected: 'a number above 0' };
};

export const oneOf =
  <Value extends string>(choices: readonly Value[]): Parse<Value> =>
  (text) => {
    const value = choices.find((choice) => choice === text);
    return value === undefined ? { expected: `one of ${choices.join(', ')}` } : { value };
  };

export const someText =
  (expected: string): Parse<string> =>
  (text) =>
    text === '' ? { expected } : { value: text };

/** Words with commas between. */
export const words =
  (expected: string): Parse<readonly string[]> =>
  (text) => {
    const value = text.split(',').map((word) => word.trim());
    return value.includes('') ? { expected } : { value };
  };

export const instant: Parse<number> = (text) => {
  const value = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  return Number.isNaN(value)
    ? { expected: 'an ISO 8601 time such as 2026-01-31T09:00:00Z' }
    : { value };
};
