// In which order contracts are tried, and which side by side: those that share nothing, up to so many at once. One that needs
// quiet has the target for itself.
import type { Need, Settings } from '../settings.ts';
import { takenBy, type Defined } from './selection.ts';

type Try = (defined: Defined) => Promise<void>;

const sideBySide = async (
  all: readonly Defined[],
  settings: Settings,
  attempt: Try,
): Promise<void> => {
  const waiting = all.map((defined) => ({ defined, takes: takenBy(defined, settings) }));
  const taken = new Set<Need>();
  const running = new Set<Promise<void>>();
  while (waiting.length > 0 || running.size > 0) {
    const index = waiting.findIndex(({ takes }) => ![...takes].some((need) => taken.has(need)));
    const next = running.size < settings.jobs ? waiting[index] : undefined;
    if (next === undefined) {
      await Promise.race(running);
      continue;
    }
    waiting.splice(index, 1);
    for (const need of next.takes) taken.add(need);
    const one = attempt(next.defined).finally(() => {
      for (const need of next.takes) taken.delete(need);
      running.delete(one);
    });
    running.add(one);
  }
};

/** First, side by side, quiet, last. */
export const placeOf = ({ contract: { uses } }: Defined): number => {
  if (uses.place !== undefined) return uses.place === 'first' ? 0 : 3;
  return uses.quiet === true ? 2 : 1;
};

export const runAll = async (
  all: readonly Defined[],
  settings: Settings,
  attempt: Try,
): Promise<void> => {
  const those = (group: number) => all.filter((defined) => placeOf(defined) === group);
  for (const defined of those(0)) await attempt(defined);
  await sideBySide(those(1), settings, attempt);
  for (const defined of [...those(2), ...those(3)]) await attempt(defined);
};
