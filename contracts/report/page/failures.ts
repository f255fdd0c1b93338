// What went wrong, by rule: each failed check with its exchange; then what else fails a run.
import { toLeftBehind } from '../../left-behind.ts';
import { readRules, toOrigin } from '../../catalog.ts';
import { failuresOf, headlineOf, unexercisedOf } from '../../result.ts';
import type { CheckResult, Failure, RunResult } from '../../result.ts';
import { groupBy } from '../group-by.ts';
import { reasonOf } from '../reasons.ts';
import { html, nothing, type Html } from './html.ts';
import { prose, tell, block } from './told.ts';
import { causesOf } from '../../engine/causes.ts';
import type { Cause } from '../../engine/events.ts';
import { toCausesTitle, toExample, toReach } from '../verdict.ts';

/** Of a target that is wrong all over so many are told in full: the page has to open on a phone. */
const toldInFull = 150;
const open = html`open`;
const toFailure = (check: CheckResult, isTold: boolean): Html =>
  isTold
    ? html`<p class="small">${check.file}, ${check.ms} ms</p>
        ${tell(check.message)}`
    : html`<p>${headlineOf(check).slice(0, 300)}</p>`;

const toCheck = (check: CheckResult, isTold: boolean, isOpen: boolean): Html =>
  html`<details class="failure" ${isOpen ? open : nothing}>
    <summary><span aria-hidden="true">✗</span> <span class="title">${check.title}</span></summary>
    ${toFailure(check, isTold)}
  </details>`;

const sections: Readonly<Record<Failure, { readonly title: string; readonly lenient: string }>> = {
  violation: { title: 'Violations', lenient: 'The target breaks what is documented.' },
  divergence: {
    title: 'Divergences',
    lenient:
      'The target does other than we assume where no document says. It may be right; these fail no run that is not strict.',
  },
};
const strictly =
  'The target does other than we assume where no document says. This run is strict: these fail it.';

export const toFailures = (result: RunResult, kind: Failure): Html => {
  const checks = failuresOf(result, kind);
  if (checks.length === 0) return nothing;
  const { title, lenient } = sections[kind];
  const rules = readRules();
  const told = new Set(checks.slice(0, toldInFull));
  return html`<section id="${kind}s" class="${kind}" aria-labelledby="${kind}s-title">
    <h2 id="${kind}s-title">${title}: ${checks.length}</h2>
    <p>${kind === 'divergence' && result.strict ? strictly : lenient}</p>
    <details>
      <summary>Each failed check, by rule</summary>
      ${[...groupBy(checks, ({ rule }) => rule)].map(
        ([rule, own]) =>
          html`<article>
            <h3><code>${rule}</code> <span class="tag">${toOrigin(own[0] ?? {})}</span></h3>
            <p>${prose(rules.get(rule)?.sentence ?? '')}</p>
            ${own.map((check, index) => toCheck(check, told.has(check), index === 0))}
          </article>`,
      )}
    </details>
  </section>`;
};

const list = (title: string, items: readonly Html[]): Html =>
  items.length === 0
    ? nothing
    : html`<h3>${title}: ${items.length}</h3>
        <ul>
          ${items.map((item) => html`<li>${item}</li>`)}
        </ul>`;

/** Reasons first: one variable that is missing keeps many checks from being made. */
export const toUnmade = (result: RunResult): Html => {
  const unmade = unexercisedOf(result);
  if (unmade.length === 0) return nothing;
  const toRule = ([rule, { length }]: readonly [string, readonly CheckResult[]]): Html =>
    html`<li><code>${rule}</code> ${length === 1 ? '' : `× ${length}`}</li>`;
  return html`<section id="not-made" aria-labelledby="not-made-title">
    <h2 id="not-made-title">Not exercised: ${unmade.length}</h2>
    <details>
      <summary>Why, and which rules</summary>
      ${[...groupBy(unmade, reasonOf)].map(
        ([reason, own]) =>
          html`<h3>– ${reason}</h3>
            <ul class="inline">
              ${[...groupBy(own, ({ rule }) => rule)].map(toRule)}
            </ul>`,
      )}
    </details>
  </section>`;
};

/** What fails a run beside its checks, and what a person has to do after it. */
export const toTroubles = ({ rulesWithoutCheck, leftBehind, target }: RunResult): Html => {
  if (rulesWithoutCheck.length + leftBehind.length === 0) return nothing;
  return html`<section id="troubles" class="violation" aria-labelledby="troubles-title">
    <h2 id="troubles-title">Beside the checks</h2>
    ${list(
      'Rules without a check',
      rulesWithoutCheck.map(({ id, sentence }) => html`<code>${id}</code> ${prose(sentence)}`),
    )}
    ${list(
      'Made by this run and not removed',
      toLeftBehind(leftBehind, target).map((line) => html`<code>${line}</code>`),
    )}
  </section>`;
};

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
