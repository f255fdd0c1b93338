// What the testers' API puts on the wire: the words of its spec under the names that the console uses.
import type { components } from '../admin/testers-api.gen.ts';

type Schemas = components['schemas'];

export type { paths } from '../admin/testers-api.gen.ts';
export type InvitationState = Schemas['InvitationState'];
export type OperationId = Schemas['OperationId'];
export type Clock = Schemas['Clock'];
export type ClockChange = Schemas['ClockChange'];
export type BounceRule = Schemas['BounceRule'];
export type DeliveryOutcome = Schemas['DeliveryOutcome'];
export type Summary = Schemas['SandboxSummary'];
export type SandboxOptions = Schemas['SandboxOptions'];
export type Sandbox = Schemas['Sandbox'];
export type Invitation = Schemas['SandboxInvitation'];
export type Person = Schemas['Person'];
export type MessageSummary = Schemas['MessageSummary'];
export type Message = Schemas['Message'];
export type FaultRule = Schemas['FaultRule'];
export type Fault = Schemas['Fault'];
export type Finding = Schemas['Finding'];
export type Exchange = Schemas['Exchange'];
export type Snapshot = Schemas['Snapshot'];

/** What one caller may have, whichever of the callers it is. */
export type CredentialsOf = {
  readonly api_key?: string;
  readonly jwt?: string;
  readonly user?: Schemas['User'];
};
