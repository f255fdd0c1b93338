// The last exchanges of a sandbox, with what was found wrong in them. Bounded by count and by bytes.
import type { Finding } from '../../spec/finding.ts';
import { redactHeaders, type Headers } from './redact.ts';

export type TrafficRecord = {
  readonly id: string;
  /** Milliseconds since the epoch, of the sandbox's clock. */
  readonly at: number;
  readonly durationMs: number;
  readonly caller: { readonly userId: string; readonly role: string | null } | null;
  /** The operation that the request was routed to; null when there is none. */
  readonly operation: string | null;
  /** The rule of the contract that a refusal rests on. */
  readonly rule: string | null;
  readonly request: {
    readonly method: string;
    readonly target: string;
    readonly headers: Headers;
    readonly body: string | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  readonly findings: readonly Finding[];
};

export type Traffic = {
  readonly record: (record: TrafficRecord) => void;
  /** The newest last; secrets are redacted. */
  readonly list: () => readonly TrafficRecord[];
  readonly clear: () => void;
};

export type TrafficLimits = { readonly records: number; readonly characters: number };

function weigh({ request, response }: TrafficRecord): number {
  return request.target.length + (request.body?.length ?? 0) + (response.body?.length ?? 0);
}

/** Done when somebody looks, not at every exchange: nothing else reads what is kept here. */
function redact(record: TrafficRecord): TrafficRecord {
  return {
    ...record,
    request: { ...record.request, headers: redactHeaders(record.request.headers) },
  };
}

export function createTraffic(limits: TrafficLimits): Traffic {
  const ring: (TrafficRecord | undefined)[] = [];
  let first = 0;
  let count = 0;
  let weight = 0;

  const dropFirst = (): void => {
    const dropped = ring[first];
    if (dropped !== undefined) weight -= weigh(dropped);
    ring[first] = undefined;
    first = (first + 1) % limits.records;
    count -= 1;
  };

  return {
    record: (record) => {
      if (count === limits.records) dropFirst();
      ring[(first + count) % limits.records] = record;
      count += 1;
      weight += weigh(record);
      // The newest stays, whatever it weighs.
      while (weight > limits.characters && count > 1) dropFirst();
    },
    list: () => {
      const records: TrafficRecord[] = [];
      for (let index = 0; index < count; index += 1) {
        const record = ring[(first + index) % limits.records];
        if (record !== undefined) records.push(record);
      }
      return records.map(redact);
    },
    clear: () => {
      ring.length = 0;
      first = 0;
      count = 0;
      weight = 0;
    },
  };
}
