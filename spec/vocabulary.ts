// The words of the contract and their guards: roles, states, operations, rules. The lists are generated.
import { invitationStates, operations, roles, ruleIds } from './vocabulary.gen.ts';

export { invitationStates, operations, roles, ruleIds };

export type Role = (typeof roles)[number];
export type InvitationState = (typeof invitationStates)[number];
export type OperationId = keyof typeof operations;
export type RuleId = (typeof ruleIds)[number];

export const isRole = (value: unknown): value is Role => roles.some((role) => role === value);

export const isInvitationState = (value: unknown): value is InvitationState =>
  invitationStates.some((state) => state === value);

export const isOperationId = (value: unknown): value is OperationId =>
  typeof value === 'string' && Object.hasOwn(operations, value);

export const operationIds: readonly OperationId[] = Object.keys(operations).filter(isOperationId);

const knownRules: ReadonlySet<unknown> = new Set(ruleIds);

export const isRuleId = (value: unknown): value is RuleId => knownRules.has(value);

/** In either case of letters, as the family takes it. [errors.id-not-a-uuid] */
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && uuid.test(value);
