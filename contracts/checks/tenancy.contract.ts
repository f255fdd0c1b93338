// Two organizations side by side: neither finds, changes or learns of what is the other's.
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../kit/client.ts';
import { disappoint, expectInvitation, expectStatus } from '../expect.ts';
import { isRecord, type Invitation } from '../invitation.ts';
import { changingOperations } from '../operations.ts';
import { bothOrganizations, roles, type Caller } from '../settings.ts';
import { methodOf, updates } from '../kit/asking.ts';
import { contract } from '../engine/contract.ts';

const byId = ['invitations_retrieve', ...changingOperations] as const;
type ById = (typeof byId)[number];

/** The body, with the id that was asked for taken out of its texts. */
const withoutId = (answer: Answer, id: string): unknown =>
  JSON.parse(answer.text.replaceAll(new RegExp(id, 'gi'), 'ID'));

export const checks = contract('tenancy', (kit) => {
  const { address, createInvitation, expectUnchanged, once, retrieve, rule, update } = kit;

  /** As OWNER, so that a target that looks at the role before the organization gives itself away to the others. */
  const ours = once(() => createInvitation({ role: 'OWNER' }));
  const theirs = once(() => createInvitation({ as: 'OUTSIDER', role: 'OWNER' }));
  const sides = [
    { owner: 'OWNER', foreign: ours, callers: ['OUTSIDER'] },
    { owner: 'OUTSIDER', foreign: theirs, callers: [...roles, 'JWT', 'API_KEY'] },
  ] as const;

  const ask = (operation: ById, id: string, as: Caller): Promise<Answer> => {
    if (operation === 'invitations_retrieve') return kit.read(id, as);
    const fields = { email: address(as), role: 'VIEWER' };
    return kit.command(operation, { id, ...fields }, fields, as);
  };

  for (const operation of byId) {
    const title = methodOf(operation);
    for (const { owner, foreign, callers } of sides) {
      for (const as of callers) {
        const needs = [...bothOrganizations, as] as const;
        const whose = owner === 'OWNER' ? 'ours' : 'theirs';
        const name = `${title} of ${whose} by ${as}`;
        rule('tenancy.other-organization', name, { needs, operation }, async () => {
          const made = await foreign();
          expectStatus(await ask(operation, made.id, as), 404);
          await expectUnchanged(made, owner);
        });
      }
      const [as] = callers;
      const needs = bothOrganizations;
      rule('tenancy.no-trace', `${title} by ${as}`, { needs, operation }, async () => {
        await expectNoTrace(operation, (await foreign()).id, as);
      });
    }
    const byViewer = `${title} by a VIEWER, who could not even change one of the own`;
    const needs = [...bothOrganizations, 'VIEWER'] as const;
    rule('tenancy.no-trace', byViewer, { needs, operation }, async () => {
      await expectNoTrace(operation, (await theirs()).id, 'VIEWER');
    });
  }

  /** What differs between two answers for ids that nobody has, such as the number of the request, tells nothing. */
  const expectNoTrace = async (operation: ById, id: string, as: Caller): Promise<void> => {
    const missing = [randomUUID(), randomUUID()] as const;
    const nobodys = [];
    for (const one of missing) {
      const answer = await ask(operation, one, as);
      expectStatus(answer, 404);
      nobodys.push(withoutId(answer, one));
    }
    const answer = await ask(operation, id, as);
    expectStatus(answer, 404);
    const [one, other] = nobodys;
    const found = withoutId(answer, id);
    if (isDeepStrictEqual(found, one)) return;
    const isRight =
      isRecord(found) &&
      isRecord(one) &&
      isRecord(other) &&
      isDeepStrictEqual(Object.keys(found).sort(), Object.keys(one).sort()) &&
      Object.entries(found).every(
        ([name, value]) =>
          isDeepStrictEqual(value, one[name]) || !isDeepStrictEqual(one[name], other[name]),
      );
    if (!isRight) disappoint(answer, `the same as for an unknown id: ${JSON.stringify(one)}`);
  };

  const ofBoth = async (): Promise<{ readonly own: Invitation; readonly other: Invitation }> => ({
    own: await createInvitation(),
    other: await createInvitation({ as: 'OUTSIDER' }),
  });

  for (const operation of updates) {
    const needs = bothOrganizations;
    for (const [title, change] of [
      ['as it is', (email: string) => email],
      ['in capitals', (email: string) => email.toUpperCase()],
    ] as const) {
      const name = `${methodOf(operation)} to an address of theirs ${title}`;
      rule('tenancy.address', name, { needs, operation }, async () => {
        const { own, other } = await ofBoth();
        const answer = await update(operation, own, { email: change(other.email) });
        const { email } = expectInvitation(answer, 200, { id: own.id });
        if (email.toLowerCase() !== other.email) disappoint(answer, `the address ${other.email}`);
        await retrieve(other.id, { email: other.email }, 'OUTSIDER');
      });
    }
  }

  rule('tenancy.address', 'deleting ours leaves theirs', bothOrganizations, async () => {
    const { id, email } = await createInvitation();
    const other = await createInvitation({ as: 'OUTSIDER', email });
    await kit.withdraw(id);
    await expectUnchanged(other, 'OUTSIDER');
  });
});
