// invitations_update and invitations_partial_update: they differ in which fields must be there.
import type { ScopedCaller } from '../../../domain/caller.ts';
import { reachToChange } from '../../../domain/decide/reach.ts';
import type { Readings } from '../../../spec/vocabulary.ts';
import type { ReadBody } from '../../web/body.ts';
import type { Reply } from '../../web/reply.ts';
import type { Context, Operation } from '../context.ts';
import { readAllFields, readSomeFields, type InvitationFields, type ReadInput } from '../fields.ts';
import { refuse } from '../refuse.ts';
import { answerWithInvitation } from './answer.ts';

const change = async (
  context: Context<ScopedCaller>,
  readFields: (body: ReadBody, readings: Readings) => ReadInput<InvitationFields>,
): Promise<Reply> => {
  const { sandbox, caller, id, readBody } = context;
  // The object is judged before the body is read. [order.object-before-body] [order.object-role-before-body]
  const readings = sandbox.readings();
  const reached = reachToChange(sandbox.state(), caller, id, readings);
  const isObjectFirst = readings['order.object'] === 'before-body';
  if (reached.kind === 'rejected' && isObjectFirst) return refuse(reached.rejection);
  const fields = readFields(await readBody(), readings);
  if (fields.kind === 'refused') return fields.reply;
  const at = sandbox.clock.now();
  return answerWithInvitation(context, {
    ...{ type: 'UpdateInvitation', at, caller, invitationId: id },
    ...fields.value,
  });
};

export const update: Operation = {
  operationId: 'invitations_update',
  needsScope: true,
  run: (context) => change(context, readAllFields),
};

export const partialUpdate: Operation = {
  operationId: 'invitations_partial_update',
  needsScope: true,
  run: (context) => change(context, readSomeFields),
};
