// What the model expects of a step, and how steps are drawn. Each operation has a file of its own; here is what they have in
// common.
import fc from 'fast-check';
import type { Fields } from '../../body.ts';
import type { Answer } from '../../kit/client.ts';
import { toInvitation, type Invitation } from '../../invitation.ts';
import type { OperationId } from '../../operations.ts';
import { isAbove, type Asker } from './askers.ts';
import { on } from '../build-step.ts';
import type { Asking, Step } from '../step.ts';
import { isAccepted, isOf, type Claim, type Known, type Model } from './model.ts';
import type { RuleId } from './rules.ts';

export type Seen = Pick<Answer, 'status' | 'text' | 'json'>;

export type Refusal = { readonly status: number; readonly rule: RuleId };

export type Expectation = {
  /** Each is a reason to refuse; which of several decides is not looked at here. */
  readonly refusals: readonly Refusal[];
  readonly status: number;
  /** Of the success. */
  readonly rule: RuleId;
  /** What else there is to say about the success, which is taken over into the model. */
  readonly take: (answer: Seen) => readonly Claim[];
  readonly about?: Known | undefined;
};

/** A step that the model has something to say about: who asks, with which fields, of which invitation. */
export type Subject = {
  readonly step: Asking;
  readonly asker: Asker;
  readonly model: Model;
  /** Addresses are put in. */
  readonly fields: Fields;
  readonly query: Fields;
};
export type OnKnown = Omit<Subject, 'step'> & { readonly known: Known };

export type World = {
  readonly askers: readonly Asker[];
  readonly addresses: readonly AddressName[];
};
export type AddressName = '<email:1>' | '<email:2>' | '<invitee>' | '<bounce>';

/** An address that exists once. */
export const isShared = (name: string): boolean => /<(?:invitee|bounce)>/i.test(name);

/** Steps of one operation, drawn at random; `weight` is how often beside the others. Undefined: better not. */
export type CommandKind = {
  readonly weight: number;
  readonly draw: (world: World) => fc.Arbitrary<Step | undefined>;
};

/** OWNER often, so that much gets done; outsiders more than members. Shrinking leads to the first: the OWNER. */
export const drawAsker = (askers: readonly Asker[]): fc.Arbitrary<Asker> => {
  const [owner] = askers;
  const outsiders = askers.filter(({ organization }) => organization === 'theirs');
  return fc.constantFrom(
    ...askers.flatMap(() => owner ?? []),
    ...askers,
    ...outsiders,
    ...outsiders,
  );
};

/** One time in four. */
export const rarely = fc.constantFrom(false, false, false, true);

/** Two, so that commands meet at the same invitation. */
export const slots = [1, 2] as const;

export const refusedCredentials = ({ kind }: Asker): readonly Refusal[] => {
  switch (kind) {
    case 'nobody':
      return [{ status: 401, rule: 'authentication.missing' }];
    case 'expired':
      return [{ status: 401, rule: 'authentication.expired-jwt' }];
    case 'invitee':
      return [{ status: 403, rule: 'scope.required-elsewhere' }];
    case 'member':
      return [];
  }
};

/** Gone, or of another organization: not there. */
export const refusedObject = (known: Known, asker: Asker): readonly Refusal[] => {
  if (known.isGone) return [{ status: 404, rule: 'destroy.gone' }];
  return asker.kind === 'member' && !isOf(known, asker)
    ? [{ status: 404, rule: 'tenancy.other-organization' }]
    : [];
};

export const refusedChange = (
  known: Known,
  asker: Asker,
  accepted: RuleId | undefined,
): readonly Refusal[] => [
  ...refusedCredentials(asker),
  ...refusedObject(known, asker),
  ...(asker.kind === 'member' && isOf(known, asker) && isAbove(known.role, asker.role)
    ? [{ status: 403, rule: 'roles.invitation-above-own' } as const]
    : []),
  ...(isAccepted(known) && accepted !== undefined ? [{ status: 404, rule: accepted }] : []),
];

/** What there is to say about an answer that has to be an invitation. */
export const claimInvitation = (
  rule: RuleId,
  answer: Seen,
  claims: (invitation: Invitation) => readonly Claim[],
): readonly Claim[] => {
  const invitation = toInvitation(answer.json);
  const isOne = { rule, holds: invitation !== undefined, expected: 'an Invitation' };
  return invitation === undefined ? [isOne] : [isOne, ...claims(invitation)];
};

/** A step about the invitation of a slot that says no more than who asks. */
export const drawOnSlot = (operation: OperationId, askers: readonly Asker[]) =>
  fc
    .record({ asker: drawAsker(askers), slot: fc.constantFrom(...slots) })
    .map(({ asker, slot }) => on(slot, operation, asker.name));
