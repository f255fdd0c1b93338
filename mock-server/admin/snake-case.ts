// The wire of the testers' API writes names as the Invitations API does.

/** `invitationId` → `invitation_id` */
export const toSnakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
