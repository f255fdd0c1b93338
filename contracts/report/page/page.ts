// The report as one page that needs nothing else: no network, no other file, no script.
import { createHash } from 'node:crypto';
import { count, failuresOf, unexercisedOf, type RunResult } from '../../result.ts';
import type { Coverage } from '../coverage.ts';
import { toVerdict } from '../verdict.ts';
import { toCausesPart, toFailures, toTroubles, toUnmade } from './failures.ts';
import { toCoveragePart } from './coverage.ts';
import { html, nothing, trusted, type Html } from './html.ts';
import { fact } from './grid.ts';
import { toRulesPart } from './rules.ts';
import { script } from './script.ts';
import { style } from './style.ts';

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Our own style and script by their hashes, and nothing else: what a target said cannot run, whatever it is. */
const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const toFacts = (result: RunResult): Html => {
  const violations = failuresOf(result, 'violation').length;
  const divergences = failuresOf(result, 'divergence').length;
  const unmade = unexercisedOf(result).length;
  return html`<ul class="facts">
    ${fact(count(result, 'passed'), 'passed', '')}
    ${fact(violations, 'violations', violations > 0 ? 'failed' : '')}
    ${fact(divergences, 'divergences', divergences > 0 ? 'odd' : '')}
    ${fact(unmade, 'not exercised', '')} ${fact(result.requests, 'requests', '')}
  </ul>`;
};

const toRun = (result: RunResult): Html => {
  const { name, edition, startedAt, ms, seed, strict, versions } = result;
  const entries: readonly (readonly [string, string])[] = [
    ['Target', name],
    ['Edition', edition],
    ['Started', startedAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')],
    ['Took', `${(ms / 1000).toFixed(1)} s`],
    ['Seed', String(seed)],
    ['Divergences', strict ? 'fail the run (strict)' : 'do not fail the run'],
    [
      'Versions',
      Object.entries(versions)
        .map((entry) => entry.join(' '))
        .join(', '),
    ],
  ];
  return html`<dl class="run">
    ${entries.map(
      ([term, text]) =>
        html`<dt>${term}</dt>
          <dd>${text}</dd>`,
    )}
  </dl>`;
};

const toNavigation = (parts: readonly (readonly [string, string, Html])[]): Html =>
  html`<nav aria-label="Parts of this report">
    <ul>
      ${parts
        .filter(([, , part]) => part !== nothing)
        .map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
    </ul>
  </nav>`;

export const toPage = (result: RunResult, coverage: Coverage): string => {
  const { state, symbol, sentence } = toVerdict(result);
  const parts = [
    ['causes', 'Probable causes', toCausesPart(result)],
    ['violations', 'Violations', toFailures(result, 'violation')],
    ['divergences', 'Divergences', toFailures(result, 'divergence')],
    ['troubles', 'Beside the checks', toTroubles(result)],
    ['not-made', 'Not exercised', toUnmade(result)],
    ['coverage', 'Coverage', toCoveragePart(coverage)],
    ['rules', 'Rules', toRulesPart(coverage.rules, result)],
  ] as const;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${symbol} ${sentence}</title>
        ${trusted(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">To the report</a>
        <header class="top">
          <h1>The contract of the Invitations API</h1>
          <p class="verdict ${state}"><span aria-hidden="true">${symbol}</span> ${sentence}</p>
          ${toFacts(result)} ${toRun(result)} ${toNavigation(parts)}
        </header>
        <main id="main">${parts.map(([, , part]) => part)}</main>
        <footer class="small">
          Made by the contract suites. The same result is beside this page as JSON, JUnit XML and
          Markdown.
        </footer>
        ${trusted(`<script>${script}</script>`)}
      </body>
    </html> `;
  return page.html;
};
