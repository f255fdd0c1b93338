// A seed file: a world of one's own in a few lines, with the people and invitations that a story needs.
import * as v from 'valibot';
import { addressKey } from '../../domain/invitation.ts';
import { isRole, roles } from '../../domain/role.ts';
import type { WorldSeed } from '../../fixtures/world-seed.ts';
import { nameFrom } from './name-from.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { emailAddress, InvitationState, list, maybe, Role, span, text } from './schema/values.ts';

const most = 10_000;

const SeedPerson = named(
  'SeedPerson',
  'Somebody who is registered at the start.',
  object({
    email: emailAddress,
    name: maybe('Made from the address if absent.', text(1, 500)),
    role: v.exactOptional(Role),
    age: maybe('How long before the start they came.', span),
  }),
);

const SeedInvitation = named(
  'SeedInvitation',
  'An invitation that is there at the start.',
  object({
    email: emailAddress,
    role: v.exactOptional(Role),
    state: v.exactOptional(InvitationState),
    reason: maybe('Why it came back; only with `bounced`.', text(1, 500)),
    by: maybe(
      'Who invites: the address of one of the people, or a role for the one whom every sandbox has in it; OWNER if absent.',
      text(1, 254),
    ),
    age: maybe('How long before the start it was made; a day if absent.', span),
  }),
);

const parts = object({
  organization: maybe("The name of the sandbox's organization.", text(1, 500)),
  people: maybe('Beside those whom every sandbox has.', list(SeedPerson, most)),
  invitations: maybe('Of the organization.', list(SeedInvitation, most)),
});

type Parts = v.InferOutput<typeof parts>;

type Mistake = { readonly place: readonly [list: string, index: number]; readonly message: string };

/** Who is there twice, invited twice, or invites without being there. */
const findMistakes = ({ people = [], invitations = [] }: Parts): readonly Mistake[] => {
  const mistakes: Mistake[] = [];
  const registered = new Map<string, boolean>();
  const invited = new Set<string>();
  for (const [index, { email, role }] of people.entries()) {
    const key = addressKey(email);
    if (registered.has(key)) {
      mistakes.push({ place: ['people', index], message: `somebody else than ${email} again` });
    }
    registered.set(key, role !== undefined);
  }
  for (const [index, { email, state, reason, by }] of invitations.entries()) {
    const place = ['invitations', index] as const;
    const key = addressKey(email);
    if (invited.has(key)) mistakes.push({ place, message: `one invitation of ${email}, not two` });
    invited.add(key);
    if (state === 'accepted' && registered.has(key)) {
      mistakes.push({ place, message: `${email} among the people, or here as accepted, not both` });
    }
    if (reason !== undefined && state !== 'bounced') {
      mistakes.push({ place, message: '"reason" only beside "state": "bounced"' });
    }
    if (by !== undefined && !isRole(by) && registered.get(addressKey(by)) !== true) {
      const words = `as "by" one of ${roles.join(', ')}, or the address of one of the people with a role`;
      mistakes.push({ place, message: words });
    }
  }
  return mistakes;
};

export const SeedFile = named(
  'SeedFile',
  "A world of one's own: people and invitations beside those whom every sandbox has.",
  v.pipe(
    parts,
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const input = dataset.value;
      for (const { place, message } of findMistakes(input)) {
        const [key, index] = place;
        const value = key === 'people' ? (input.people ?? []) : (input.invitations ?? []);
        addIssue({
          message,
          input: value[index],
          path: [
            { type: 'object', origin: 'value', input: { ...input }, key, value },
            { type: 'array', origin: 'value', input: [...value], key: index, value: value[index] },
          ],
        });
      }
    }),
  ),
);

const dayMs = 86_400_000;

export const toWorldSeed = (file: v.InferOutput<typeof SeedFile>): WorldSeed => ({
  organization: file.organization ?? null,
  people: (file.people ?? []).map(({ email, name = nameFrom(email), role = null, age = null }) => ({
    email,
    name,
    role,
    ageMs: age,
  })),
  invitations: (file.invitations ?? []).map((invitation) => ({
    email: invitation.email,
    name: nameFrom(invitation.email),
    role: invitation.role ?? 'VIEWER',
    state: invitation.state ?? 'pending',
    reason: invitation.reason ?? null,
    by: invitation.by ?? 'OWNER',
    ageMs: invitation.age ?? dayMs,
  })),
});
