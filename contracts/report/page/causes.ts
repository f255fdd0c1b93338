// What the failures come from, before all else on the page.
import { causesOf } from '../../engine/causes.ts';
import type { Cause } from '../../engine/events.ts';
import type { RunResult } from '../../result.ts';
import { toCausesTitle, toExample, toReach } from '../cause-text.ts';
import { html, nothing, type Html } from './html.ts';
import { block } from './told.ts';

const toCause = (cause: Cause): Html =>
  html`<li class="${cause.verdict}">
    <p class="what">${cause.sentence}</p>
    <p class="small">${cause.verdict}: ${toReach(cause)}</p>
    ${
      cause.example === ''
        ? nothing
        : html`<details>
            <summary>The exchange</summary>
            ${block(toExample(cause))}
          </details>`
    }
  </li>`;

export const toCausesPart = ({ checks }: RunResult): Html => {
  const causes = causesOf(checks);
  return causes.length === 0
    ? nothing
    : html`<section id="causes" aria-labelledby="causes-title">
        <h2 id="causes-title">${toCausesTitle(causes)}</h2>
        <ol class="causes">
          ${causes.map(toCause)}
        </ol>
      </section>`;
};
