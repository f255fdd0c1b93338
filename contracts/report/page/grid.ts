// A table of cells, in a container of its own that scrolls where the page is narrow; and the marks of a state: a symbol and
// a word each, so that nothing is told by colour alone.
import { countExercised, stateOf, type Cell, type Matrix, type CellState } from '../matrix.ts';
import { html, nothing, type Html } from './html.ts';

export type Grid = {
  /** What the table shows, for whoever cannot see it. */
  readonly caption: string;
  readonly corner: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly cell: (row: string, column: string) => Html;
};

export const empty = html`<td class="none">
  <span aria-hidden="true">·</span><span class="unseen">nothing</span>
</td>`;

export const grid = ({ caption, corner, columns, rows, cell }: Grid): Html =>
  html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption class="unseen">
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${corner}</th>
          ${columns.map((name) => html`<th scope="col">${name.replace(/^invitations_/, '')}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row"><code>${row}</code></th>
              ${columns.map((column) => cell(row, column))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

/** One cell of several: how many of them were exercised. */
export const summed = (cells: readonly Cell[]): Html => {
  if (cells.length === 0) return empty;
  const state = stateOf(cells);
  return html`<td class="${state}">${mark(state, `${countExercised(cells)}/${cells.length}`)}</td>`;
};

/** As an attribute. */
export const titled = (reason: string): Html => (reason === '' ? nothing : html`title="${reason}"`);

const single = ({ state, count, reason }: Cell): Html =>
  html`<td class="${state}" ${titled(reason)}>${mark(state, count === 0 ? '' : count)}</td>`;

export const plainGrid = ({ title, axes, cells }: Matrix): Html => {
  const [rows, columns] = axes;
  if (rows === undefined || columns === undefined) return nothing;
  const byPlace = new Map(cells.map((cell) => [cell.at.join(' '), cell]));
  return grid({
    caption: title,
    corner: rows.name,
    columns: columns.values,
    rows: rows.values,
    cell: (row, column) => {
      const cell = byPlace.get(`${row} ${column}`);
      return cell === undefined ? empty : single(cell);
    },
  });
};

export type Mark = CellState | 'partly';

const marks: Readonly<Record<Mark, { symbol: string; word: string; meaning: string }>> = {
  exercised: { symbol: '✓', word: 'exercised', meaning: 'exercised, nothing wrong' },
  partly: { symbol: '◐', word: 'partly exercised', meaning: 'some of its cells not exercised' },
  'not-exercised': { symbol: '–', word: 'not exercised', meaning: 'not exercised' },
  failed: { symbol: '✗', word: 'failed', meaning: 'a check failed by it' },
};

export const mark = (state: Mark, text: string | number): Html =>
  html`<span aria-hidden="true">${marks[state].symbol}</span
    ><span class="unseen">${marks[state].word}</span> ${text}`;

export const legend = html`<ul class="legend">
  ${Object.entries(marks).map(
    ([state, { symbol, meaning }]) =>
      html`<li><span class="chip ${state}" aria-hidden="true">${symbol}</span> ${meaning}</li>`,
  )}
  <li><span class="chip" aria-hidden="true">·</span> the contract has nothing here</li>
</ul>`;

export const fact = (number: string | number, text: string, state: string): Html =>
  html`<li class="fact ${state}"><strong>${number}</strong> ${text}</li>`;
