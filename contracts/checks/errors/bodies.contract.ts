// Bodies that an operation cannot do anything with: wrong fields, what does not parse, what is no object.
import type { RuleId } from '../../../spec/vocabulary.ts';
import { encode, json, mediaTypes, raw, type Body, type MediaType } from '../../body.ts';
import type { Answer } from '../../kit/client.ts';
import { expectDetail, expectFieldErrors, expectInvitation, expectStatus } from '../../expect.ts';
import { writingOperations } from '../../operations.ts';
import { updates } from '../../kit/asking.ts';
import { contract } from '../../engine/contract.ts';

type Writing = (typeof writingOperations)[number];

const invalidEmails = ['', ' ', 'nobody', 'nobody@', '@example.com', 'no body@example.com'];
const invalidRoles = ['', 'BOSS', 'owner', 'OWNER,VIEWER'];
/** JSON alone can say these. */
const invalidValues = [null, [], ['VIEWER'], {}, true] as const;

const show = (value: unknown): string => JSON.stringify(value);

const unparsable: Readonly<Record<string, Body>> = {
  'half an object': raw('{"email":', 'application/json'),
  'a word': raw('email', 'application/json'),
  'a comma too many': raw('{"role":"VIEWER",}', 'application/json'),
  'quotes of the wrong kind': raw("{'role':'VIEWER'}", 'application/json'),
  'two objects': raw('{"role":"VIEWER"}{}', 'application/json'),
  'a form announced as JSON': raw('role=VIEWER', 'application/json'),
  'multipart without a boundary': raw('role=VIEWER', 'multipart/form-data'),
};
const notObjects = [[], [{ email: 'a@example.com', role: 'VIEWER' }], 'VIEWER', 5, true];

const contentTypes = [
  undefined,
  ...mediaTypes.map((type) => (type === 'multipart/form-data' ? `${type}; boundary=x` : type)),
  'text/plain',
  'application/xml',
];

