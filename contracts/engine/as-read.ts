// Where it is told how a target reads the contract: does it do what it is accused of because of that? A fake that reads so is
// asked the same; what it too is accused of, is no fault.
import { toReadings } from '../../spec/readings.ts';
import { readSettings } from '../settings.ts';
import type { Check } from './check.ts';
import type { CheckEnded, Event, Fault } from './events.ts';
import type { Defined } from './selection.ts';
import type { Opening, Session } from './opening.ts';
import { findingKey, withoutIds } from './without-ids.ts';

export type AsRead = {
  /** Whether the fake that reads so comes to the same end. */
  readonly isSame: (check: Check, of: Defined, ended: CheckEnded) => Promise<boolean>;
  /** Those that the fake does not show. */
  readonly faultsBeside: (
    faults: readonly Fault[],
    all: readonly Defined[],
  ) => Promise<readonly Fault[]>;
  readonly close: () => Promise<void>;
};

const inWords = (message: string): string =>
  withoutIds(message.split('\n\n', 1)[0] ?? '')
    .replaceAll(/but got (\d{3}).*/gs, 'but got $1')
    .replaceAll(/answered (\d{3}).*/gs, 'answered $1')
    .replaceAll(/https?:\/\/[^\s"/]+/g, '{base}')
    .replaceAll(/(?<=\/api\/v1\/\w+\/)[^/\s"?]+/g, '{id}')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+/g, (time) => time.replaceAll(/\d/g, '0'))
    .replaceAll(/[\w.+-]+(?:@|%40)[\w.-]+/g, '{email}')
    .replaceAll(/\d{4,}/g, '{number}');

const keyOf = ({ finding, exchange, message }: Fault): string =>
  finding === undefined ? inWords(message) : `${exchange?.status ?? ''} ${findingKey(finding)}`;

/** All that the one is accused of, the other is too. */
const goesWith = (ended: CheckEnded, other: CheckEnded): boolean => {
  const shown = new Set(other.faults.map(keyOf));
  return (
    other.verdict === ended.verdict &&
    inWords(other.message) === inWords(ended.message) &&
    ended.faults.every((fault) => shown.has(keyOf(fault)))
  );
};

const claimOf = ({ message }: CheckEnded): string | undefined =>
  /expected \w+, but got \d{3}/.exec(message)?.[0];

const isOfSequence = ({ message }: CheckEnded): boolean => message.startsWith('Step ');

type Open = (opening: Opening) => Promise<Session>;

const openFake = async (opening: Opening, open: Open, listen: Opening['listen']) => {
  const { contracts, settings, signal } = opening;
  const { startFake } = await import('../targets/fake.ts');
  const edition = settings.edition === undefined ? {} : { edition: settings.edition };
  const readings = toReadings({ ...settings.readings, ...edition });
  const { seed, runs, timeoutMs } = settings;
  const fake = await startFake({}, { ...edition, readings, validation: 'off' });
  const session = await open({
    ...{ contracts, signal, listen, name: fake.name, warn: () => undefined },
    settings: { ...readSettings(fake.env), readings: {}, seed, runs, timeoutMs },
  });
  const close = async (): Promise<void> => {
    await session.close();
    await fake.close();
  };
  return { session, close };
};

type Beside = {
  readonly defined: () => Promise<readonly Defined[]>;
  /** Undefined where it has no such check. */
  readonly perform: (check: Check, of: Defined) => Promise<CheckEnded | undefined>;
  readonly close: () => Promise<void>;
};

const isUntried = ({ verdict }: CheckEnded): boolean =>
  verdict === 'not exercised' || verdict === 'could not run';

/** One check at a time; on a new fake, where the one before has taken what exists once. */
const createBeside = (opening: Opening, open: Open, listen: Opening['listen']): Beside => {
  let opened: ReturnType<typeof openFake> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const enter = async (): Promise<Session> =>
    (await (opened ??= openFake(opening, open, listen))).session;
  const close = async (): Promise<void> => {
    const was = opened;
    opened = undefined;
    await (await was)?.close();
  };
  const attempt = async ({ rule, title }: Check, { contract }: Defined) => {
    const session = await enter();
    const defined = session.defined.find((one) => one.contract === contract);
    const check = defined?.checks.find((one) => one.rule.id === rule.id && one.title === title);
    return defined && check && session.perform(check, defined);
  };
  const perform: Beside['perform'] = async (check, of) => {
    const ended = await attempt(check, of);
    if (ended === undefined || !isUntried(ended)) return ended;
    await close();
    return attempt(check, of);
  };
  return {
    defined: async () => (await enter()).defined,
    perform: (check, of) => {
      const performing = turn.then(() => perform(check, of));
      turn = performing.catch(() => undefined);
      return performing;
    },
    close,
  };
};

/** Sequences by chance go another way there; what they came to, another check of the rule may show. */
const isShownByOther = async (
  check: Check,
  ended: CheckEnded,
  beside: Beside,
): Promise<boolean> => {
  const claim = claimOf(ended);
  if (claim === undefined || !isOfSequence(ended)) return false;
  for (const of of await beside.defined()) {
    for (const one of of.checks) {
      if (one.rule.id !== check.rule.id || one.title === check.title) continue;
      const other = await beside.perform(one, of);
      if (other !== undefined && claimOf(other) === claim) return true;
    }
  }
  return false;
};

export const createAsRead = (opening: Opening, open: Open): AsRead => {
  const shown = new Set<string>();
  const listen = (event: Event): void => {
    if (event.kind !== 'exchange') return;
    for (const finding of event.findings) {
      shown.add(keyOf({ rule: undefined, message: '', exchange: event, finding }));
    }
  };
  const beside = createBeside(opening, open, listen);
  const tried = new Map<Check, Promise<CheckEnded | undefined>>();
  const perform = async (check: Check, of: Defined): Promise<CheckEnded | undefined> => {
    const ended = await beside.perform(check, of);
    if (ended !== undefined) shown.add(inWords(ended.message));
    return ended;
  };
  const once = (check: Check, of: Defined): Promise<CheckEnded | undefined> => {
    const known = tried.get(check) ?? perform(check, of);
    tried.set(check, known);
    return known;
  };
  return {
    isSame: async (check, of, ended) => {
      const other = await once(check, of);
      const isAlike = other !== undefined && goesWith(ended, other);
      return isAlike || isShownByOther(check, ended, beside);
    },
    faultsBeside: async (faults, all) => {
      const isNew = (fault: Fault): boolean => !shown.has(keyOf(fault));
      for (const fault of faults) {
        if (!isNew(fault)) continue;
        for (const defined of all) {
          const check = defined.checks.find(
            ({ rule, title }) => rule.id === fault.exchange?.rule && title === fault.exchange.title,
          );
          if (check !== undefined) await once(check, defined);
        }
      }
      return faults.filter(isNew);
    },
    close: beside.close,
  };
};
