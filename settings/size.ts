// How much memory something may take, as a person writes it: 300MB, 2GB, or a number of bytes.
import type { Parse } from './setting.ts';

const factors: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['KB', 1e3],
  ['MB', 1e6],
  ['GB', 1e9],
]);

/** In bytes. */
export const size: Parse<number> = (text) => {
  const [, digits, unit = ''] = /^(\d{1,13}(?:\.\d{1,3})?)\s?([KMG]B)?$/i.exec(text) ?? [];
  const value = Math.round(Number(digits) * (factors.get(unit.toUpperCase()) ?? Number.NaN));
  return value > 0 && value <= 1e13
    ? { value }
    : { expected: 'a size such as 300MB or 2GB, or a number of bytes' };
};

export const showSize = (bytes: number): string =>
  bytes >= 1e9 ? `${Number((bytes / 1e9).toFixed(1))} GB` : `${Math.round(bytes / 1e6)} MB`;
