// An invitation's message in words. What comes from a client is text in it, on one line, and never markup.
import type { Invitation } from '../../domain/invitation.ts';
import type { State } from '../../domain/state.ts';
import { escapeHtml } from '../../spec/escape-html.ts';
import { toAcceptLink, type LinkFacts } from './accept-link.ts';
import { toOneLine } from './one-line.ts';

/** What a message is made of, as it was when the message left. */
export type Letter = LinkFacts & {
  /** A UUID. */
  readonly id: string;
  readonly inviterName: string;
  readonly organizationName: string;
  /** Null: that of the server. */
  readonly acceptTemplate: string | null;
};

export type Mailbox = { readonly name: string; readonly address: string };

export type MailHead = {
  readonly from: Mailbox;
  readonly to: string;
  readonly subject: string;
  readonly acceptUrl: string;
};

export type Mail = MailHead & {
  /** The letter's. */
  readonly id: string;
  readonly invitationId: string;
  readonly text: string;
  readonly html: string;
};

/** Reserved for examples, so that no answer to a message reaches anybody. [RFC 2606, 2] */
const senderAddress = 'no-reply@invitations.example';
const longestName = 100;

export const writeLetter = (
  { directory }: State,
  invitation: Invitation,
  { sandbox, acceptTemplate }: Pick<Letter, 'sandbox' | 'acceptTemplate'>,
): Letter => {
  const { id: invitationId, email, role, organizationId, inviterId } = invitation;
  const inviterName = directory.users.get(inviterId)?.name ?? '';
  const organizationName = directory.organizations.get(organizationId)?.name ?? '';
  return {
    id: crypto.randomUUID(),
    invitationId,
    email,
    role,
    organizationId,
    sandbox,
    acceptTemplate,
    inviterName,
    organizationName,
  };
};

type Names = { readonly inviter: string; readonly organization: string };

const namesIn = ({ inviterName, organizationName }: Letter): Names => ({
  inviter: toOneLine(inviterName, longestName) || 'Somebody',
  organization: toOneLine(organizationName, longestName) || 'an organization',
});

/** `template` is one that `parseAcceptTemplate` took, for a letter without one of its own. */
export const writeHead = (letter: Letter, template: string): MailHead => {
  const { inviter, organization } = namesIn(letter);
  return {
    from: { name: `${inviter} of ${organization} via Invitations`, address: senderAddress },
    to: letter.email,
    subject: `${inviter} invites you to ${organization}`,
    acceptUrl: toAcceptLink(letter.acceptTemplate ?? template, letter),
  };
};

const disclaimer =
  'This message was made by invitations-mock, a fake of the Invitations API for development and tests. It invites nobody to anything real.';

const writeText = (letter: Letter, acceptUrl: string): string => {
  const { inviter, organization } = namesIn(letter);
  return `${inviter} invites you to join ${organization} as ${letter.role}.

Accept the invitation:
${acceptUrl}

Sent to ${toOneLine(letter.email, 254)}.
--${' '}
${disclaimer}
`;
};

/** No script and nothing to load. Links open a page of their own, for the message may be shown in a frame. */
const writeHtml = (letter: Letter, acceptUrl: string): string => {
  const { inviter, organization } = namesIn(letter);
  const link = `<a href="${escapeHtml(acceptUrl)}" target="_blank" rel="noopener noreferrer"`;
  const button = 'background:#1a56b0;color:#ffffff;padding:12px 20px;text-decoration:none';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${inviter} invites you to ${organization}`)}</title>
</head>
<body style="font-family:sans-serif;line-height:1.5;color:#1f2328;background:#ffffff">
<p><strong>${escapeHtml(inviter)}</strong> invites you to join <strong>${escapeHtml(organization)}</strong> as ${letter.role}.</p>
<p>${link} style="${button}">Accept the invitation</a></p>
<p>Or open ${link}>${escapeHtml(acceptUrl)}</a></p>
<p>Sent to ${escapeHtml(toOneLine(letter.email, 254))}.</p>
<p style="color:#59636e">${disclaimer}</p>
</body>
</html>
`;
};

export const writeMail = (letter: Letter, template: string): Mail => {
  const head = writeHead(letter, template);
  const { id, invitationId } = letter;
  const text = writeText(letter, head.acceptUrl);
  return { ...head, id, invitationId, text, html: writeHtml(letter, head.acceptUrl) };
};
