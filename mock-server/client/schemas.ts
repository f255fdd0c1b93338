// Short names for the shapes of the testers' API. Members are as on the wire, in snake_case; times and durations are ISO
// 8601. What each of them means is in its description, `admin.openapi.yaml` of this package.
import type { components, operations } from '../admin/testers-api.gen.ts';

type Schemas = components['schemas'];

type QueryOf<Operation extends keyof operations> = NonNullable<
  operations[Operation]['parameters']['query']
>;

export type Sandbox = Schemas['Sandbox'];
export type SandboxSummary = Schemas['SandboxSummary'];
export type SandboxOptions = Schemas['SandboxOptions'];
export type SeedOptions = Schemas['SeedOptions'];
export type SandboxCredentials = Schemas['Credentials'];
export type Clock = Schemas['Clock'];
export type Delivery = Schemas['Delivery'];
export type DeliveryChange = Schemas['DeliveryChange'];
export type DeliveryOutcome = Schemas['DeliveryOutcome'];
export type SandboxInvitation = Schemas['SandboxInvitation'];
export type Person = Schemas['Person'];
export type NewPerson = Schemas['NewPerson'];
export type SandboxEvent = Schemas['Event'];
export type Message = Schemas['Message'];
export type MessageSummary = Schemas['MessageSummary'];
export type FaultRule = Schemas['FaultRule'];
export type Fault = Schemas['Fault'];
export type Exchange = Schemas['Exchange'];
export type Snapshot = Schemas['Snapshot'];
export type World = Schemas['World'];
export type TokenRequest = Schemas['TokenRequest'];
export type Token = Schemas['Token'];

export type EventFilter = QueryOf<'events_list'>;
export type InvitationFilter = QueryOf<'sandbox_invitations_list'>;
export type PeopleFilter = QueryOf<'people_list'>;
export type MessageFilter = QueryOf<'messages_list'>;
export type TrafficFilter = QueryOf<'traffic_list'>;
