// Why a command is refused, in the domain's words. `api/refuse.ts` knows what they are in HTTP.

export const rejections = [
  'invitation-not-found',
  'invitation-already-accepted',
  'invitation-role-above-own',
  'role-above-own',
  'role-cannot-invite',
  'address-already-invited',
  'address-not-invited',
  'service-account-cannot-accept',
  'delivery-not-pending',
  'address-already-registered',
  'user-not-found',
  'role-cannot-manage',
  'user-is-caller',
  'user-role-above-own',
  'account-role-above-own',
] as const;

export type Rejection = (typeof rejections)[number];
