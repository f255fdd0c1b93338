// Which refusal comes first from the object on: 404, 403 for its role, 415, 400, 403 for the role asked for, 404 for the
// address. Each check has two things wrong at once, neighbours in that order or, where it says so, further apart.
import { randomUUID } from 'node:crypto';
import { encode, json, mediaTypes, raw, type Body } from '../../body.ts';
import type { Answer } from '../../kit/client.ts';
import { expectDetail, expectFieldErrors } from '../../expect.ts';
import { writingOperations } from '../../operations.ts';
import { otherRoles, type Caller, type Need } from '../../settings.ts';
import { updates } from '../../kit/asking.ts';
import { contract } from '../../engine/contract.ts';

/** Each wrong on its own, from the media type to the role asked for. */
const wrongBodies: Readonly<Record<string, Body>> = {
  'another media type': raw('{"role":"VIEWER"}', 'text/plain'),
  'no JSON': raw('{', 'application/json'),
  'a list': json([]),
  'wrong fields': json({ email: 'nobody', role: 'BOSS' }),
  'multipart without a boundary': raw('x', 'multipart/form-data'),
};

type Lost = readonly [title: string, needs: readonly Need[], id: () => Promise<string> | string];
const below = [
  ['VIEWER', 'OWNER'],
  ['VIEWER', 'CONTRIB'],
  ['CONTRIB', 'ADMIN'],
  ['ADMIN', 'OWNER'],
] as const;

type Writing = (typeof writingOperations)[number];

const contents = {
  'no JSON': '{',
  'a list': '[]',
  nonsense: '\u0001',
  'wrong fields': '{"email":"nobody","role":"BOSS"}',
  'no fields': '{}',
  'a role above the own': '{"role":"OWNER"}',
} as const;

/** A create by those who may not invite goes no further. [order.inviter-before-body] */
const aboveFor = (operation: Writing): readonly (typeof below)[number][] =>
  operation === 'invitations_create' ? below.filter(([as]) => as === 'ADMIN') : [...below];
const ruleId = 'order.body-before-role';
const capitals = (email: string): string => email.toUpperCase();

export const checks = contract('order/bodies', (kit) => {
  const { acceptedInvitation, createInvitation, existing, expectUnchanged, once, rule, send } = kit;

  const theirs = once(() => createInvitation({ as: 'OUTSIDER' }));
  const done = once(() => acceptedInvitation());
  const lost: readonly Lost[] = [
    ['an id that nothing has', [], randomUUID],
    ['an id that is none', [], () => 'abc'],
    ["another organization's", ['OUTSIDER'], async () => (await theirs()).id],
    ['an accepted one', ['INVITEE', 'INVITEE_EMAIL'], async () => (await done()).id],
  ];
  for (const operation of updates) {
    for (const [title, needs, id] of lost) {
      for (const [wrong, body] of Object.entries(wrongBodies)) {
        const options = { needs: ['OWNER', ...needs] as const, operation };
        rule('order.object-before-body', `${operation}: ${title}, ${wrong}`, options, async () => {
          expectDetail(await send(operation, { as: 'OWNER', id: await id(), body }), 404);
        });
      }
    }
    const title = `${operation}: an id that nothing has, and so before the role asked for`;
    const byViewer = { needs: ['OWNER', 'VIEWER'], operation } as const;
    rule('order.object-before-body', title, byViewer, async () => {
      const body = json({ email: (await existing()).email, role: 'OWNER' });
      expectDetail(await send(operation, { as: 'VIEWER', id: randomUUID(), body }), 404);
    });
  }

  const ofRole = {
    OWNER: once(() => createInvitation({ role: 'OWNER' })),
    ADMIN: once(() => createInvitation({ role: 'ADMIN' })),
    CONTRIB: once(() => createInvitation({ role: 'CONTRIB' })),
  } as const;

  for (const operation of updates) {
    for (const [as, role] of below) {
      for (const [wrong, body] of Object.entries(wrongBodies)) {
        const title = `${operation} by ${as} of one as ${role}, ${wrong}`;
        const options = { needs: ['OWNER', as], operation } as const;
        rule('order.object-role-before-body', title, options, async () => {
          const invitation = await ofRole[role]();
          expectDetail(await send(operation, { as, id: invitation.id, body }), 403);
        });
      }
    }
  }

  /** What the caller may write to: an invitation below all roles, shared, for nothing here changes it. */
  const write = async (operation: Writing, body: Body, as: Caller = 'OWNER'): Promise<Answer> =>
    send(operation, { as, id: (await existing()).id, body });
  for (const operation of writingOperations) {
    for (const [title, text] of Object.entries(contents)) {
      const lower = operation === 'invitations_create' ? 'ADMIN' : 'VIEWER';
      for (const [as, mediaType] of [
        ['OWNER', 'text/plain'],
        [lower, 'application/xml'],
      ] as const) {
        const options = { needs: ['OWNER', as], operation } as const;
        const name = `${operation} by ${as}: ${title} as ${mediaType}`;
        rule('order.media-type-before-content', name, options, async () => {
          expectDetail(await write(operation, raw(text, mediaType), as), 415);
        });
      }
    }
  }
  for (const operation of writingOperations) {
    for (const [as, role] of aboveFor(operation)) {
      const options = { needs: ['OWNER', as], operation } as const;
      for (const mediaType of mediaTypes) {
        const title = `${operation} by ${as}: a wrong address for ${role} by ${mediaType}`;
        rule(ruleId, title, options, async () => {
          const body = encode(mediaType, { email: 'nobody', role });
          expectFieldErrors(await write(operation, body, as), 'email');
        });
      }
      if (operation === 'invitations_partial_update') continue;
      rule(ruleId, `${operation} by ${as}: no address for ${role}`, options, async () => {
        expectFieldErrors(await write(operation, json({ role }), as), 'email');
      });
    }
    rule(ruleId, `${operation}, and so before the address`, { operation }, async () => {
      const { email } = await taken();
      expectFieldErrors(await write(operation, json({ email, role: 'BOSS' })), 'role');
    });
  }

  for (const as of otherRoles) {
    for (const [wrong, body] of Object.entries({ ...wrongBodies, nothing: undefined })) {
      const options = { needs: [as], operation: 'invitations_create' } as const;
      rule('order.inviter-before-body', `by ${as}: ${wrong}`, options, async () => {
        expectDetail(await send('invitations_create', { as, body }), 403);
      });
    }
  }

  const taken = once(() => createInvitation());

  for (const operation of writingOperations) {
    for (const [as, role] of aboveFor(operation)) {
      const options = { needs: ['OWNER', as], operation } as const;
      const title = `${operation} by ${as}: a taken address for ${role}`;
      rule('order.role-before-address', title, options, async () => {
        const { email } = await taken();
        expectDetail(await write(operation, json({ email, role }), as), 403);
        expectDetail(await write(operation, json({ email: capitals(email), role }), as), 403);
      });
    }
  }

  for (const operation of updates) {
    const title = `${operation} changes nothing`;
    rule('order.media-type-before-content', title, { operation }, async () => {
      const made = await createInvitation({ role: 'CONTRIB' });
      for (const body of Object.values(wrongBodies)) {
        await send(operation, { as: 'OWNER', id: made.id, body });
      }
      await expectUnchanged(made);
    });
  }
});
