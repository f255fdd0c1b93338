// What a run has exercised of the contract, as matrices of cells: which answers, which callers, which states, which rules.
import type { RecordLine } from '../record.ts';
import type { RunResult } from '../result.ts';

export type CellState = 'exercised' | 'failed' | 'not-exercised';

export type Cell = {
  readonly row: string;
  readonly column: string;
  readonly state: CellState;
  /** Why it was not exercised, or which checks failed; empty where it was exercised. */
  readonly reason: string;
  /** How many exchanges, or checks, fell into it. */
  readonly count: number;
};

export type Matrix = {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** A row and a column without a cell do not meet: the contract has nothing there. */
  readonly cells: readonly Cell[];
};

export type Coverage = { readonly matrices: readonly Matrix[] };

const answersOf = (lines: readonly RecordLine[]): Matrix => {
  const cells = new Map<string, Cell>();
  for (const line of lines) {
    if (line.kind !== 'exchange' || line.operation === undefined) continue;
    const { operation: row, status } = line;
    const count = (cells.get(`${row} ${status}`)?.count ?? 0) + 1;
    const column = String(status);
    cells.set(`${row} ${status}`, { row, column, state: 'exercised', reason: '', count });
  }
  const all = [...cells.values()];
  const rows = [...new Set(all.map(({ row }) => row))];
  const columns = [...new Set(all.map(({ column }) => column))];
  return { id: 'answers', title: 'answers', rows, columns, cells: all };
};

/** Folds over the record of a run, in its order. */
export const toCoverage = ({ checks }: RunResult, lines: readonly RecordLine[]): Coverage => ({
  matrices: checks.length === 0 ? [] : [answersOf(lines)],
});

const isExercised = ({ state }: Cell): boolean => state !== 'not-exercised';

/** One to three lines for a screen: `Coverage: 118 of 126 documented answers, …`; none without matrices. */
export const coverageSummary = ({ matrices }: Coverage): readonly string[] => {
  const parts = matrices.map(
    ({ title, cells }) => `${cells.filter(isExercised).length} of ${cells.length} ${title}`,
  );
  return parts.length === 0 ? [] : [`Coverage: ${parts.join(', ')}`];
};
