// A matrix of coverage: named axes, and a cell wherever their values meet in the contract. The same for all matrices.
import { groupBy } from './group-by.ts';

export type CellState = 'exercised' | 'failed' | 'not-exercised';

export type Axis = { readonly name: string; readonly values: readonly string[] };

export type Cell = {
  /** One value of each axis, in the order of the axes. */
  readonly at: readonly string[];
  readonly state: CellState;
  readonly count: number;
  /** Why it was not exercised, or which checks failed; empty where it was exercised. */
  readonly reason: string;
};

export type Matrix = {
  readonly id: 'answers' | 'callers' | 'states';
  /** What its cells are, in the plural. */
  readonly title: string;
  readonly axes: readonly Axis[];
  /** Values that do not meet in the contract have no cell. */
  readonly cells: readonly Cell[];
};

/** Of the checks that failed by a cell, so many are named. */
const namedChecks = 5;

const keyOf = (at: readonly string[]): string => at.join('\n');

/** Where an exchange fell: whether it made a check fail, and which. */
export type Hit = {
  readonly at: readonly string[];
  /** Undefined where nothing was wrong with it. */
  readonly failed: string | undefined;
};

const listOf = (checks: readonly string[]): string => {
  const more = checks.length - namedChecks;
  return [...checks.slice(0, namedChecks), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
};

/** Hits where there is no cell count for nothing. */
export const toCells = (
  places: readonly (readonly string[])[],
  hits: readonly Hit[],
  whyNot: (at: readonly string[]) => string,
): readonly Cell[] => {
  const byPlace = groupBy(hits, ({ at }) => keyOf(at));
  return places.map((at) => {
    const those = byPlace.get(keyOf(at)) ?? [];
    const failed = new Set(those.flatMap((hit) => hit.failed ?? []));
    const count = those.length;
    if (count === 0) return { at, state: 'not-exercised', count, reason: whyNot(at) };
    if (failed.size === 0) return { at, state: 'exercised', count, reason: '' };
    return { at, state: 'failed', count, reason: `failed: ${listOf([...failed])}` };
  });
};

/** What a group of cells is: failed when one is; partly exercised when some are not. */
export const stateOf = (cells: readonly { readonly state: CellState }[]): CellState | 'partly' => {
  if (cells.some(({ state }) => state === 'failed')) return 'failed';
  const exercised = cells.filter(({ state }) => state === 'exercised').length;
  if (exercised === cells.length) return 'exercised';
  return exercised === 0 ? 'not-exercised' : 'partly';
};

export const countExercised = (cells: readonly { readonly state: CellState }[]): number =>
  cells.filter(({ state }) => state !== 'not-exercised').length;
