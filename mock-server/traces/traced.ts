// To which trace an exchange belongs, and where a trace is told of it. Without somebody who collects traces, a client's own id
// still finds its lines in the log.
import type { Finding } from '../../spec/finding.ts';
import type { Headers } from '../sandbox/redact.ts';

export type TracedExchange = {
  readonly id: string;
  readonly operation: string | null;
  readonly rule: string | null;
  readonly faultEffect: string | null;
  readonly durationMs: number;
  readonly request: { readonly method: string; readonly target: string; readonly headers: Headers };
  /** Status 0: the client got no answer. */
  readonly response: { readonly status: number };
  readonly findings: readonly Finding[];
};

export type Traces = {
  /** Tells of an exchange that is just over, and gives the id of its trace. */
  readonly exchange: (exchange: TracedExchange) => string | undefined;
  /** Resolves when all is told that can be. */
  readonly close: () => Promise<void>;
};

/** What a client says of the trace that it is in. https://www.w3.org/TR/trace-context/#traceparent-header */
export type Parent = {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
};

const pattern =
  /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;

export const readParent = (header: unknown): Parent | undefined => {
  if (typeof header !== 'string') return undefined;
  const [found, traceId = '', spanId = '', flags = ''] = pattern.exec(header) ?? [];
  return found === undefined
    ? undefined
    : { traceId, spanId, traceFlags: Number.parseInt(flags, 16) };
};

/** Nobody collects them. */
export const untold: Traces = {
  exchange: ({ request }) => readParent(request.headers['traceparent'])?.traceId,
  close: () => Promise.resolve(),
};
