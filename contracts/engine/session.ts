// A run in parts: opened on a target, its checks made one by one by whoever opened it, and closed, when all that it made is
// removed. The command makes them side by side, a test runner as its tests.
import { randomBytes } from 'node:crypto';
import { judges } from '../../spec/judges.ts';
import { newestEdition, type Edition } from '../../spec/vocabulary.ts';
import { isDocumented, isSelected, readRules, refuseUnknownWords, type Rule } from '../catalog.ts';
import { createMask } from '../curl.ts';
import { createAsRead, type AsRead } from './as-read.ts';
import type { Check } from './check.ts';
import { isOpen, look, sightFields, toEdition, toLooking, type Sightings } from './edition.ts';
import { toElsewhere } from './elsewhere.ts';
import type { CheckEnded } from './events.ts';
import { createLine, type Line } from './line.ts';
import { createLosses } from './losses.ts';
import { createMade } from './made.ts';
import type { Opening, Session } from './opening.ts';
import { createOutages } from './outages.ts';
import { fileOf, perform } from './perform.ts';
import { lostSince, preflight } from './preflight.ts';
import { probe } from './probe.ts';
import type { Running } from './running.ts';
import { toNowhere } from './nowhere.ts';
import { define, isIn, whyNot, type Defined } from './selection.ts';
import { createTempo, slowedBy } from './tempo.ts';
import { createWaits } from './waits.ts';

export type { Opening, Session } from './opening.ts';

/** What the checks of a run share, from its start on. */
export const toRunning = async (
  {
    settings,
    listen,
    warn = () => undefined,
  }: Pick<Opening, 'settings' | 'listen'> & Partial<Pick<Opening, 'warn'>>,
  line: Line,
  runId: string,
  edition: Edition = settings.edition ?? newestEdition,
  lag = { ms: settings.settleMs ?? 0 },
  made = createMade({ settings, line, lag }, listen),
): Promise<Running> => ({
  edition,
  ...{ settings, line, runId, emit: listen, warn },
  mask: createMask([...settings.credentials.values(), ...Object.values(settings.way.headers)]),
  rules: readRules(),
  judge: await judges(edition),
  ...{ made, lag },
  waits: createWaits(),
  outages: createOutages(),
  throttled: [],
  sound: new Set(),
  elsewhere: [],
  counters: { addresses: 0, exchanges: 0 },
});

const withReadings = async (
  check: Check,
  of: Defined,
  ended: CheckEnded,
  asRead: AsRead | undefined,
): Promise<CheckEnded> => {
  if (asRead === undefined || ended.verdict === 'passed' || ended.verdict === 'not exercised') {
    return ended;
  }
  if (!(await asRead.isSame(check, of, ended))) return ended;
  const message = `as the told readings have it: ${ended.message.split('\n', 1).join()}`;
  return { ...ended, verdict: 'not exercised', message, faults: [] };
};

type Performing = {
  readonly run: Running;
  readonly signal: AbortSignal;
  readonly asRead: AsRead | undefined;
};

const performOne = async (
  check: Check,
  of: Defined,
  { run, signal, asRead }: Performing,
): Promise<CheckEnded> => {
  const { contract, kit } = of;
  const { rule, title } = check;
  const started = performance.now();
  const reason = whyNot(check, run.settings);
  const outcome =
    reason === undefined
      ? await perform(check, { kit, run, signal })
      : { verdict: 'not exercised' as const, message: reason, faults: [] };
  const ended: CheckEnded = {
    ...{ kind: 'check ended', rule: rule.id, source: rule.source },
    ...(rule.seen !== undefined && { seen: rule.seen }),
    ...{ documented: isDocumented(rule), title, file: fileOf(contract) },
    ...outcome,
    ms: Math.round(performance.now() - started),
  };
  return withReadings(check, of, ended, asRead);
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
  const tempo = createTempo(settings.rate, slowedBy(warn));
  const losses = createLosses();
  const ways = { tempo, ...(transport === undefined ? {} : { transport }) };
  const line = createLine(settings, { signal, losses, ...ways });
  const runId = randomBytes(4).toString('hex');
  const admitted = await preflight(settings, line);
  admitted.warnings.forEach(warn);
  const lag = { ms: settings.settleMs ?? 0 };
  const made = createMade({ settings, line, lag }, opening.listen);
  const { edition, settleMs } = await makeReady(opening, line, { made, runId });
  lag.ms = settleMs;
  const run = await toRunning(opening, line, runId, edition, lag, made);
  const defined = await define(contracts, run);
  const { mask } = run;
  const asRead =
    Object.keys(settings.readings).length === 0
      ? undefined
      : createAsRead({ ...opening, settings: { ...settings, edition } }, openSession);
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
    perform: async (check, of) => tell(await performOne(check, of, { run, signal, asRead })),
    leave: ({ kit }) => made.clear(kit.shared),
    elsewhere: async () => (await toElsewhere(run, ended, defined, asRead)).map(tell),
    lost: async () => losses.told() ?? lostSince(settings, line, admitted),
    // The run's own line may have been given up, or ended by a signal.
    close: async () => {
      await asRead?.close();
      return made.clearAll(
        createLine(settings, { ...ways, tempo: createTempo(tempo.perSecond()) }),
      );
    },
  };
};

export const rulesWithoutCheck = ({ defined, settings, edition }: Session): readonly Rule[] =>
  [...readRules().values()].filter(
    (rule) =>
      isIn(edition, rule) &&
      !defined.some(({ rules }) => rules.has(rule.id)) &&
      isSelected(settings.only, rule),
  );
