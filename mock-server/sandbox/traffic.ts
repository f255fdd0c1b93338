// The last exchanges of a sandbox, with what was found wrong in them: numbered, bounded by count and by characters, with
// word of each to those who listen. Recording is cheap; what is shown is made when somebody looks.
import type { Finding } from '../../spec/finding.ts';
import type { OperationId, RuleId } from '../../spec/vocabulary.ts';
import { redactHeaders, type Headers } from './redact.ts';

export type TrafficRecord = {
  readonly id: string;
  /** Milliseconds since the epoch, of the sandbox's clock. */
  readonly at: number;
  readonly durationMs: number;
  readonly caller: { readonly userId: string; readonly role: string | null } | null;
  /** The operation that the request was routed to; null when there is none. */
  readonly operation: OperationId | null;
  /** The rule of the contract that the answer rests on: a refusal, or a list of which a parameter says nothing. */
  readonly rule: RuleId | null;
  /** The id of the fault that the request met. */
  readonly fault: string | null;
  /** What it did, in words. */
  readonly faultEffect: string | null;
  readonly request: {
    readonly method: string;
    readonly target: string;
    readonly headers: Headers;
    readonly body: string | null;
  };
  /** As the client got it; without any answer the status is 0. */
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  readonly findings: readonly Finding[];
};

/** `sequence` grows by one with each exchange, from 1 on, and is never given twice. */
export type KeptExchange = TrafficRecord & { readonly sequence: number };

export type TrafficListener = {
  /** There is one more. Told while the exchange is still under way, so it has to be quick. */
  readonly recorded: () => void;
  readonly cleared: () => void;
  /** Nothing more will come. */
  readonly ended: (reason: string) => void;
};

export type TrafficExtent = {
  /** The sequence of the oldest that is kept; `next` when there is none. */
  readonly first: number;
  /** The sequence that the next one will have. */
  readonly next: number;
  /** All before this sequence were forgotten on request. */
  readonly clearedAt: number;
};

export type Traffic = {
  readonly record: (record: TrafficRecord) => void;
  /** Those that are kept, the newest last; secrets are redacted. */
  readonly list: () => readonly KeptExchange[];
  /** One of them by its sequence; secrets are redacted. */
  readonly find: (sequence: number) => KeptExchange | undefined;
  readonly extent: () => TrafficExtent;
  readonly counts: () => { readonly exchanges: number; readonly withFindings: number };
  /** Where others see it too, resolves when none of them does any longer. */
  readonly clear: () => Promise<void> | undefined;
  /** Resolves when what was recorded elsewhere is here. */
  readonly refresh: () => Promise<void> | undefined;
  /** Gives what ends the listening. */
  readonly subscribe: (listener: TrafficListener) => () => void;
  readonly listeners: () => number;
  /** Sends all who listen away. */
  readonly end: (reason: string) => void;
};

export type TrafficLimits = {
  readonly records: number;
  /** May change; what is kept follows with the next record. */
  readonly characters: () => number;
};

const weighHeaders = (headers: Headers): number => {
  let weight = 0;
  for (const name in headers) weight += name.length + String(headers[name] ?? '').length;
  return weight;
};

const weigh = ({ request, response, findings }: TrafficRecord): number => {
  let weight = request.target.length + weighHeaders(request.headers);
  weight += (request.body?.length ?? 0) + (response.body?.length ?? 0);
  for (const { message } of findings) weight += message.length;
  return weight + weighHeaders(response.headers);
};

const shown = new WeakMap<TrafficRecord, KeptExchange>();

/** Done when somebody first looks, not at every exchange: nothing else reads what is kept here. */
const redact = (record: TrafficRecord, sequence: number): KeptExchange => {
  const { request } = record;
  const known = shown.get(record);
  if (known !== undefined) return known;
  const headers = redactHeaders(request.headers);
  const exchange = { ...record, sequence, request: { ...request, headers } };
  shown.set(record, exchange);
  return exchange;
};

export type Ring = Pick<Traffic, 'list' | 'find' | 'extent' | 'counts'> & {
  /** `sequence`: where it was given one elsewhere; what should have come before it is lost. */
  readonly record: (record: TrafficRecord, sequence?: number) => void;
  /** `from`: the sequence of the next one. */
  readonly clear: (from?: number) => undefined;
};

/** What is kept, by sequence. */
const createPlaces = (records: number) => {
  const ring: (TrafficRecord | undefined)[] = [];
  const weights: number[] = [];
  let [first, next, weight] = [1, 1, 0];
  const at = (sequence: number): TrafficRecord | undefined => ring[sequence % records];
  const dropFirst = (): void => {
    do {
      const place = first % records;
      ring[place] = undefined;
      weight -= weights[place] ?? 0;
      weights[place] = 0;
      first += 1;
    } while (first < next && at(first) === undefined);
  };
  return {
    dropFirst,
    find: (sequence: number) => (sequence >= first && sequence < next ? at(sequence) : undefined),
    size: () => ({ first, next, weight }),
    add: (record: TrafficRecord, own: number): void => {
      if (next - first === records) dropFirst();
      const place = next % records;
      ring[place] = record;
      weights[place] = own;
      weight += own;
      next += 1;
    },
    skipTo: (sequence: number): void => {
      while (first < next && sequence - first >= records) dropFirst();
      if (first === next) first = sequence;
      next = sequence;
    },
    clear: (from: number): void => {
      ring.length = 0;
      weights.length = 0;
      [first, next, weight] = [from, from, 0];
    },
    kept: () => ring.filter((record) => record !== undefined),
  };
};

export const createRing = ({ records, characters }: TrafficLimits): Ring => {
  const places = createPlaces(records);
  let clearedAt = 1;
  const find: Ring['find'] = (sequence) => {
    const record = places.find(sequence);
    return record === undefined ? undefined : redact(record, sequence);
  };
  return {
    record: (record, sequence) => {
      if (sequence !== undefined && sequence > places.size().next) places.skipTo(sequence);
      places.add(record, weigh(record));
      const bound = characters();
      for (;;) {
        const { first, next, weight } = places.size();
        // The newest stays, whatever it weighs.
        if (weight <= bound || next - first === 1) return;
        places.dropFirst();
      }
    },
    find,
    list: () => {
      const { first, next } = places.size();
      const kept: KeptExchange[] = [];
      for (let sequence = first; sequence < next; sequence += 1) {
        const exchange = find(sequence);
        if (exchange !== undefined) kept.push(exchange);
      }
      return kept;
    },
    extent: () => {
      const { first, next } = places.size();
      return { first, next, clearedAt };
    },
    counts: () => {
      const kept = places.kept();
      const withFindings = kept.filter(({ findings }) => findings.length > 0).length;
      return { exchanges: kept.length, withFindings };
    },
    clear: (from = places.size().next) => {
      places.clear(from);
      clearedAt = from;
    },
  };
};

/** Of one process alone. */
export type OwnTraffic = Omit<Traffic, keyof Ring> & Ring;

export const createTraffic = (limits: TrafficLimits): OwnTraffic => {
  const ring = createRing(limits);
  const listeners = new Set<TrafficListener>();
  return {
    ...ring,
    record: (record, sequence) => {
      ring.record(record, sequence);
      if (listeners.size > 0) for (const { recorded } of listeners) recorded();
    },
    clear: (from) => {
      ring.clear(from);
      for (const { cleared } of listeners) cleared();
    },
    refresh: () => undefined,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    listeners: () => listeners.size,
    end: (reason) => {
      for (const { ended } of listeners) ended(reason);
      listeners.clear();
    },
  };
};
