// Which exchanges somebody wants to see, from the query of whoever asks for them.
import { roles } from '../../domain/role.ts';
import type { KeptExchange } from '../sandbox/traffic.ts';
import type { AdminContext } from './context.ts';
import { choice, text, type Input, type Reader } from './input.ts';

export type AcceptsExchange = (exchange: KeptExchange) => boolean;

type Condition<Value> = (value: Value) => AcceptsExchange;

const matching =
  (pattern: RegExp, expected: string): Reader<string> =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? { value } : { expected };

/** Of requests that were routed to no operation. */
const noOperation = 'none';
/** Of requests without valid credentials, or without a scope. */
const noRole = 'none';

const method = matching(/^[A-Za-z-]{1,20}$/, 'a method such as GET');
const status = matching(/^[1-5](?:\d\d|xx)$/, 'a status such as 403, or a class such as 4xx');
const caller = matching(
  new RegExp(
    `^(?:${[...roles, noRole].join('|')}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$`,
    'i',
  ),
  `one of ${roles.join(', ')} and ${noRole}, or the id of a user`,
);
const findings = choice(['true', 'false']);

const hasMethod: Condition<string> = (wanted) => {
  const name = wanted.toUpperCase();
  return ({ request }) => request.method === name;
};

const hasStatus: Condition<string> = (wanted) => {
  const digits = wanted.replace('xx', '');
  return ({ response }) => String(response.status).startsWith(digits);
};

const hasCaller: Condition<string> = (wanted) => {
  const name = wanted.toLowerCase();
  return (exchange) =>
    (exchange.caller?.role ?? noRole).toLowerCase() === name || exchange.caller?.userId === name;
};

const hasText: Condition<string> = (wanted) => {
  const words = wanted.toLowerCase();
  return ({ request, response }) =>
    [request.target, request.body, response.body].some(
      (place) => place?.toLowerCase().includes(words) === true,
    );
};

/** What is wrong is told by `input.refusal()`. */
export const readTrafficFilter = (
  input: Input,
  { contract: { operationIds, findRule } }: AdminContext,
): AcceptsExchange => {
  const conditions: AcceptsExchange[] = [];
  const read = <Value>(name: string, reader: Reader<Value>, condition: Condition<Value>): void => {
    const value = input.read(name, reader);
    if (value !== undefined) conditions.push(condition(value));
  };
  const rule: Reader<string> = (value) =>
    typeof value === 'string' && findRule(value) !== undefined
      ? { value }
      : { expected: 'the id of a rule of spec/rules.yaml, such as authentication.missing' };
  read(
    'operation',
    choice([...operationIds, noOperation]),
    (id) =>
      ({ operation }) =>
        (operation ?? noOperation) === id,
  );
  read('method', method, hasMethod);
  read('status', status, hasStatus);
  read('caller', caller, hasCaller);
  read('findings', findings, (is) => (exchange) => is === 'false' || exchange.findings.length > 0);
  read('rule', rule, (id) => (exchange) => exchange.rule === id);
  read('text', text(1, 1_000), hasText);
  return (exchange) => conditions.every((accepts) => accepts(exchange));
};
