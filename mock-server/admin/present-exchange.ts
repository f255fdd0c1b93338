// An exchange on the wire: why it was refused in the contract's own words, and how to ask the same again.
import type { Request } from 'express';
import type { Rule } from '../../spec/rules.ts';
import { roles } from '../../domain/role.ts';
import type { KeptExchange } from '../sandbox/traffic.ts';
import type { HostedSandbox } from '../sandboxes/hosted-sandbox.ts';
import { baseAddress } from '../web/base-address.ts';
import type { SandboxContext } from './context.ts';
import { toCurl } from './curl.ts';

const keyOf = (scheme: string, userId: string, role: string | null): string =>
  `${scheme.toLowerCase()} ${userId} ${role ?? 'without scope'}`;

/** Which environment variable has the credentials of a caller: see `toEnvironment`. */
const variablesOf = ({ sandbox, cast }: HostedSandbox): ReadonlyMap<string, string> => {
  const { directory } = sandbox.state();
  const variables = new Map<string, string>();
  const addKey = (key: string, role: string, variable: string): void => {
    const account = directory.apiKeys.get(key);
    if (account !== undefined) variables.set(keyOf('Api-Key', account.userId, role), variable);
  };
  for (const role of roles) {
    addKey(cast.apiKeys[role], role, `CONTRACT_AUTH_${role}`);
    const { userId } = cast.people[role];
    variables.set(keyOf('Bearer', userId, role), `CONTRACT_AUTH_${role}_JWT`);
  }
  addKey(cast.outsider.apiKey, 'OWNER', 'CONTRACT_AUTH_OUTSIDER');
  variables.set(keyOf('Bearer', cast.invitee.userId, null), 'CONTRACT_AUTH_INVITEE');
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

const presentRule = (id: string, rule: Rule | undefined): object =>
  rule ?? { id, source: 'ours', sentence: 'The contract has no rule of this name.' };

export type PresentExchange = (exchange: KeptExchange) => object;

export const createExchangePresenter = (
  { hosted, contract: { findRule }, trustProxy }: SandboxContext,
  request: Request,
): PresentExchange => {
  const base = baseAddress(request, trustProxy);
  const variables = variablesOf(hosted);
  return (exchange) => {
    const { id, sequence, at, durationMs, caller, operation, rule, fault } = exchange;
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
      request: exchange.request,
      response: exchange.response,
      findings: exchange.findings,
      curl: toCurl(base, exchange.request, variableFor(exchange, variables)),
    };
  };
};
