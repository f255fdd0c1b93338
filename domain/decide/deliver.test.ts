// What becomes of a message.
import { test } from '@jest/globals';
import { created, deliver, given, invitationId, now } from '../given.suite.ts';

test('a message that arrives makes the invitation sent', () => {
  given(created()).when(deliver()).then({ type: 'InvitationSent', at: now, invitationId });
});

test('a message that does not arrive makes it bounced, with the reason', () => {
  given(created())
    .when(deliver('mailbox full'))
    .then({ type: 'InvitationBounced', at: now, invitationId, reason: 'mailbox full' });
});
