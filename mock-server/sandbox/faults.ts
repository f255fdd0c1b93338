// The faults of one sandbox: which one a request meets, how often each was met, and how many answers are held back.
import { concerns, drawDelay, strikes, type FaultRule, type FaultyRequest } from './fault-rule.ts';
import { createRandom, seedFor, type Random } from './random.ts';

export type CountedFault = {
  readonly rule: FaultRule;
  /** Requests that it concerned and that no fault before it took. */
  readonly seen: number;
  /** Those of them that it was carried out on. */
  readonly hit: number;
  /** Those that it struck, but could not be carried out on. */
  readonly skipped: number;
};

/** A fault that struck a request. */
export type Met = {
  readonly rule: FaultRule;
  readonly delayMs: number;
  /** For what else is left to chance. */
  readonly seed: number;
  /** It cannot be carried out after all. */
  readonly skip: () => void;
};

export type FaultsEvent =
  | {
      readonly type: 'FaultsReplaced';
      readonly rules: readonly FaultRule[];
      /** For rules without one of their own. */
      readonly seed: number;
    }
  /** The first fault that strikes this request is counted. */
  | { readonly type: 'FaultMet'; readonly request: FaultyRequest }
  /** The fault at this place struck, but could not be carried out. */
  | { readonly type: 'FaultSkipped'; readonly place: number }
  /** In the order of the rules. */
  | { readonly type: 'FaultsCounted'; readonly counts: readonly Counts[] };

export const isFaultsEvent = (event: { readonly type: string }): event is FaultsEvent =>
  event.type.startsWith('Fault');

export type Faults = {
  /** False costs a request nothing else. */
  readonly areSet: () => boolean;
  /** In the order in which they are tried. */
  readonly list: () => readonly CountedFault[];
  /** Counts anew; what the faults of before hold back goes on at once. `seed` is for rules without one of their own. */
  readonly replace: (rules: readonly FaultRule[], seed: number) => void;
  /** Leaves none; what they hold back goes on at once. */
  readonly clear: () => void;
  /** What the faults hold back goes on at once. */
  readonly release: () => void;
  /** The first that strikes; it is counted. */
  readonly meet: (request: FaultyRequest) => Met | undefined;
  /**
   * Holds an answer of so many characters back until the function that it gives is called; `letGo` is called when it
   * must not be held any longer. Undefined where as many are held as there is room for.
   */
  readonly hold: (letGo: () => void, characters: number) => (() => void) | undefined;
  /** The same happens as when this was recorded. */
  readonly observe: (event: FaultsEvent) => void;
  /** What leads to the faults that are set, and to their counts. */
  readonly image: () => readonly FaultsEvent[];
};

export type HoldLimits = { readonly answers: number; readonly characters: number };

/** `drawn`: how many numbers its chance has used up. */
type Counts = { seen: number; hit: number; skipped: number; drawn: number };

type Counter = Counts & { readonly rule: FaultRule; random: Random };

const createHolds = (limits: HoldLimits): Pick<Faults, 'hold'> & { readonly letGo: () => void } => {
  const held = new Set<() => void>();
  let weight = 0;
  return {
    hold: (letGo, characters) => {
      if (held.size >= limits.answers || weight + characters > limits.characters) return undefined;
      held.add(letGo);
      weight += characters;
      return () => {
        if (held.delete(letGo)) weight -= characters;
      };
    },
    letGo: () => {
      for (const letGo of [...held]) letGo();
    },
  };
};

const none: Counts = { seen: 0, hit: 0, skipped: 0, drawn: 0 };

const createCounter = (rule: FaultRule, seed: number, counts: Counts): Counter => {
  const next = createRandom(rule.seed ?? seed, counts.drawn);
  const counter = { ...counts, rule, random: next };
  counter.random = () => {
    counter.drawn += 1;
    return next();
  };
  return counter;
};

/** Counts it, and says whether it is carried out. */
const isStruck = (counter: Counter): boolean => {
  counter.seen += 1;
  if (!strikes(counter.rule.occasion, counter.seen, counter.random)) return false;
  counter.hit += 1;
  return true;
};

/** What is left to chance once it has struck. */
const draw = ({ rule, random }: Counter): Pick<Met, 'delayMs' | 'seed'> => {
  const delayMs = drawDelay(rule.latency, random);
  return { delayMs, seed: Math.floor(random() * 2 ** 32) };
};

const skip = (counter: Counter | undefined): void => {
  if (counter === undefined) return;
  counter.hit -= 1;
  counter.skipped += 1;
};

type Counters = Pick<Faults, 'areSet' | 'list' | 'observe' | 'image'> & {
  /** The first that strikes and its place; it is counted. */
  readonly strike: (request: FaultyRequest) => Counter | undefined;
  /** Undefined for one that was replaced. */
  readonly placeOf: (counter: Counter) => number | undefined;
};

const createCounters = (): Counters => {
  let counters: readonly Counter[] = [];
  let seed = 0;

  const strike: Counters['strike'] = (request) =>
    counters.find((counter) => concerns(counter.rule, request) && isStruck(counter));
  const observe = (event: FaultsEvent): void => {
    switch (event.type) {
      case 'FaultsReplaced':
        ({ seed } = event);
        counters = event.rules.map((rule, place) =>
          createCounter(rule, seedFor(seed, place), none),
        );
        return;
      case 'FaultMet': {
        const counter = strike(event.request);
        if (counter !== undefined) draw(counter);
        return;
      }
      case 'FaultSkipped':
        skip(counters[event.place]);
        return;
      case 'FaultsCounted':
        counters = counters.map(({ rule }, place) =>
          createCounter(rule, seedFor(seed, place), event.counts[place] ?? none),
        );
        return;
      default:
        event satisfies never;
    }
  };

  return {
    areSet: () => counters.length > 0,
    list: () => counters.map(({ rule, seen, hit, skipped }) => ({ rule, seen, hit, skipped })),
    strike,
    placeOf: (counter) => {
      const place = counters.indexOf(counter);
      return place < 0 ? undefined : place;
    },
    observe,
    image: () => [
      { type: 'FaultsReplaced', rules: counters.map(({ rule }) => rule), seed },
      {
        type: 'FaultsCounted',
        counts: counters.map(({ seen, hit, skipped, drawn }) => ({ seen, hit, skipped, drawn })),
      },
    ],
  };
};

/** `record` is told of each change; `observe` brings one back. */
export const createFaults = (limits: HoldLimits, record: (event: FaultsEvent) => void): Faults => {
  const { hold, letGo } = createHolds(limits);
  const { strike, placeOf, ...counters } = createCounters();

  const replace: Faults['replace'] = (rules, seed) => {
    const event = { type: 'FaultsReplaced', rules, seed } as const;
    record(event);
    counters.observe(event);
    letGo();
  };
  return {
    ...counters,
    replace,
    clear: () => {
      if (counters.areSet()) replace([], 0);
      else letGo();
    },
    release: letGo,
    meet: (request) => {
      record({ type: 'FaultMet', request });
      const counter = strike(request);
      if (counter === undefined) return undefined;
      const skipIt = (): void => {
        const place = placeOf(counter);
        if (place === undefined) return;
        record({ type: 'FaultSkipped', place });
        skip(counter);
      };
      return { rule: counter.rule, ...draw(counter), skip: skipIt };
    },
    hold,
  };
};
