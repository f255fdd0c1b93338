// Operation × documented status × media type × scheme: which of the answers that the contract documents a run has seen.
import { mediaTypes } from '../body.ts';
import { allOperations } from '../operations.ts';
import type { Exchange } from '../engine/events.ts';
import { noThrottling, type Blamed, type Reasons } from './reasons.ts';
import { anyBody, noBody, otherBody, schemes } from './documented.ts';
import type { DocumentedAnswer, Scheme } from './documented.ts';
import { groupBy } from './group-by.ts';
import { toCells, type Hit, type Matrix } from './matrix.ts';

/** A scheme that the contract does not know is as good as none. */
const schemeOf = ({ scheme }: Exchange): Scheme => {
  const word = scheme.toLowerCase();
  if (word === 'api-key') return 'API key';
  return word === 'bearer' ? 'JWT' : 'none';
};

const bodyOf = ({ mediaType }: Exchange): string => {
  if (mediaType === undefined) return noBody;
  return mediaTypes.find((one) => one === mediaType) ?? otherBody;
};

/** Both what was sent, and that anything may have been: only one of them can be a cell. */
const toHits = ({ exchange, operations, failed }: Blamed): readonly Hit[] =>
  operations.flatMap((operation) =>
    [bodyOf(exchange), anyBody].map((body) => ({
      at: [operation, String(exchange.status), body, schemeOf(exchange)],
      failed,
    })),
  );

const whyNot = (
  [operation = '', status, , scheme]: readonly string[],
  usedSchemes: ReadonlySet<string>,
  reasons: Reasons,
): string => {
  if (status === '429') return noThrottling;
  if (scheme !== undefined && !usedSchemes.has(scheme)) return `nothing was asked by ${scheme}`;
  return reasons(operation);
};

export const toAnswers = (
  documented: readonly DocumentedAnswer[],
  exchanges: readonly Blamed[],
  reasons: Reasons,
): Matrix => {
  const places = documented.flatMap(({ operation, status, bodies, schemes: possible }) =>
    bodies.flatMap((body) => possible.map((scheme) => [operation, status, body, scheme])),
  );
  const used = new Set<string>(exchanges.map(({ exchange }) => schemeOf(exchange)));
  return {
    id: 'answers',
    title: 'documented answers',
    axes: [
      { name: 'operation', values: allOperations },
      { name: 'status', values: [...new Set(documented.map(({ status }) => status))].sort() },
      { name: 'media type', values: [noBody, ...mediaTypes, otherBody, anyBody] },
      { name: 'scheme', values: schemes },
    ],
    cells: toCells(places, exchanges.flatMap(toHits), (at) => whyNot(at, used, reasons)),
  };
};

/** Answers of an operation with a status that the contract does not have for it. */
export const toUndocumented = (
  documented: readonly DocumentedAnswer[],
  exchanges: readonly Blamed[],
) => {
  const known = new Set(documented.map(({ operation, status }) => `${operation} ${status}`));
  const found = exchanges.flatMap(({ exchange: { status }, operations }) =>
    operations.map((operation) => ({ operation, status })),
  );
  const groups = groupBy(found, ({ operation, status }) => `${operation} ${status}`);
  return [...groups].flatMap(([key, those]) =>
    known.has(key) ? [] : those.slice(0, 1).map((one) => ({ ...one, count: those.length })),
  );
};
