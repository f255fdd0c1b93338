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

export type Faults = {
  /** False costs a request nothing else. */
  readonly areSet: () => boolean;
  /** In the order in which they are tried. */
  readonly list: () => readonly CountedFault[];
  /** Counts anew; what the faults of before hold back goes on at once. `seed` is for rules without one of their own. */
  readonly replace: (rules: readonly FaultRule[], seed: number) => void;
  /** Leaves none; what they hold back goes on at once. */
  readonly clear: () => void;
  /** The first that strikes; it is counted. */
  readonly meet: (request: FaultyRequest) => Met | undefined;
  /**
   * Holds an answer of so many characters back until the function that it gives is called; `letGo` is called when it
   * must not be held any longer. Undefined where as many are held as there is room for.
   */
  readonly hold: (letGo: () => void, characters: number) => (() => void) | undefined;
};

export type HoldLimits = { readonly answers: number; readonly characters: number };

type Counter = { rule: FaultRule; random: Random; seen: number; hit: number; skipped: number };

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

export const createFaults = (limits: HoldLimits): Faults => {
  const holds = createHolds(limits);
  let counters: readonly Counter[] = [];

  const strike = (counter: Counter): Met | undefined => {
    const { rule, random } = counter;
    counter.seen += 1;
    if (!strikes(rule.occasion, counter.seen, random)) return undefined;
    counter.hit += 1;
    const skip = (): void => {
      counter.hit -= 1;
      counter.skipped += 1;
    };
    const delayMs = drawDelay(rule.latency, random);
    return { rule, delayMs, seed: Math.floor(random() * 2 ** 32), skip };
  };

  return {
    areSet: () => counters.length > 0,
    list: () => counters.map(({ rule, seen, hit, skipped }) => ({ rule, seen, hit, skipped })),
    replace: (rules, seed) => {
      counters = rules.map((rule, place) => {
        const random = createRandom(rule.seed ?? seedFor(seed, place));
        return { rule, random, seen: 0, hit: 0, skipped: 0 };
      });
      holds.letGo();
    },
    clear: () => {
      counters = [];
      holds.letGo();
    },
    meet: (request) => {
      for (const counter of counters) {
        const met = concerns(counter.rule, request) ? strike(counter) : undefined;
        if (met !== undefined) return met;
      }
      return undefined;
    },
    hold: holds.hold,
  };
};
