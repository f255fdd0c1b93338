// An invitation as the state keeps it. Its published shape is made in `api/present.ts`.
import type { InvitationState, Role } from '../spec/vocabulary.ts';

export { invitationStates, isInvitationState, type InvitationState } from '../spec/vocabulary.ts';

/** Never changed in place: each event that touches an invitation makes a new object. */
export type Invitation = {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly role: Role;
  readonly inviterId: string;
  readonly state: InvitationState;
  readonly stateDetail: string;
  /** Null until accepted. */
  readonly membershipId: string | null;
  /** Milliseconds since the epoch, on the sandbox's clock. */
  readonly createdAt: number;
  /** Of the last event that touched it. */
  readonly changedAt: number;
};

/** Addresses are compared without regard to letter case. [create.duplicate-address] [accept.other-address] */
export const addressKey = (email: string): string => email.toLowerCase();
