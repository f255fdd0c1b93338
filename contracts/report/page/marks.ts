// The marks of a state: a symbol and a word each, so that nothing is told by colour alone.
import type { CellState } from '../matrix.ts';
import { html, type Html } from './html.ts';

export type Mark = CellState | 'partly';

const symbols: Readonly<Record<Mark, string>> = {
  exercised: '✓',
  failed: '✗',
  partly: '◐',
  'not-exercised': '–',
};

const words: Readonly<Record<Mark, string>> = {
  exercised: 'exercised',
  failed: 'failed',
  partly: 'partly exercised',
  'not-exercised': 'not exercised',
};

export const mark = (state: Mark, text: string | number): Html =>
  html`<span aria-hidden="true">${symbols[state]}</span
    ><span class="unseen">${words[state]}</span> ${text}`;

const meanings: readonly { readonly state: Mark; readonly text: string }[] = [
  { state: 'exercised', text: 'exercised, nothing wrong' },
  { state: 'partly', text: 'some of its cells not exercised' },
  { state: 'not-exercised', text: 'not exercised' },
  { state: 'failed', text: 'a check failed by it' },
];

export const legend = html`<ul class="legend">
  ${meanings.map(
    ({ state, text }) =>
      html`<li>
        <span class="chip ${state}" aria-hidden="true">${symbols[state]}</span> ${text}
      </li>`,
  )}
  <li><span class="chip" aria-hidden="true">·</span> the contract has nothing here</li>
</ul>`;

/** A tile with a number and what it counts. */
export const fact = (number: string | number, text: string, state: string): Html =>
  html`<li class="fact ${state}"><strong>${number}</strong> ${text}</li>`;
