// What can be asked of the state machine. Times and the ids of what may come into being are part of the request.
import type { Caller, ScopedCaller } from './caller.ts';
import type { Role } from './role.ts';

/** `at` is in milliseconds since the epoch, of the sandbox's clock. */
type Request<Type extends string, Data> = {
  readonly type: Type;
  readonly at: number;
} & Readonly<Data>;

export type CreateInvitation = Request<
  'CreateInvitation',
  { caller: ScopedCaller; invitationId: string; email: string; role: Role }
>;
/** An absent `email` or `role` stays as it is. */
export type UpdateInvitation = Request<
  'UpdateInvitation',
  { caller: ScopedCaller; invitationId: string; email?: string; role?: Role }
>;
export type DestroyInvitation = Request<
  'DestroyInvitation',
  { caller: ScopedCaller; invitationId: string }
>;
export type ResendInvitation = Request<
  'ResendInvitation',
  { caller: ScopedCaller; invitationId: string }
>;
/** `membershipId` is used if the caller is not a member yet. */
export type AcceptInvitation = Request<
  'AcceptInvitation',
  { caller: Caller; invitationId: string; membershipId: string }
>;
/** What became of the message. `bounceReason` is null when it arrived. */
export type DeliverInvitation = Request<
  'DeliverInvitation',
  { invitationId: string; bounceReason: string | null }
>;

/** Somebody signs up. */
export type RegisterPerson = Request<
  'RegisterPerson',
  { userId: string; name: string; email: string }
>;
/** Whoever is a member, invited or was invited: all of that goes with the user. */
export type RemoveUser = Request<'RemoveUser', { userId: string }>;

/** As `RemoveUser`, by a member who may. With `kind` it has to be one of those. */
export type DestroyUser = Request<
  'DestroyUser',
  { caller: ScopedCaller; userId: string; kind?: 'service-account' }
>;
/** A user that acts by `key`; `ownerId` is null where nobody answers for it. */
export type CreateServiceAccount = Request<
  'CreateServiceAccount',
  {
    caller: ScopedCaller;
    userId: string;
    membershipId: string;
    key: string;
    name: string;
    email: string;
    description: string;
    role: Role;
    ownerId: string | null;
  }
>;

/** Those that concern one invitation. */
export type InvitationCommand =
  | CreateInvitation
  | UpdateInvitation
  | DestroyInvitation
  | ResendInvitation
  | AcceptInvitation
  | DeliverInvitation;

export type Command =
  | InvitationCommand
  | RegisterPerson
  | RemoveUser
  | DestroyUser
  | CreateServiceAccount;
