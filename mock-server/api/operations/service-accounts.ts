// serviceaccounts_list, serviceaccounts_create, serviceaccounts_destroy
import { listUsers, toUserId } from '../../../domain/directory.ts';
import { mayManage } from '../../../domain/role.ts';
import { replyEmpty, replyJson } from '../../web/reply.ts';
import { readAccountFields } from '../account-fields.ts';
import { answerPage } from '../answer-page.ts';
import type { Operation } from '../context.ts';
import { link } from '../present.ts';
import { presentServiceAccount, viewOf } from '../present-directory.ts';
import { refuse } from '../refuse.ts';
import { refuseGrowth } from './answer.ts';

export const listOfServiceAccounts: Operation = {
  operationId: 'serviceaccounts_list',
  needsScope: true,
  run: (context) => {
    const { directory } = context.sandbox.state();
    const users = listUsers(directory, context.caller.scope.organizationId, []);
    const accounts = users.filter(({ kind }) => kind === 'service-account');
    return answerPage(context, 'serviceaccounts_list', accounts, presentServiceAccount);
  },
};

export const createServiceAccount: Operation = {
  operationId: 'serviceaccounts_create',
  needsScope: true,
  run: async (context) => {
    const { sandbox, caller, base, newId, readBody, whyFull } = context;
    // As a create of invitations: who may not is told before the body is looked at.
    if (!mayManage(caller.scope.role)) return refuse('role-cannot-manage');
    const fields = readAccountFields(await readBody(), viewOf(context));
    if (fields.kind === 'refused') return fields.reply;
    const refused = refuseGrowth(whyFull());
    if (refused !== undefined) return refused;
    const [userId, membershipId] = [toUserId(newId()), newId()];
    const mark = userId.slice(-8);
    // Its label leads the key, as in those of a scenario.
    const key = `serviceaccount-${mark}-${newId().replaceAll('-', '')}`;
    const email = `serviceaccount+${mark}@service-accounts.invalid`;
    const at = sandbox.clock.now();
    const decision = sandbox.execute({
      ...{ type: 'CreateServiceAccount', at, caller, userId, membershipId, key, email },
      ...fields.value,
    });
    if (decision.kind === 'rejected') return refuse(decision.rejection);
    const view = viewOf(context);
    const user = view.directory.users.get(userId);
    if (user === undefined) return refuse('user-not-found');
    return replyJson(
      201,
      { ...presentServiceAccount(user, view), apikey: key },
      { location: link(base, 'serviceaccounts', userId) },
    );
  },
};

export const destroyServiceAccount: Operation = {
  operationId: 'serviceaccounts_destroy',
  needsScope: true,
  run: ({ sandbox, caller, id: userId }) => {
    const at = sandbox.clock.now();
    const kind = 'service-account';
    const decision = sandbox.execute({ type: 'DestroyUser', at, caller, userId, kind });
    return decision.kind === 'rejected' ? refuse(decision.rejection) : replyEmpty(204);
  },
};
