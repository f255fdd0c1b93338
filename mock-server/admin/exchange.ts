// An exchange on the wire: why it was refused in the contract's own words, and how to ask the same again.
import * as v from 'valibot';
import type { Rule } from '../../spec/rules.ts';
import { roles } from '../../domain/role.ts';
import type { Headers as SandboxHeaders } from '../sandbox/redact.ts';
import type { KeptExchange } from '../sandbox/traffic.ts';
import type { HostedSandbox } from '../sandboxes/hosted-sandbox.ts';
import type { AdminRequest } from './admin-request.ts';
import type { SandboxContext } from './context.ts';
import { toCurl } from './curl.ts';
import { named } from './schema/named.ts';
import { choice, object } from './schema/object.ts';
import { moment, told, userId, whole } from './schema/values.ts';

const Headers = named(
  'Headers',
  'Headers by their names in lower case. Secrets are redacted; the scheme of a credential stays.',
  v.record(v.string(), v.union([v.string(), v.array(v.string())])),
);

const Finding = named(
  'Finding',
  'What is wrong with an exchange.',
  object({
    location: told('Where it is, from the outside to the inside.', v.array(v.string())),
    severity: told(
      '`error` and `warning` break the contract; `information` is a sign of drift that breaks nothing.',
      choice(['error', 'warning', 'information']),
    ),
    code: v.string(),
    message: v.string(),
  }),
);

const TrafficRule = object({
  id: v.string(),
  source: choice(['seed', 'published', 'observed', 'family', 'ours']),
  sentence: v.string(),
});

export const Exchange = named(
  'Exchange',
  'One request to the Invitations API and its answer.',
  object({
    id: told("The request's id, as in its `X-Request-Id`.", v.string()),
    sequence: told('Grows by one with each exchange.', whole(1, Number.MAX_SAFE_INTEGER)),
    at: moment,
    duration_ms: told('In real time.', v.pipe(v.number(), v.minValue(0))),
    caller: told(
      'Who asked; null for nobody known.',
      v.nullable(
        object({
          user_id: userId,
          role: told(
            'The role in the organization of the scope; null without a scope.',
            v.nullable(v.string()),
          ),
        }),
      ),
    ),
    operation: told(
      'The `operationId` that the request was routed to; null for none.',
      v.nullable(v.string()),
    ),
    rule: told(
      'The rule of the contract that a refusal rests on, or a list of which a parameter says nothing; null for none.',
      v.nullable(TrafficRule),
    ),
    fault: told('The id of the fault that the request met; null for none.', v.nullable(v.string())),
    fault_effect: told(
      'In words, what the fault did: "held back 200 ms, connection reset in the middle of the body". Null for none.',
      v.nullable(v.string()),
    ),
    request: object({
      method: v.string(),
      target: told('Path and query as they stood on the request line.', v.string()),
      headers: Headers,
      body: v.nullable(v.string()),
    }),
    response: told(
      'As the client got it.',
      object({
        status: told('0 where no answer went out.', v.pipe(v.number(), v.integer())),
        headers: Headers,
        body: v.nullable(v.string()),
      }),
    ),
    findings: v.array(Finding),
    curl: told('The request as a command to paste, with the secrets redacted.', v.string()),
  }),
);

type Wire = v.InferInput<typeof Exchange>;

const keyOf = (scheme: string, userId: string, role: string | null): string =>
  `${scheme.toLowerCase()} ${userId} ${role ?? 'without scope'}`;

/** Which environment variable has the credentials of a caller: see `toEnvironment`. */
const variablesOf = ({ sandbox, callers }: HostedSandbox): ReadonlyMap<string, string> => {
  const { directory } = sandbox.state();
  const variables = new Map<string, string>();
  const addKey = (key: string, role: string, variable: string): void => {
    const account = directory.apiKeys.get(key);
    if (account !== undefined) variables.set(keyOf('Api-Key', account.userId, role), variable);
  };
  for (const role of roles) {
    addKey(callers.apiKeys[role], role, `CONTRACT_AUTH_${role}`);
    const { userId } = callers.people[role];
    variables.set(keyOf('Bearer', userId, role), `CONTRACT_AUTH_${role}_JWT`);
  }
  addKey(callers.outsider.apiKey, 'OWNER', 'CONTRACT_AUTH_OUTSIDER');
  variables.set(keyOf('Bearer', callers.invitee.userId, null), 'CONTRACT_AUTH_INVITEE');
  return variables;
};

const variableFor = (
  { caller, request }: KeptExchange,
  variables: ReadonlyMap<string, string>,
): string | undefined => {
  if (caller === null) return undefined;
  const [scheme = ''] = String(request.headers['authorization']).split(' ', 1);
  return variables.get(keyOf(scheme, caller.userId, caller.role));
};

const presentRule = (id: string, rule: Omit<Rule, 'operations'> | undefined): Wire['rule'] =>
  rule ?? { id, source: 'ours', sentence: 'The contract has no rule of this name.' };

const presentHeaders = (headers: SandboxHeaders): Wire['request']['headers'] => {
  const shown: Wire['request']['headers'] = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) shown[name] = typeof value === 'string' ? value : [...value];
  }
  return shown;
};

export type PresentExchange = (exchange: KeptExchange) => Wire;

export const createExchangePresenter = (
  { hosted, findRule }: SandboxContext,
  { base }: AdminRequest,
): PresentExchange => {
  const variables = variablesOf(hosted);
  return (exchange) => {
    const { id, sequence, at, durationMs, caller, operation, rule, fault } = exchange;
    const { request, response, findings } = exchange;
    return {
      id,
      sequence,
      at: new Date(at).toISOString(),
      duration_ms: durationMs,
      caller: caller === null ? null : { user_id: caller.userId, role: caller.role },
      operation,
      rule: rule === null ? null : presentRule(rule, findRule(rule)),
      fault,
      fault_effect: exchange.faultEffect,
      request: { ...request, headers: presentHeaders(request.headers) },
      response: { ...response, headers: presentHeaders(response.headers) },
      findings: findings.map((finding) => ({ ...finding, location: [...finding.location] })),
      curl: toCurl(base, request, variableFor(exchange, variables)),
    };
  };
};
