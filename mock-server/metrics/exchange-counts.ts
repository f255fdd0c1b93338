// What became of requests to the Invitations API: how many, how answered, how fast, and what was found wrong in them. It
// meets every request, so it adds to numbers that are there, and makes words of them when somebody asks.
import type { Finding } from '../../spec/finding.ts';
import { ruleOfFinding } from '../../spec/rule-of-finding.ts';
import type { Family, Sample } from './exposition.ts';
import { createHistogram, type Histogram } from './histogram.ts';
import { createTally, type Tally } from './tally.ts';

export type CountedExchange = {
  /** Null where the request was for none. */
  readonly operation: string | null;
  readonly durationMs: number;
  /** Status 0: the client got no answer. */
  readonly response: { readonly status: number; readonly body: string | null };
  readonly findings: readonly Finding[];
};

export type ExchangeCounts = {
  readonly count: (exchange: CountedExchange) => void;
  readonly families: () => readonly Family[];
};

type OfOperation = { readonly statuses: Float64Array; readonly durations: Histogram };

const statusesKnown = 600;

const statusSamples = (operation: string, { statuses }: OfOperation): readonly Sample[] =>
  [...statuses].flatMap((value, status) =>
    value === 0
      ? []
      : [{ labels: { operation, status: status === 0 ? 'none' : String(status) }, value }],
  );

const countFindings = (tally: Tally, { operation, response, findings }: CountedExchange): void => {
  const { status, body } = response;
  const about = { operation: operation ?? undefined, status, text: body ?? '' };
  for (const finding of findings) {
    const isOfAnswer = finding.location[0] === 'response';
    tally.add(isOfAnswer ? (ruleOfFinding(finding, about) ?? 'none') : 'request');
  }
};

export const createExchangeCounts = (): ExchangeCounts => {
  const byOperation = new Map<string | null, OfOperation>();
  const findings = createTally();

  const add = (operation: string | null): OfOperation => {
    const made = { statuses: new Float64Array(statusesKnown), durations: createHistogram() };
    byOperation.set(operation, made);
    return made;
  };

  return {
    count: (exchange) => {
      const { operation, durationMs, response } = exchange;
      const { statuses, durations } = byOperation.get(operation) ?? add(operation);
      // Beyond its end nothing is counted.
      statuses[response.status] = (statuses[response.status] ?? 0) + 1;
      durations.observe(durationMs);
      if (exchange.findings.length > 0) countFindings(findings, exchange);
    },
    families: () => {
      const all = [...byOperation].map(([operation, of]) => [operation ?? 'none', of] as const);
      return [
        {
          name: 'invitations_mock_requests_total',
          help: 'Requests to the Invitations API, by operation and status.',
          type: 'counter',
          samples: all.flatMap(([operation, of]) => statusSamples(operation, of)),
        },
        {
          name: 'invitations_mock_request_duration_seconds',
          help: 'From the request to the end of its answer, faults included.',
          type: 'histogram',
          samples: all.flatMap(([operation, { durations }]) => durations.samples({ operation })),
        },
        {
          name: 'invitations_mock_findings_total',
          help: 'What breaks the contract, by the rule that an answer breaks; "request" where the request does.',
          type: 'counter',
          samples: [...findings.entries()].map(([rule, value]) => ({ labels: { rule }, value })),
        },
      ];
    },
  };
};
