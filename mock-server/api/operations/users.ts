// users_list, users_current_retrieve, users_destroy
import { listUsers } from '../../../domain/directory.ts';
import { replyEmpty, replyJson } from '../../web/reply.ts';
import { answerPage } from '../answer-page.ts';
import type { Operation } from '../context.ts';
import { lastGiven, readFields } from '../list-query.ts';
import { presentUser, viewOf } from '../present-directory.ts';
import { refuse } from '../refuse.ts';

const kinds = new Map([
  ['interactive', 'person'],
  ['service', 'service-account'],
] as const);
const isType = (text: string): text is 'interactive' | 'service' =>
  text === 'interactive' || text === 'service';

/** A type that is none has no users. [users.type] [users.ordering] */
export const listOfUsers: Operation = {
  operationId: 'users_list',
  needsScope: true,
  run: (context) => {
    const { sandbox, caller } = context;
    const query = new URLSearchParams(context.query);
    const given = (name: string): string =>
      lastGiven(query, name, sandbox.readings(), 'users_list');
    const type = given('type');
    const kind = isType(type) ? kinds.get(type) : undefined;
    const by = readFields(given('ordering'), ['name', 'email', 'created_at', 'id']);
    const { directory } = sandbox.state();
    const users = listUsers(directory, caller.scope.organizationId, by);
    const kept = type === '' ? users : users.filter((user) => user.kind === kind);
    return answerPage(context, 'users_list', kept, presentUser);
  },
};

export const retrieveCurrentUser: Operation = {
  operationId: 'users_current_retrieve',
  needsScope: true,
  run: (context) => {
    const view = viewOf(context);
    const user = view.directory.users.get(context.caller.userId);
    return user === undefined ? refuse('user-not-found') : replyJson(200, presentUser(user, view));
  },
};

export const destroyUser: Operation = {
  operationId: 'users_destroy',
  needsScope: true,
  run: ({ sandbox, caller, id: userId }) => {
    const at = sandbox.clock.now();
    const decision = sandbox.execute({ type: 'DestroyUser', at, caller, userId });
    return decision.kind === 'rejected' ? refuse(decision.rejection) : replyEmpty(204);
  },
};
