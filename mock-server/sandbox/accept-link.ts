// Where a message sends its reader to accept: a template with placeholders, so that the link opens whatever is under test.
import type { Role } from '../../domain/role.ts';

export type LinkFacts = {
  readonly invitationId: string;
  readonly email: string;
  readonly organizationId: string;
  readonly role: Role;
  /** The sandbox's name. */
  readonly sandbox: string;
};

const placeholders: Readonly<Record<string, (facts: LinkFacts) => string>> = {
  id: ({ invitationId }) => invitationId,
  email: ({ email }) => email,
  organization: ({ organizationId }) => organizationId,
  role: ({ role }) => role,
  sandbox: ({ sandbox }) => sandbox,
};

/** A page of our own, in the place of a front end: `console/accept`. */
export const defaultAcceptPath = '/_mock/accept/#/{sandbox}/{id}';

const names = Object.keys(placeholders).map((name) => `{${name}}`);
const takes = `an http or https address with a host, and behind it any of ${names.join(', ')}`;
const placeholder = /\{([^{}]*)\}/g;

const faultOf = (template: string): string | undefined => {
  const unknown = [...template.matchAll(placeholder)].find(
    ([, name = '']) => !Object.hasOwn(placeholders, name),
  );
  if (unknown !== undefined) return `${unknown[0]} is none of them`;
  const rest = template.replaceAll(placeholder, '');
  if (/[{}]/.test(rest)) return 'one of its braces has no counterpart';
  // A host that comes from an address would send people wherever the address says.
  const isComplete = /^https?:\/\/[^/?#{}\s\\]+(?:[/?#]|$)/i.test(template);
  return isComplete && !/\s/.test(template) && URL.canParse(rest) ? undefined : '';
};

/** `expected` says what the template has to be. */
export const parseAcceptTemplate = (
  template: string,
): { readonly value: string } | { readonly expected: string } => {
  const fault = faultOf(template);
  if (fault === undefined) return { value: template };
  return { expected: fault === '' ? takes : `${takes}; ${fault}` };
};

/** A template that `parseAcceptTemplate` took, filled with URL-encoded facts. */
export const toAcceptLink = (template: string, facts: LinkFacts): string =>
  template.replaceAll(placeholder, (_text, name: string) =>
    encodeURIComponent(placeholders[name]?.(facts).replaceAll(/\p{Surrogate}/gu, '\u{FFFD}') ?? ''),
  );
