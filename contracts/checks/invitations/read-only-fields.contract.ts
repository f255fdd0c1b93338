// Fields that an update may carry, but that no update changes: by any of them alone, by all of them, in each media type.
import { randomUUID } from 'node:crypto';
import { encode, json, mediaTypes } from '../../body.ts';
import type { Answer } from '../../kit/client.ts';
import { disappoint, expectInvitation, pathIn } from '../../expect.ts';
import { isRecord, toRecord, type Invitation } from '../../invitation.ts';
import { isSame, methodOf, updates, type Update } from '../../kit/asking.ts';
import { contract } from '../../engine/contract.ts';

const id = 'update.read-only-fields';

const linkOrValue = (value: unknown): unknown =>
  typeof value === 'string' && value.includes('/api/v1/') ? pathIn(value) : value;

/** What no update changes. The state and its detail are apart: they also change by themselves. */
const kept = ({ json: body }: Answer): string =>
  JSON.stringify(
    ['url', 'id', 'inviter', 'inviter_name', 'membership', 'organization'].map((name) =>
      isRecord(body) ? linkOrValue(body[name]) : undefined,
    ),
  );

export const checks = contract('invitations/read-only-fields', (kit) => {
  const { address, createInvitation, expectUnchanged, once, rule, send, settings, update } = kit;

  const sent = kit.stockOfSent(2);
  /** None of the updates here may change them, so the checks of one operation share one. */
  const shared = {
    invitations_update: once(sent),
    invitations_partial_update: once(sent),
  } as const;

  const somewhere = (collection: string): string =>
    `${settings.target}/api/v1/${collection}/${randomUUID()}/`;

  const others = {
    url: () => somewhere('invitations'),
    id: () => randomUUID(),
    inviter: () => somewhere('users'),
    inviter_name: () => 'Somebody Else',
    state: () => 'accepted',
    state_detail: () => 'Something else.',
    membership: () => somewhere('memberships'),
    organization: () => somewhere('organizations'),
  } as const;
  const names = Object.keys(others);
  const all = (): Record<string, string> =>
    Object.fromEntries(Object.entries(others).map(([name, value]) => [name, value()]));

  const read = async ({ id: made }: Invitation): Promise<Answer> => {
    const answer = await kit.read(made);
    expectInvitation(answer, 200);
    return answer;
  };

  const expectKept = (before: Answer, now: Answer): void => {
    const { state } = expectInvitation(now, 200);
    const detail = isRecord(now.json) ? now.json['state_detail'] : undefined;
    if (kept(before) === kept(now) && state !== 'accepted' && detail !== others.state_detail())
      return;
    disappoint(now, `the read-only fields as they were: ${before.text}`);
  };

  /** In the answer, and in the next read. */
  const expectNoEffect = async (
    operation: Update,
    made: Invitation,
    change: Readonly<Record<string, unknown>>,
  ): Promise<void> => {
    const before = await read(made);
    expectKept(before, await update(operation, made, change));
    expectKept(before, await read(made));
  };

  for (const operation of updates) {
    const method = methodOf(operation);
    for (const [name, value] of Object.entries(others)) {
      rule(id, `${method} with another ${name}`, { operation }, async () => {
        await expectNoEffect(operation, await shared[operation](), { [name]: value() });
      });
    }
    for (const state of ['pending', 'bounced'] as const) {
      rule(id, `${method} with the state ${state}`, { operation }, async () => {
        const made = await shared[operation]();
        // Whether an update that carries no state leaves it alone is another rule's question.
        const plain = expectInvitation(await update(operation, made, {}), 200);
        const answer = await update(operation, made, { state });
        const now = expectInvitation(answer, 200);
        const isKept = now.state !== 'bounced' && (plain.state !== 'sent' || now.state === 'sent');
        if (!isKept) disappoint(answer, `the state ${plain.state}`);
      });
    }
    for (const [title, value] of [
      ['no values', null],
      ['nonsense', [{ nonsense: 1 }]],
    ] as const) {
      rule(id, `${method} with ${title} in them`, { operation }, async () => {
        const change = Object.fromEntries(names.map((name) => [name, value]));
        await expectNoEffect(operation, await shared[operation](), change);
      });
    }
    rule(id, `${method} with those of another invitation`, { operation }, async () => {
      const [made, other] = [await createInvitation(), await createInvitation()];
      const before = await read(made);
      const { url, id: otherId, inviter, state, membership } = other;
      const change = { url, id: otherId, inviter, state, membership, role: 'CONTRIB' };
      const answer = await update(operation, made, change);
      expectInvitation(answer, 200, { id: made.id, role: 'CONTRIB' });
      expectKept(before, answer);
      expectKept(before, await read(made));
      await expectUnchanged(other);
    });
    rule(id, `${method} with all that was read, one field changed`, { operation }, async () => {
      const made = await createInvitation();
      const before = await read(made);
      const body = json({ ...toRecord(before.json), role: 'CONTRIB' });
      const answer = await send(operation, { as: 'OWNER', id: made.id, body });
      if (!isSame({ ...made, role: 'CONTRIB' }, expectInvitation(answer, 200))) {
        disappoint(answer, `the role CONTRIB and else what it was: ${before.text}`);
      }
    });
    for (const mediaType of mediaTypes) {
      const title = `${method} of both fields with all of them as ${mediaType}`;
      rule(id, title, { operation }, async () => {
        const made = await createInvitation();
        const before = await read(made);
        const fields = { email: address(), role: 'CONTRIB' };
        const body = encode(mediaType, { ...all(), ...fields });
        const answer = await send(operation, { as: 'OWNER', id: made.id, body });
        expectInvitation(answer, 200, fields);
        expectKept(before, answer);
        expectKept(before, await read(made));
      });
    }
    const byViewer = { needs: ['OWNER', 'VIEWER'], operation } as const;
    rule(id, `${method} by another member leaves the inviter`, byViewer, async () => {
      const made = await createInvitation();
      const before = await read(made);
      const answer = await update(operation, made, { email: address() }, 'VIEWER');
      expectKept(before, answer);
      expectKept(before, await read(made));
    });
  }
});
