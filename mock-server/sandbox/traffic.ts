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
  readonly clear: () => void;
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

type Ring = Pick<Traffic, 'record' | 'list' | 'find' | 'extent' | 'counts' | 'clear'>;

const createRing = ({ records, characters }: TrafficLimits): Ring => {
  const ring: (TrafficRecord | undefined)[] = [];
  const weights: number[] = [];
  let [first, next, clearedAt, weight] = [1, 1, 1, 0];

  const dropFirst = (): void => {
    const place = first % records;
    ring[place] = undefined;
    weight -= weights[place] ?? 0;
    first += 1;
  };
  const find: Ring['find'] = (sequence) => {
    const record = sequence >= first && sequence < next ? ring[sequence % records] : undefined;
    return record === undefined ? undefined : redact(record, sequence);
  };

  return {
    record: (record) => {
      if (next - first === records) dropFirst();
      const place = next % records;
      const own = weigh(record);
      ring[place] = record;
      weights[place] = own;
      weight += own;
      next += 1;
      // The newest stays, whatever it weighs.
      const bound = characters();
      while (weight > bound && next - first > 1) dropFirst();
    },
    find,
    list: () => {
      const kept: KeptExchange[] = [];
      for (let sequence = first; sequence < next; sequence += 1) {
        const exchange = find(sequence);
        if (exchange !== undefined) kept.push(exchange);
      }
      return kept;
    },
    extent: () => ({ first, next, clearedAt }),
    counts: () => ({
      exchanges: next - first,
      withFindings: ring.filter((record) => record !== undefined && record.findings.length > 0)
        .length,
    }),
    clear: () => {
      ring.length = 0;
      weights.length = 0;
      first = next;
      clearedAt = next;
      weight = 0;
    },
  };
};

export const createTraffic = (limits: TrafficLimits): Traffic => {
  const ring = createRing(limits);
  const listeners = new Set<TrafficListener>();
  return {
    ...ring,
    record: (record) => {
      ring.record(record);
      if (listeners.size > 0) for (const { recorded } of listeners) recorded();
    },
    clear: () => {
      ring.clear();
      for (const { cleared } of listeners) cleared();
    },
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
