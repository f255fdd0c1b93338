// What a command of a sequence is: a sentence, a request, and what a right target may answer to it. Each operation has a
// file of its own; here is what they have in common.
import fc from 'fast-check';
import type { Answer, Asking } from '../../kit/client.ts';
import { toInvitation, type Invitation } from '../../invitation.ts';
import type { OperationId } from '../../operations.ts';
import { isAbove, type Asker } from './askers.ts';
import { isAccepted, isOf, pick, type Claim, type Known, type Scene } from './model.ts';
import type { RuleId } from './rules.ts';

export type Ask = {
  readonly operation: OperationId;
  readonly as: Asker['name'];
  readonly id?: string;
  readonly query?: NonNullable<Asking['query']>;
  readonly body?: NonNullable<Asking['body']>;
  /** It is asked again until this shows, which comes by itself. */
  readonly until?: (invitation: Invitation | undefined) => boolean;
};

export type Refusal = { readonly status: number; readonly rule: RuleId };

export type Expectation = {
  /** Each is a reason to refuse; which of several decides is not looked at here. */
  readonly refusals: readonly Refusal[];
  readonly status: number;
  /** Of the success. */
  readonly rule: RuleId;
  /** What else there is to say about the success, which is taken over into the model. */
  readonly take: (answer: Answer) => readonly Claim[];
  /** What it is about, if it is there. */
  readonly about?: Known | undefined;
};

export type Plan = {
  /** `VIEWER resends #1` */
  readonly tell: string;
  readonly ask: Ask;
  readonly expect: Expectation;
};

export type Command = {
  /** Undefined when there is nothing yet that it could be about. */
  readonly plan: (scene: Scene) => Plan | undefined;
};

export type World = {
  readonly askers: readonly Asker[];
  readonly addresses: readonly AddressName[];
};
export type AddressName = 'a' | 'b' | 'invitee' | 'bounce';

/** A command of one operation, drawn at random; `weight` is how often beside the others. */
export type CommandKind = {
  readonly weight: number;
  readonly draw: (world: World) => fc.Arbitrary<Command>;
};

/** OWNER often, so that much gets done; strangers more than members. Shrinking leads to the first: the OWNER. */
export const drawAsker = (askers: readonly Asker[]): fc.Arbitrary<Asker> => {
  const [owner] = askers;
  const strangers = askers.filter(({ organization }) => organization === 'theirs');
  return fc.constantFrom(
    ...askers.flatMap(() => owner ?? []),
    ...askers,
    ...strangers,
    ...strangers,
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

/** For commands that change an invitation. */
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
  answer: Answer,
  claims: (invitation: Invitation) => readonly Claim[],
): readonly Claim[] => {
  const invitation = toInvitation(answer.json);
  const isOne = { rule, holds: invitation !== undefined, expected: 'an Invitation' };
  return invitation === undefined ? [isOne] : [isOne, ...claims(invitation)];
};

type OnSlot = {
  readonly verb: string;
  readonly askers: readonly Asker[];
  readonly plan: (known: Known, asker: Asker, scene: Scene) => Omit<Plan, 'tell'>;
};

/** A command about the invitation of a slot that says no more than who asks. */
export const drawOnSlot = ({ verb, askers, plan }: OnSlot): fc.Arbitrary<Command> =>
  fc
    .record({ asker: drawAsker(askers), slot: fc.constantFrom(...slots) })
    .map(({ asker, slot }) => ({
      plan: (scene) => {
        const known = pick(scene, slot);
        if (known === undefined) return undefined;
        return { tell: `${asker.name} ${verb} #${known.slot}`, ...plan(known, asker, scene) };
      },
    }));
