// Which exchanges somebody wants to see, from the query of whoever asks for them.
import * as v from 'valibot';
import { roles } from '../../domain/role.ts';
import type { KeptExchange } from '../sandbox/traffic.ts';
import { operationIds } from '../../spec/vocabulary.ts';
import { RuleId } from './schema/contract-words.ts';
import { choice } from './schema/object.ts';
import { matching, maybe, text } from './schema/values.ts';

/** Of requests that were routed to no operation. */
const noOperation = 'none';
/** Of requests without valid credentials, or without a scope. */
const noRole = 'none';

const anyCase = (words: string): string =>
  words.replaceAll(/[a-z]/gi, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);

const callerPattern = new RegExp(
  `^(?:${[...roles, noRole].map(anyCase).join('|')}|[a-z0-9]+\\|[!-~]{1,250})$`,
);

export const trafficQuery = {
  operation: maybe(
    'Keeps only the requests of this `operationId` of the Invitations API; `none` for those of none.',
    choice([...operationIds, noOperation]),
  ),
  method: maybe(
    'Keeps only the requests with this method.',
    matching(/^[A-Za-z-]{1,20}$/, 'a method such as GET'),
  ),
  status: maybe(
    'Keeps only the answers with this status, or of this class of statuses.',
    matching(/^[1-5](?:\d\d|xx)$/, 'a status such as 403, or a class such as 4xx'),
  ),
  caller: maybe(
    'Keeps only the requests of callers in this role, or of the user with this id; `none` for callers without a role.',
    matching(callerPattern, `one of ${roles.join(', ')} and ${noRole}, or the id of a user`),
  ),
  findings: maybe(
    'With `true`, keeps only the exchanges in which something was found wrong.',
    choice(['true', 'false']),
  ),
  rule: maybe('Keeps only the refusals that rest on this rule of the contract.', RuleId),
  text: maybe(
    'Keeps only the exchanges with this text in the target or in a body, whatever the case of its letters.',
    text(1, 1_000),
  ),
};

const schema = v.object(trafficQuery);

export type TrafficQuery = v.InferOutput<typeof schema>;

export type AcceptsExchange = (exchange: KeptExchange) => boolean;

type Condition = (wanted: string) => AcceptsExchange;

const conditions: Readonly<Record<keyof TrafficQuery, Condition>> = {
  operation:
    (id) =>
    ({ operation }) =>
      (operation ?? noOperation) === id,
  method: (wanted) => {
    const name = wanted.toUpperCase();
    return ({ request }) => request.method === name;
  },
  status: (wanted) => {
    const digits = wanted.replace('xx', '');
    return ({ response }) => String(response.status).startsWith(digits);
  },
  caller: (wanted) => {
    const name = wanted.toLowerCase();
    return ({ caller }) =>
      (caller?.role ?? noRole).toLowerCase() === name || caller?.userId === name;
  },
  findings: (is) => (exchange) => is === 'false' || exchange.findings.length > 0,
  rule: (id) => (exchange) => exchange.rule === id,
  text: (wanted) => {
    const words = wanted.toLowerCase();
    return ({ request, response }) =>
      [request.target, request.body, response.body].some(
        (place) => place?.toLowerCase().includes(words) === true,
      );
  },
};

const names = [
  'operation',
  'method',
  'status',
  'caller',
  'findings',
  'rule',
  'text',
] as const satisfies readonly (keyof TrafficQuery)[];

export const toTrafficFilter = (query: TrafficQuery): AcceptsExchange => {
  const all = names.flatMap((name) => {
    const wanted = query[name];
    return wanted === undefined ? [] : [conditions[name](wanted)];
  });
  return (exchange) => all.every((accepts) => accepts(exchange));
};
