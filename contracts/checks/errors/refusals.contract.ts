// 403 and 404: whatever they are for, there is a sentence for a person in them; and an id that is none is one of nothing.
import { randomUUID } from 'node:crypto';
import type { RuleId } from '../../../spec/vocabulary.ts';
import { json } from '../../body.ts';
import type { Answer } from '../../kit/client.ts';
import { expectDetail } from '../../expect.ts';
import { updates } from '../../kit/asking.ts';
import { changingOperations, commonOperations, operations } from '../../operations.ts';
import type { OperationId } from '../../operations.ts';
import { invitee, bothOrganizations, roles, type Caller, type Need } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

/** Of users and organizations ids are no UUIDs. */
const withId = commonOperations.filter(
  (operation) =>
    operations[operation].path.includes('{id}') &&
    operation !== 'users_retrieve' &&
    operation !== 'organizations_retrieve',
);

/** Not with a dot: such an id does not get as far as the operation in the family. */
const oddIds: Readonly<Record<string, (id: string) => string>> = {
  'a word': () => 'abc',
  'a number': () => '1',
  null: () => 'null',
  'one character less': (id) => id.slice(0, -1),
  'one character more': (id) => `${id}0`,
  'its first part': (id) => id.split('-')[0] ?? '',
  'a letter that is no digit': (id) => `${id.slice(0, -1)}g`,
  'in brackets': (id) => `(${id})`,
};
export const checks = contract('errors/refusals', (kit) => {
  const { accept, acceptedInvitation, address, createInvitation, existing, once, rule, send } = kit;

  /** An API key may accept nothing, whatever the id. */
  const accepting: Caller = kit.settings.credentials.has('INVITEE') ? 'INVITEE' : 'JWT';
  const askerOf = (operation: OperationId): Caller =>
    operation === 'invitations_accept_create' ? accepting : 'OWNER';

  const sendTo = (operation: OperationId, id: string, as = askerOf(operation)): Promise<Answer> =>
    send(operation, { as, id, body: kit.bodyFor(operation) });
  for (const operation of withId) {
    for (const [title, change] of Object.entries(oddIds)) {
      const needs = ['OWNER', askerOf(operation)] as const;
      rule('errors.id-not-a-uuid', `${operation}: ${title}`, { needs, operation }, async () => {
        const id = change(await kit.idFor(operation));
        expectDetail(await sendTo(operation, id), 404);
        await kit.expectExistingUnchanged();
      });
    }
  }

  const refusing =
    (id: RuleId, status: number) =>
    (
      title: string,
      needs: readonly Need[],
      operation: OperationId,
      ask: () => Promise<Answer>,
    ): void => {
      rule(id, `${operation} ${title}`, { needs, operation }, async () => {
        expectDetail(await ask(), status);
      });
    };
  const forbidden = refusing('errors.forbidden-detail', 403);
  const missing = refusing('errors.not-found-detail', 404);
  const ofAnOwner = once(() => createInvitation({ role: 'OWNER' }));

  for (const operation of commonOperations) {
    if (operation === 'invitations_accept_create') continue;
    forbidden('without scope', ['OWNER', 'INVITEE'], operation, () =>
      kit.sendRight(operation, { as: 'INVITEE' }),
    );
  }
  for (const as of roles.slice(1)) {
    const needs = ['OWNER', as] as const;
    const above = { role: 'OWNER' };
    forbidden(`above the role of ${as}`, needs, 'invitations_create', () =>
      kit.create({ email: address(as), ...above }, as),
    );
    for (const operation of updates) {
      forbidden(`to a role above that of ${as}`, needs, operation, async () => {
        const { id, email } = await existing();
        const fields = operation === 'invitations_update' ? { email, ...above } : above;
        return send(operation, { as, id, body: json(fields) });
      });
    }
    for (const operation of changingOperations) {
      forbidden(`of one above ${as}`, needs, operation, async () =>
        sendTo(operation, (await ofAnOwner()).id, as),
      );
    }
  }
  for (const as of ['INVITEE', 'JWT', 'API_KEY'] as const) {
    const title = `by ${as}, who is not invited`;
    forbidden(title, ['OWNER', as], 'invitations_accept_create', async () =>
      accept((await existing()).id, as),
    );
  }

  const gone = once(async () => {
    const made = await createInvitation();
    await kit.withdraw(made.id);
    return made;
  });
  const theirs = once(() => createInvitation({ as: 'OUTSIDER' }));
  const done = once(() => acceptedInvitation());

  for (const operation of withId) {
    const as = askerOf(operation);
    missing('of an id that nothing has', [as], operation, () => sendTo(operation, randomUUID()));
    if (!operation.startsWith('invitations_')) continue;
    missing('of what was deleted', ['OWNER', as], operation, async () =>
      sendTo(operation, (await gone()).id),
    );
    if (operation === 'invitations_accept_create') continue;
    missing("of another organization's", bothOrganizations, operation, async () =>
      sendTo(operation, (await theirs()).id),
    );
  }
  const others = ['invitations_resend_create', 'invitations_accept_create'] as const;
  for (const operation of [...updates, ...others]) {
    missing('of what was accepted', invitee, operation, async () =>
      sendTo(operation, (await done()).id),
    );
  }

  const taken = once(() => createInvitation());
  for (const change of [(email: string) => email, (email: string) => email.toUpperCase()]) {
    const title = `to an address that is taken${change('a') === 'a' ? '' : ', in capitals'}`;
    missing(title, ['OWNER'], 'invitations_create', async () => {
      const { email } = await taken();
      return kit.create({ email: change(email), role: 'VIEWER' });
    });
    for (const operation of updates) {
      missing(title, ['OWNER'], operation, async () => {
        const body = json({ email: change((await taken()).email), role: 'VIEWER' });
        return send(operation, { as: 'OWNER', id: (await existing()).id, body });
      });
    }
  }
  for (const page of ['0', '-1', 'abc', '999999999']) {
    missing(`page ${page}`, ['OWNER'], 'invitations_list', () => kit.list({ page }));
  }
});
