// A run in parts: opened on a target, its checks made one by one by whoever opened it, and closed, when all that it made is
// removed. The command makes them side by side, a test runner as its tests.
import { randomBytes } from 'node:crypto';
import { createJudges, type Judges } from '../../spec/judges.ts';
import { newestEdition, type Edition } from '../../spec/vocabulary.ts';
import { isDocumented, isSelected, readRules, refuseUnknownWords, type Rule } from '../catalog.ts';
import { createMask } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import type { Check } from './check.ts';
import type { Contract } from './contract.ts';
import { isOpen, look, sightFields, toEdition, toLooking, type Sightings } from './edition.ts';
import type { CheckEnded, Fault, Listener } from './events.ts';
import { createLine, type Line } from './line.ts';
import { createMade } from './made.ts';
import { createOutages } from './outages.ts';
import { fileOf, perform } from './perform.ts';
import { lostSince, preflight } from './preflight.ts';
import { probe } from './probe.ts';
import type { Running } from './running.ts';
import { toNowhere } from './nowhere.ts';
import { define, isIn, whyNot, type Defined } from './selection.ts';
import type { Transport } from './transport.ts';
import { createWaits } from './waits.ts';

export type Opening = {
  readonly contracts: readonly Contract[];
  readonly settings: Settings;
  /** For people: `the fake at http://…`. */
  readonly name: string;
  /** Ends the run early; what it made is removed all the same. */
  readonly signal: AbortSignal;
  readonly listen: Listener;
  readonly warn: (sentence: string) => void;
  readonly transport?: Transport | undefined;
  /** Those that are there already. */
  readonly judges?: Judges | undefined;
};

export type Session = {
  readonly defined: readonly Defined[];
  readonly settings: Settings;
  readonly edition: Edition;
  readonly perform: (check: Check, of: Defined) => Promise<CheckEnded>;
  /** A contract is done: what its checks shared is removed. */
  readonly leave: (defined: Defined) => Promise<void>;
  /** What checks met that is another rule's business, as a check of that rule each. */
  readonly elsewhere: () => readonly CheckEnded[];
  /** Credentials that worked at the start and do so no longer. */
  readonly lost: () => Promise<readonly string[]>;
  /** Removes what is left. Gives the ids of what could not be removed. */
  readonly close: () => Promise<readonly string[]>;
};

/** What the checks of a run share, from its start on. */
export const toRunning = async (
  { settings, listen, judges = createJudges() }: Pick<Opening, 'settings' | 'listen' | 'judges'>,
  line: Line,
  runId: string,
  edition: Edition = settings.edition ?? newestEdition,
): Promise<Running> => ({
  edition,
  ...{ settings, line, runId, emit: listen },
  mask: createMask([...settings.credentials.values(), ...Object.values(settings.way.headers)]),
  rules: readRules(),
  judge: await judges(edition),
  made: createMade({ settings, line }, listen),
  waits: createWaits(),
  outages: createOutages(),
  throttled: [],
  elsewhere: [],
  counters: { addresses: 0, exchanges: 0 },
  settleMs: settings.settleMs ?? 0,
});

/** For all that no rule speaks of. */
const noRule: Rule = {
  id: 'no-rule',
  source: 'ours',
  sentence: 'Nothing that the documents do not have.',
};

const keyOf = ({ exchange, finding, message }: Fault): string =>
  finding === undefined
    ? message
    : `${exchange?.operation ?? ''} ${exchange?.status ?? ''} ${finding.code} ${finding.location.filter((part) => !/^\d+$/.test(part)).join('.')}`;

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

const answerOf = ({ exchange }: Fault): string =>
  `${exchange?.method ?? ''} ${exchange?.operation ?? ''} ${exchange?.status ?? ''}`;

const toElsewhere = (run: Running, ended: readonly CheckEnded[]): readonly CheckEnded[] => {
  const told = new Set(ended.flatMap(({ faults }) => faults.map(answerOf)));
  // A status that a check did not expect is told by that check.
  const isTold = (fault: Fault): boolean =>
    fault.finding?.code === 'undocumented-status' && told.has(answerOf(fault));
  const byRule = new Map<Rule, Fault[]>();
  for (const fault of [...run.elsewhere, ...run.outages.faults()].filter((it) => !isTold(it))) {
    const rule = run.rules.get(fault.rule ?? '') ?? noRule;
    byRule.set(rule, [...(byRule.get(rule) ?? []), fault]);
  }
  return [...byRule].map(([rule, faults]) => toEnded(rule, faults));
};

type Ready = { readonly edition: Edition; readonly settleMs: number };

/** What a run has to know of the target beforehand. Throws a CannotRun. */
const makeReady = async (
  { contracts, settings }: Opening,
  line: Line,
  { made, runId }: Pick<Running, 'made' | 'runId'>,
): Promise<Ready> => {
  const looking = toLooking(settings, line);
  const isTold = settings.edition !== undefined;
  let seen: Sightings = isTold ? new Map() : await look(looking);
  const writes = (await define(contracts, toNowhere(settings))).some(({ checks }) =>
    checks.some((check) => check.changes && whyNot(check, settings) === undefined),
  );
  const isUnsure = !isTold && isOpen(seen);
  const meanwhile = async (texts: readonly string[]): Promise<void> => {
    if (isUnsure) seen = await look(looking, sightFields(texts));
  };
  const settleMs = writes
    ? await probe({ settings, line, made, runId, size: isUnsure ? 2 : 1, meanwhile })
    : 0;
  return { edition: settings.edition ?? toEdition(seen), settleMs };
};

/** Throws a CannotRun. */
export const openSession = async (opening: Opening): Promise<Session> => {
  const { contracts, settings, signal, transport, warn } = opening;
  refuseUnknownWords(settings.only);
  const ways = transport === undefined ? {} : { transport };
  const line = createLine(settings, { signal, ...ways });
  const runId = randomBytes(4).toString('hex');
  (await preflight(settings, line)).forEach(warn);
  const made = createMade({ settings, line }, opening.listen);
  const { edition, settleMs } = await makeReady(opening, line, { made, runId });
  const run = { ...(await toRunning(opening, line, runId, edition)), made, settleMs };
  const defined = await define(contracts, run);
  const { mask } = run;
  const ended: CheckEnded[] = [];
  const tell = (event: CheckEnded): CheckEnded => {
    const masked = { ...event, message: mask(event.message) };
    ended.push(masked);
    opening.listen(masked);
    return masked;
  };
  return {
    defined,
    settings,
    edition,
    perform: async (check, { contract, kit }) => {
      const { rule, title } = check;
      const started = performance.now();
      const reason = whyNot(check, settings);
      const outcome =
        reason === undefined
          ? await perform(check, { kit, run, signal })
          : { verdict: 'not exercised' as const, message: reason, faults: [] };
      return tell({
        ...{ kind: 'check ended', rule: rule.id, source: rule.source },
        ...{ documented: isDocumented(rule), title, file: fileOf(contract) },
        ...outcome,
        ms: Math.round(performance.now() - started),
      });
    },
    leave: ({ kit }) => made.clear(kit.shared),
    elsewhere: () => toElsewhere(run, ended).map(tell),
    lost: () => lostSince(settings, line),
    // The run's own line may have been given up, or ended by a signal.
    close: () => made.clearAll(createLine(settings, ways)),
  };
};

export const rulesWithoutCheck = ({ defined, settings, edition }: Session): readonly Rule[] =>
  [...readRules().values()].filter(
    (rule) =>
      isIn(edition, rule) &&
      !defined.some(({ rules }) => rules.has(rule.id)) &&
      isSelected(settings.only, rule),
  );
