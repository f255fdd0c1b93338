// What checks met that is another rule's business, as a check of that rule each.
import { isDocumented, type Rule } from '../catalog.ts';
import type { AsRead } from './as-read.ts';
import type { CheckEnded, Exchange, Fault } from './events.ts';
import { answerOf } from './located.ts';
import type { Running } from './running.ts';
import type { Defined } from './selection.ts';
import { findingKey } from './without-ids.ts';

/** For all that no rule speaks of. */
const noRule: Rule = {
  id: 'no-rule',
  source: 'ours',
  sentence: 'Nothing that the documents do not have.',
};

const keyOf = ({ exchange, finding, message }: Omit<Fault, 'rule'>): string =>
  finding === undefined
    ? message
    : `${exchange?.operation ?? ''} ${exchange?.status ?? ''} ${findingKey(finding)}`;

const mostTold = 5;

const toEnded = (rule: Rule, faults: readonly Fault[]): CheckEnded => {
  const first = new Map<string, Fault>();
  for (const fault of faults) if (!first.has(keyOf(fault))) first.set(keyOf(fault), fault);
  const distinct = [...first.values()];
  const told = distinct
    .slice(0, mostTold)
    .map(({ exchange, message }) => [exchange?.text ?? '', message].join('\n').trim());
  const more = distinct.length - told.length;
  return {
    kind: 'check ended',
    rule: rule.id,
    source: rule.source,
    ...(rule.seen !== undefined && { seen: rule.seen }),
    documented: isDocumented(rule),
    title: 'in the answers to other checks',
    file: '',
    verdict: isDocumented(rule) ? 'violation' : 'divergence',
    message: [
      `Met ${faults.length} times, by checks of other rules`,
      ...told,
      ...(more > 0 ? [`and ${more} more kinds`] : []),
    ].join('\n\n'),
    ms: 0,
    faults,
  };
};

/** `expected 404, but got 200`, or `403 or 404` */
const mismatch = /expected (\d{3}\b[^,]*), but got (\d{3})\b/;

/** Answers that came with a status that a check did not expect. */
const unwantedIn = (ended: readonly CheckEnded[]): readonly Exchange[] =>
  ended
    .flatMap(({ faults }) => faults)
    .flatMap(({ message, exchange, finding }) => {
      const [, due = '', got = ''] = mismatch.exec(message) ?? [];
      const isUnwanted = finding === undefined && got === String(exchange?.status);
      return exchange === undefined || !isUnwanted || due.includes(got) ? [] : [exchange];
    });

/** What stands in those is told by that check, and in others like them, unless no answer with that status is right. */
const isOfUnwanted = (
  ended: readonly CheckEnded[],
  sound: ReadonlySet<string>,
): ((fault: Fault) => boolean) => {
  const unwanted = unwantedIn(ended);
  const numbers = new Set(unwanted.map(({ number }) => number));
  const kinds = new Set(
    unwanted
      .filter((exchange) => sound.has(answerOf(exchange)))
      .flatMap((exchange) =>
        exchange.findings.map((finding) => keyOf({ exchange, message: '', finding })),
      ),
  );
  return (fault) => numbers.has(fault.exchange?.number ?? 0) || kinds.has(keyOf(fault));
};

export const toElsewhere = async (
  run: Running,
  ended: readonly CheckEnded[],
  defined: readonly Defined[],
  asRead: AsRead | undefined,
): Promise<readonly CheckEnded[]> => {
  const told = new Set(
    ended.flatMap(({ faults }) => faults.map(({ exchange }) => answerOf(exchange))),
  );
  // A status that a check did not expect is told by that check.
  const isUnwanted = isOfUnwanted(ended, run.sound);
  const isTold = (fault: Fault): boolean =>
    (fault.finding?.code === 'undocumented-status' && told.has(answerOf(fault.exchange))) ||
    isUnwanted(fault);
  const untold = [...run.elsewhere, ...run.outages.faults()].filter((it) => !isTold(it));
  const faults = (await asRead?.faultsBeside(untold, defined)) ?? untold;
  const byRule = new Map<Rule, Fault[]>();
  for (const fault of faults) {
    const rule = run.rules.get(fault.rule ?? '') ?? noRule;
    byRule.set(rule, [...(byRule.get(rule) ?? []), fault]);
  }
  return [...byRule].map(([rule, faults]) => toEnded(rule, faults));
};
