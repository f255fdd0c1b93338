// A seed file: a world of one's own in a few lines, with the organizations, people and invitations that a story needs.
import * as v from 'valibot';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { emailAddress, InvitationState, list, maybe, Role, span, text } from './schema/values.ts';
import { findMistakes } from './seed-mistakes.ts';

const most = 10_000;
const name = text(1, 500);

const SeedPerson = named(
  'SeedPerson',
  'Somebody who is registered at the start. The same address in two organizations is one person.',
  object({
    email: emailAddress,
    name: maybe('Made from the address if absent.', name),
    role: maybe('In the organization; absent for a member of none.', Role),
    age: maybe('How long before the start they came; before every invitation if absent.', span),
  }),
);

const SeedServiceAccount = named(
  'SeedServiceAccount',
  'Who acts through an API key, which `GET …/people` tells.',
  object({
    name: text(1, 128),
    role: maybe('VIEWER if absent.', Role),
    age: maybe('How long before the start it was made; before every invitation if absent.', span),
  }),
);

const SeedInvitation = named(
  'SeedInvitation',
  'An invitation that is there at the start.',
  object({
    email: emailAddress,
    role: maybe('VIEWER if absent.', Role),
    state: maybe('`pending` if absent. Who accepted is registered, and a member.', InvitationState),
    reason: maybe('Why it came back; only with `bounced`.', text(1, 500)),
    by: maybe(
      'Who invites: the address of one of the people, the name of a service account, or a role for somebody who has it; OWNER if absent.',
      text(1, 254),
    ),
    age: maybe('How long before the start it was made; a day if absent.', span),
  }),
);

const members = {
  people: maybe('Beside those whom every sandbox has.', list(SeedPerson, most)),
  service_accounts: maybe('Beside those that every sandbox has.', list(SeedServiceAccount, most)),
  invitations: maybe('Of the organization.', list(SeedInvitation, most)),
};

const SeedOrganization = named(
  'SeedOrganization',
  'An organization beside that of the sandbox. Where none of its people is its OWNER, somebody made up is.',
  object({ name, ...members }),
);

const parts = object({
  organization: maybe("The name of the sandbox's own organization.", name),
  ...members,
  organizations: maybe('Beside it.', list(SeedOrganization, 100)),
});

type Place = [v.IssuePathItem, ...v.IssuePathItem[]];

const isRecord = (value: unknown): value is Readonly<Record<string | number, unknown>> =>
  typeof value === 'object' && value !== null;

const pathTo = (whole: unknown, [first, ...rest]: readonly (string | number)[]): Place => {
  const item = (input: unknown, key: string | number): v.IssuePathItem => {
    const value = isRecord(input) ? input[key] : undefined;
    return { type: 'unknown', origin: 'value', input, key, value };
  };
  const path: Place = [item(whole, first ?? '')];
  for (const key of rest) path.push(item(path.at(-1)?.value, key));
  return path;
};

export const SeedFile = named(
  'SeedFile',
  "A world of one's own: organizations, people, service accounts and invitations beside those whom every sandbox has.",
  v.pipe(
    parts,
    // Also where something else is wrong, so that all that is wrong in a file is told at once.
    v.rawCheck(({ dataset, addIssue }) => {
      for (const { place, message } of findMistakes(dataset.value)) {
        const path = pathTo(dataset.value, place);
        addIssue({ message, input: path.at(-1)?.value, path });
      }
    }),
  ),
);
