// The coverage matrix on the page: how much of each matrix, the matrices, and for each cell that was not exercised why.
import { sharesOf, type Coverage } from '../coverage.ts';
import { groupBy } from '../group-by.ts';
import { countExercised, type Cell, type Matrix } from '../matrix.ts';
import { plural } from '../verdict.ts';
import { titled, grid, plainGrid, summed, legend, mark } from './grid.ts';
import { html, nothing, type Html } from './html.ts';

const explanations: Readonly<Record<Matrix['id'], string>> = {
  answers:
    'Operation × documented status × media type of the request × scheme. The table sums up media types and schemes.',
  callers:
    'As whom each operation was asked. INVITEE has no organization, EXPIRED a JWT that has run out, NOBODY no credentials. The number is that of the exchanges.',
  states:
    'In which state an invitation was when the command reached it, as far as answers show it: see docs/reports.md.',
};

const toShare = ({ title, all, exercised, failed }: ReturnType<typeof sharesOf>[number]): Html =>
  html`<tr>
    <th scope="row">${title}</th>
    <td>${exercised} of ${all}</td>
    <td>
      <progress max="${Math.max(all, 1)}" value="${exercised}" aria-label="${title}">
        ${exercised} of ${all}
      </progress>
    </td>
    <td class="${failed > 0 ? 'failed' : ''}">${failed > 0 ? `✗ ${failed}` : 'none'}</td>
  </tr>`;

const toShares = (coverage: Coverage): Html =>
  html`<div class="scroll" role="region" aria-label="Coverage in numbers" tabindex="0">
    <table class="shares">
      <caption class="unseen">
        Coverage in numbers
      </caption>
      <thead>
        <tr>
          <th scope="col">matrix</th>
          <th scope="col">exercised</th>
          <th scope="col">share</th>
          <th scope="col">failed</th>
        </tr>
      </thead>
      <tbody>
        ${sharesOf(coverage).map(toShare)}
      </tbody>
    </table>
  </div>`;

const chip = ({ state, count, reason }: Cell, text: string): Html => {
  const shown = mark(state, count === 0 ? text : `${text} ${count}`);
  return html`<span class="chip ${state}" ${titled(reason)}>${shown}</span> `;
};

const shortNames: Readonly<Record<string, string>> = {
  'application/json': 'JSON',
  'application/x-www-form-urlencoded': 'form',
  'multipart/form-data': 'multipart',
};

const toOperation = (operation: string, cells: readonly Cell[], schemes: readonly string[]): Html =>
  html`<details>
    <summary>
      <code>${operation}</code>
      <span class="small">${countExercised(cells)} of ${cells.length}</span>
    </summary>
    ${grid({
      caption: `The answers of ${operation}`,
      corner: 'status',
      columns: schemes,
      rows: [...new Set(cells.map(({ at: [, status = ''] }) => status))],
      cell: (row, column) => {
        const those = cells.filter(
          ({ at: [, status, , scheme] }) => status === row && scheme === column,
        );
        return those.length === 0
          ? summed([])
          : html`<td>
              ${those.map((cell) => chip(cell, shortNames[cell.at[2] ?? ''] ?? cell.at[2] ?? ''))}
            </td>`;
      },
    })}
  </details>`;

const toAnswers = ({ title, axes: [operations, statuses, , schemes], cells }: Matrix): Html =>
  html`${grid({
      caption: title,
      corner: 'operation',
      columns: statuses?.values ?? [],
      rows: operations?.values ?? [],
      cell: (row, column) =>
        summed(
          cells.filter(({ at: [operation, status] }) => operation === row && status === column),
        ),
    })}
    <details>
      <summary>Each operation, by media type and scheme</summary>
      <p>${explanations.answers}</p>
      ${(operations?.values ?? []).map((operation) =>
        toOperation(
          operation,
          cells.filter(({ at: [own] }) => own === operation),
          schemes?.values ?? [],
        ),
      )}
    </details>`;

const toTable = (matrix: Matrix): Html =>
  matrix.id === 'answers'
    ? toAnswers(matrix)
    : html`<details>
        <summary>The table</summary>
        <p>${explanations[matrix.id]}</p>
        ${plainGrid(matrix)}
      </details>`;

/** A list, for a title on a cell is out of reach for keyboards and fingers. */
const toGaps = ({ id, cells }: Matrix): Html => {
  const gaps = cells.filter(({ state }) => state !== 'exercised');
  const reasons = groupBy(gaps, ({ reason }) => reason);
  if (reasons.size === 0) return nothing;
  return html`<details id="${id}-gaps">
    <summary>Cells that failed or were not exercised, and why</summary>
    <ul class="gaps">
      ${[...reasons].map(
        ([reason, own]) =>
          html`<li>
            ${plural(own.length, 'cell')}: ${reason}
            <ul>
              ${own.map(({ at }) => html`<li><code>${at.join(' × ')}</code></li>`)}
            </ul>
          </li>`,
      )}
    </ul>
  </details>`;
};

const toUndocumented = ({ undocumented }: Coverage): Html =>
  undocumented.length === 0
    ? nothing
    : html`<h3>Answers that the contract does not have</h3>
        <ul>
          ${undocumented.map(
            ({ operation, status, count }) =>
              html`<li><code>${operation}</code> answered ${status}: ${count} ×</li>`,
          )}
        </ul>`;

export const toCoveragePart = (coverage: Coverage): Html =>
  html`<section id="coverage" aria-labelledby="coverage-title">
    <h2 id="coverage-title">Coverage</h2>
    ${toShares(coverage)} ${legend} ${toUndocumented(coverage)}
    ${coverage.matrices.map(
      (matrix) =>
        html`<section id="${matrix.id}" aria-labelledby="${matrix.id}-title">
          <h3 id="${matrix.id}-title">${matrix.title}</h3>
          ${toTable(matrix)} ${toGaps(matrix)}
        </section>`,
    )}
  </section>`;
