// What a setting is, and how the text of one is read.
import type { CorsOrigins } from '../web/cors.ts';

export type Parsed<Value> = { readonly value: Value } | { readonly expected: string };

export type Setting<Value> = {
  readonly flag: string;
  readonly short?: string;
  readonly placeholder: string;
  readonly help: string;
  readonly fallback: Value;
  /** Its value is shown nowhere, not even where it is wrong. */
  readonly isSecret?: boolean;
  readonly parse: (text: string) => Parsed<Value>;
};

export const setting = <Value>(
  flag: string,
  placeholder: string,
  fallback: Value,
  help: string,
  parse: (text: string) => Parsed<Value>,
): Setting<Value> => ({ flag, placeholder, help, fallback, parse });

export const wholeNumber =
  (least: number, most: number): ((text: string) => Parsed<number>) =>
  (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most
      ? { value }
      : { expected: `a whole number from ${least} to ${most}` };
  };

export const oneOf =
  <Value extends string>(choices: readonly Value[]): ((text: string) => Parsed<Value>) =>
  (text) => {
    const value = choices.find((choice) => choice === text);
    return value === undefined ? { expected: `one of ${choices.join(', ')}` } : { value };
  };

export const someText =
  (expected: string): ((text: string) => Parsed<string>) =>
  (text) =>
    text === '' ? { expected } : { value: text };

export const duration = (text: string): Parsed<number> => {
  const [, digits, unit = 'ms'] = /^(\d{1,9})(ms|s|m|h)?$/.exec(text) ?? [];
  const factor = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[unit];
  return digits === undefined || factor === undefined
    ? { expected: 'a duration such as 500ms, 2s or 1m' }
    : { value: Number(digits) * factor };
};

export const instant = (text: string): Parsed<number> => {
  const value = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  return Number.isNaN(value)
    ? { expected: 'an ISO 8601 time such as 2026-01-31T09:00:00Z' }
    : { value };
};

export const origins = (text: string): Parsed<CorsOrigins> => {
  if (text === 'loopback') return { value: { kind: 'loopback' } };
  if (text === '*') return { value: { kind: 'any' } };
  const list = text === 'none' ? [] : text.split(',').map((origin) => origin.trim());
  const isOrigin = (origin: string): boolean => /^https?:\/\/[^/?#\s]+$/.test(origin);
  return list.every(isOrigin)
    ? { value: { kind: 'list', origins: list } }
    : {
        expected:
          'loopback, none, *, or origins such as http://localhost:5173, with commas between',
      };
};
