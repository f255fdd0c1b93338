// The lines of a file of readings that make the fake answer as the deployment does, where that is a known alternative.
import type { Rule } from '../catalog.ts';
import type { Difference } from './difference.ts';

const isStatus = (alternative: string): boolean => /^[45]\d\d$/.test(alternative);

/** YAML would read a bare status as a number, and the fake takes that too; quoted it reads as it is documented. */
const toLine = (name: string, alternative: string): string =>
  `${name}: ${isStatus(alternative) ? `'${alternative}'` : alternative}`;

/** A status names its alternative; of others all are named, for only people can tell which of them it is. */
export const toReadingLines = (
  { readings = {} }: Pick<Rule, 'readings'>,
  { path, deployment }: Pick<Difference, 'path' | 'deployment'>,
): readonly string[] =>
  Object.entries(readings).flatMap(([name, alternatives]) => {
    const others = alternatives.slice(1).map(([alternative]) => alternative);
    const fitting = others.filter(
      (it) => !isStatus(it) || (path === 'status' && it === deployment),
    );
    return fitting.map((alternative) => toLine(name, alternative));
  });
