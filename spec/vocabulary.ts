// The words of the contract and their guards: roles, states, operations, rules. The lists are generated.
import {
  defaultReadings as defaults,
  editions,
  invitationFields as fields,
  invitationStates,
  lacking,
  operations,
  readings,
  roles,
  ruleIds,
} from './vocabulary.gen.ts';

export { editions, invitationStates, operations, readings, roles, ruleIds };

export type Role = (typeof roles)[number];
export type InvitationState = (typeof invitationStates)[number];
export type OperationId = keyof typeof operations;
/** By the day on which it was published. */
export type Edition = (typeof editions)[number];
export type RuleId = (typeof ruleIds)[number];

/** Of the newest edition. */
export const invitationFields: readonly string[] = fields;

export const isRole = (value: unknown): value is Role => roles.some((role) => role === value);

export const isInvitationState = (value: unknown): value is InvitationState =>
  invitationStates.some((state) => state === value);

export const isOperationId = (value: unknown): value is OperationId =>
  typeof value === 'string' && Object.hasOwn(operations, value);

export const operationIds: readonly OperationId[] = Object.keys(operations).filter(isOperationId);

const knownRules: ReadonlySet<unknown> = new Set(ruleIds);

export const isRuleId = (value: unknown): value is RuleId => knownRules.has(value);

/** As ids are told. */
export const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** In either case of letters, as the family takes it. [errors.id-not-a-uuid] */
const uuid = new RegExp(uuidPattern, 'i');

export const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && uuid.test(value);

export const newestEdition: Edition = readings.edition[0];

export type ReadingName = keyof typeof readings;

/** How a server reads what the contract leaves open; its edition is a reading among others. */
export type Readings = { readonly [Name in ReadingName]: (typeof readings)[Name][number] };

export const defaultReadings: Readings = defaults;

const lackingNames: Readonly<Record<Edition, Readonly<Record<string, readonly string[]>>>> =
  lacking;

const nothing: readonly string[] = [];

/** What an edition has not of the newest: fields of a schema, parameters of an operation, `securitySchemes`. */
export const lackingIn = (edition: Edition, place: string): readonly string[] =>
  lackingNames[edition][place] ?? nothing;

export const readingNames: readonly ReadingName[] = Object.keys(readings).filter(
  (name): name is ReadingName => name in readings,
);