export const checks = contract('errors/bodies', (kit) => {
  const { address, createInvitation, existing, expectExistingUnchanged, rule, send } = kit;

  const write = async (operation: Writing, body: Body | undefined): Promise<Answer> => {
    const id = operation === 'invitations_create' ? '' : (await existing()).id;
    return send(operation, { as: 'OWNER', id, body });
  };

  /** A check of one operation, which refuses these fields, or all of the body, and leaves what it was asked about. */
  const refuses = (
    id: RuleId,
    operation: Writing,
    title: string,
    body: () => Body | undefined,
    ...wrong: readonly string[]
  ): void => {
    rule(id, `${operation}: ${title}`, { operation }, async () => {
      const answer = await write(operation, body());
      if (wrong.length === 0) expectDetail(answer, 400);
      else expectFieldErrors(answer, ...wrong);
      if (operation !== 'invitations_create') await expectExistingUnchanged();
    });
  };
  const refusesJson = (
    operation: Writing,
    title: string,
    fields: () => unknown,
    ...wrong: readonly string[]
  ): void => {
    refuses('errors.invalid-body', operation, title, () => json(fields()), ...wrong);
  };

  const refusesFields = (
    operation: Writing,
    mediaType: MediaType,
    fields: Readonly<Record<string, string>>,
    ...wrong: readonly string[]
  ): void => {
    const body = (): Body =>
      encode(mediaType, fields['email'] === 'FRESH' ? { ...fields, email: address() } : fields);
    refuses('errors.invalid-body', operation, `${mediaType} with ${show(fields)}`, body, ...wrong);
  };

  for (const operation of writingOperations) {
    for (const mediaType of mediaTypes) {
      refusesFields(operation, mediaType, { email: 'nobody', role: 'VIEWER' }, 'email');
      refusesFields(operation, mediaType, { email: 'FRESH', role: 'BOSS' }, 'role');
      refusesFields(operation, mediaType, { email: '', role: '' }, 'email', 'role');
      if (operation !== 'invitations_partial_update') {
        refusesFields(operation, mediaType, { role: 'VIEWER' }, 'email');
        refusesFields(operation, mediaType, { email: 'FRESH' }, 'role');
      }
      for (const as of ['JWT', 'API_KEY'] as const) {
        const title = `${operation}: ${mediaType} by ${as}`;
        rule('errors.invalid-body', title, { needs: ['OWNER', as], operation }, async () => {
          const body = encode(mediaType, { email: 'nobody', role: 'BOSS' });
          expectFieldErrors(await kit.sendRight(operation, { as, body }), 'email', 'role');
          await expectExistingUnchanged();
        });
      }
    }
    const both = { email: 'nobody', role: 'BOSS' };
    refusesJson(operation, 'both fields wrong in one answer', () => both, 'email', 'role');
    for (const email of [...invalidEmails, ...invalidValues]) {
      const title = `the address ${show(email)}`;
      refusesJson(operation, title, () => ({ email, role: 'VIEWER' }), 'email');
    }
    for (const role of [...invalidRoles, ...invalidValues, 1]) {
      const title = `the role ${show(role)}`;
      refusesJson(operation, title, () => ({ email: address(), role }), 'role');
    }
  }
  const patch = 'invitations_partial_update';
  refusesJson(patch, 'a wrong address alone', () => ({ email: 'nobody' }), 'email');
  refusesJson(patch, 'a wrong role alone', () => ({ role: 'BOSS' }), 'role');
  refusesJson('invitations_create', 'an empty object', () => ({}), 'email', 'role');
  refusesJson('invitations_update', 'an empty object', () => ({}), 'email', 'role');
  rule('errors.invalid-body', 'a create with a wrong role makes nothing', {}, async () => {
    const email = address();
    expectStatus(await write('invitations_create', json({ email, role: 'BOSS' })), 400);
    await kit.expectListed({ email }, []);
  });

  for (const operation of writingOperations) {
    for (const [title, body] of Object.entries(unparsable)) {
      refuses('errors.unparsable-body', operation, title, () => body);
    }
    for (const value of notObjects) {
      const body = (): Body => json(value);
      refuses('errors.not-an-object', operation, show(value), body, 'non_field_errors');
    }
  }
  for (const contentType of contentTypes) {
    const title = contentType ?? 'without a content type';
    for (const operation of ['invitations_create', 'invitations_update'] as const) {
      refuses('errors.no-body', operation, title, () => raw('', contentType), 'email', 'role');
    }
    rule('errors.no-body', `${patch}: ${title}`, { operation: patch }, async () => {
      const { id, email, role } = await existing();
      expectInvitation(await write(patch, raw('', contentType)), 200, { id, email, role });
    });
  }

  for (const operation of updates) {
    for (const mediaType of mediaTypes) {
      const title = `${operation} by ${mediaType}`;
      rule('errors.unknown-field', title, { operation }, async () => {
        const made = await createInvitation();
        const { id, email } = made;
        const body = encode(mediaType, { email, role: 'CONTRIB', colour: 'red', '': 'x' });
        const answer = await send(operation, { as: 'OWNER', id, body });
        expectInvitation(answer, 200, { email, role: 'CONTRIB' });
        await kit.expectUnchanged({ ...made, role: 'CONTRIB' });
      });
    }
  }
  rule('errors.unknown-field', 'a PATCH of nothing else', { operation: patch }, async () => {
    const made = await createInvitation();
    const fields = { colour: 'red', Email: 'x@example.com', ROLE: 'OWNER', size: { x: [1] } };
    expectInvitation(await kit.patch(made, fields), 200);
    await kit.expectUnchanged(made);
  });
  for (const mediaType of mediaTypes) {
    const operation = 'invitations_create';
    rule('errors.unknown-field', `${operation} by ${mediaType}`, { operation }, async () => {
      const email = address();
      const body = encode(mediaType, { email, role: 'VIEWER', colour: 'red' });
      expectInvitation(await write(operation, body), 201, { email, role: 'VIEWER' });
    });
  }
});
