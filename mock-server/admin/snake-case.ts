// The wire of the testers' API writes names as the Invitations API does.

/** `invitationId` → `invitation_id` */
export function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
