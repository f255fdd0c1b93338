// Rule × check on the page: each rule, closed, with its checks in it.
import { toOrigin } from '../../catalog.ts';
import type { CheckResult, RunResult } from '../../result.ts';
import { groupBy } from '../group-by.ts';
import type { RuleCoverage } from '../coverage.ts';
import { html, nothing, type Html } from './html.ts';
import { mark, type Mark } from './grid.ts';
import { prose } from './told.ts';

const marks: Readonly<Record<CheckResult['verdict'], Mark>> = {
  passed: 'exercised',
  violation: 'failed',
  divergence: 'failed',
  'could not run': 'not-exercised',
  'not exercised': 'not-exercised',
};

const toCheck = ({ title, verdict, message }: CheckResult): Html =>
  marks[verdict] === 'not-exercised'
    ? html`<li class="${marks[verdict]}">${mark(marks[verdict], title)} <em>${message}</em></li>`
    : html`<li class="${marks[verdict]}">${mark(marks[verdict], title)}</li>`;

const toCounts = ({ passed, failed, notExercised }: RuleCoverage): string =>
  [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(notExercised > 0 ? [`${notExercised} not exercised`] : []),
  ].join(', ');

const toRule = (rule: RuleCoverage, checks: readonly CheckResult[]): Html =>
  html`<details class="rule" data-state="${rule.state}">
    <summary>
      <span class="chip ${rule.state}">${mark(rule.state, '')}</span> <code>${rule.rule}</code>
      <span class="tag">${toOrigin(rule)}</span> <span class="small">${toCounts(rule)}</span>
      <span class="sentence">${prose(rule.sentence)}</span>
    </summary>
    ${rule.reason === '' ? nothing : html`<p>${rule.reason}</p>`}
    <ul class="checks">
      ${checks.map(toCheck)}
    </ul>
  </details>`;

/** Shown by the script alone: without it there is nothing that filters. */
const filter = html`<form id="filter" hidden>
  <label>Rules and checks with <input type="search" id="words" /></label>
  <label
    >that are
    <select id="state">
      <option value="">all</option>
      <option value="failed">✗ failed</option>
      <option value="not-exercised">– not exercised</option>
      <option value="exercised">✓ exercised</option>
    </select></label
  >
  <output id="shown" for="words state"></output>
</form>`;

export const toRulesPart = (rules: readonly RuleCoverage[], { checks }: RunResult): Html => {
  const byRule = groupBy(checks, ({ rule }) => rule);
  return html`<section id="rules" aria-labelledby="rules-title">
    <h2 id="rules-title">Rules and their checks</h2>
    <p>
      A failed check of a rule from <em>seed</em> or <em>published</em> is a violation; of one from
      <em>family</em> or <em>ours</em>, a divergence.
    </p>
    ${filter}
    <details id="each-rule">
      <summary>Each rule, by topic</summary>
      ${[...groupBy(rules, ({ rule }) => rule.split('.')[0] ?? '')].map(
        ([topic, own]) =>
          html`<div class="topic">
            <h3>${topic}</h3>
            ${own.map((rule) => toRule(rule, byRule.get(rule.rule) ?? []))}
          </div>`,
      )}
    </details>
  </section>`;
};
