// 405: a method that a path does not have.
import { randomUUID } from 'node:crypto';
import { json } from '../../body.ts';
import type { Answer } from '../../kit/client.ts';
import { disappoint, expectDetail } from '../../expect.ts';
import { NotExercised } from '../../not-exercised.ts';
import { pathOf, paths, type Method, type Path } from '../../operations.ts';
import { isLinked } from '../../kit/asking.ts';
import { invitee, roles, type Caller } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

const allowedBy = (answer: Answer): readonly string[] =>
  (answer.headers['allow'] ?? '').split(',').map((method) => method.trim().toUpperCase());

// Only what is asked of it by POST accepts an invitation: no link that somebody follows.
const needs = invitee;

export const checks = contract('errors/methods', (kit) => {
  const { existing, expectExistingUnchanged, expectUnchanged, request, rule } = kit;

  /**
   * Of what invitations link to, the contract knows how it is read. A target that offers more there is not wrong; it is asked
   * about an id that nothing has.
   */
  const askLinked = async (method: Method, path: string, as: Caller): Promise<Answer> => {
    const answer = await request(method, path, { as, judged: false });
    if (answer.status !== 405 && allowedBy(answer).includes(method)) {
      throw new NotExercised(
        `the target has a ${method} there, of which the contract says nothing`,
      );
    }
    return answer;
  };

  const ask = async (
    { template, operations }: Path,
    method: Method,
    as: Caller = 'OWNER',
  ): Promise<Answer> => {
    if (operations.some(isLinked)) {
      return askLinked(method, template.replace('{id}', randomUUID()), as);
    }
    const path = template.replace('{id}', (await existing()).id);
    return request(method, path, { as });
  };

  for (const path of paths) {
    for (const method of path.refused) {
      const title = `${method} ${path.template}`;
      rule('errors.method-not-allowed', title, {}, async () => {
        expectDetail(await ask(path, method), 405);
        await expectExistingUnchanged();
      });
      rule('errors.allowed-methods', title, {}, async () => {
        const answer = await ask(path, method);
        expectDetail(answer, 405);
        const allowed = allowedBy(answer);
        if (allowed.includes(method) || !path.allowed.every((one) => allowed.includes(one))) {
          disappoint(answer, `Allow with ${path.allowed.join(', ')} and not ${method}`);
        }
      });
    }
  }

  for (const path of paths) {
    for (const method of path.refused.slice(0, 1)) {
      for (const as of ['JWT', 'API_KEY'] as const) {
        const title = `${method} ${path.template} asked by ${as}`;
        rule('errors.method-not-allowed', title, ['OWNER', as], async () => {
          expectDetail(await ask(path, method, as), 405);
          await expectExistingUnchanged();
        });
      }
    }
  }
  for (const as of roles) {
    rule('errors.method-not-allowed', `asked by ${as}`, ['OWNER', as], async () => {
      const { id } = await existing();
      expectDetail(await request('POST', pathOf('invitations_retrieve', id), { as }), 405);
    });
  }
  rule('errors.method-not-allowed', 'with a body', {}, async () => {
    const before = await existing();
    const body = json({ email: before.email, role: 'OWNER' });
    const path = pathOf('invitations_retrieve', before.id);
    expectDetail(await request('POST', path, { as: 'OWNER', body }), 405);
    expectDetail(await request('PUT', pathOf('invitations_list'), { as: 'OWNER', body }), 405);
    await expectExistingUnchanged();
  });
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
    rule('errors.method-not-allowed', `${method} does not accept`, needs, async () => {
      const invitation = await kit.invitationForInvitee();
      const path = pathOf('invitations_accept_create', invitation.id);
      expectDetail(await request(method, path, { as: 'INVITEE' }), 405);
      await expectUnchanged(invitation);
    });
  }
});
