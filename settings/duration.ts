// How long something takes, as a person writes it: 500ms, 2s, 5m, 24h, 30d, 2w. The one grammar of all flags and variables.
import type { Parsed } from './setting.ts';

const units = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

const factors: ReadonlyMap<string, number> = new Map(Object.entries(units));

/** In milliseconds, as is a number without a unit; from 0 to ten years. */
export const duration = (text: string): Parsed<number> => {
  const [, digits, unit = 'ms'] = /^(\d{1,12}(?:\.\d{1,3})?)(ms|[smhdw])?$/.exec(text) ?? [];
  const value = Math.round(Number(digits) * (factors.get(unit) ?? Number.NaN));
  return value <= 3_650 * units.d
    ? { value }
    : { expected: 'a duration such as 500ms, 2s, 5m, 24h or 30d, of ten years at most' };
};

/** As `duration`, but not shorter than this, which may be 1 for "above nothing". */
export const durationFrom =
  (leastMs: number): ((text: string) => Parsed<number>) =>
  (text) => {
    const parsed = duration(text);
    if ('value' in parsed && parsed.value < leastMs)
      return {
        expected: `a duration of ${showDuration(leastMs)} or more and ten years at most, such as 90s, 5m or 24h`,
      };
    return parsed;
  };

/** In the largest unit that leaves no fraction: `24h` would be `1d`, which nobody says. */
export const showDuration = (ms: number): string => {
  const fits = Object.entries(units).find(
    ([unit, factor]) => ms >= factor && ms % factor === 0 && (ms > factor || unit !== 'd'),
  );
  const [unit, factor] = fits ?? ['ms', 1];
  return `${ms / factor}${unit}`;
};
