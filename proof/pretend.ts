// Faults that last: what a broken deployment would have stored, laid over the invitation in every answer from then on.
import { editInvitations, objectIn, textIn, type Json } from './edit.ts';
import { idIn, strikes, type Tools, type Where } from './fault.ts';
import type { Ask, Reply, StartFault } from './mutant.ts';

/** What is pretended of the invitation that the exchange is about; undefined: nothing more than before; null: nothing. */
export type Pretence = (
  reply: Reply,
  ask: Ask,
  tools: Tools,
) => Json | null | undefined | Promise<Json | null | undefined>;

export const pretend =
  (where: Where, fieldsOf: Pretence): StartFault =>
  (world) => {
    const pretended = new Map<string, Json>();
    return async (ask, next) => {
      const reply = await next(ask);
      if (strikes(where, ask, world, reply)) {
        const id = textIn(objectIn(reply), 'id') || idIn(ask);
        const fields = await fieldsOf(reply, ask, { next, world });
        if (fields === null) pretended.delete(id);
        else if (fields !== undefined) pretended.set(id, { ...pretended.get(id), ...fields });
      }
      return editInvitations((item) => ({ ...item, ...pretended.get(String(item['id'])) }))(reply);
    };
  };
