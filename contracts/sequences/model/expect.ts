// What the model expects of a step, whoever takes it, and what an answer makes of that.
import type { OperationId } from '../../operations.ts';
import { fieldsOf, filled, fillIn, type Asking, type Step } from '../step.ts';
import { expectAccept } from './accept.ts';
import type { Expectation, OnKnown, Seen, Subject } from './command.ts';
import { expectCreate } from './create.ts';
import { expectDestroy } from './destroy.ts';
import { expectList } from './list.ts';
import { isLeftBy, type Claim, type Known, type Model } from './model.ts';
import { expectResend } from './resend.ts';
import { expectRetrieve, expectWait } from './retrieve.ts';
import { expectUpdate } from './update.ts';

const onKnown: Partial<Record<OperationId, (subject: OnKnown) => Expectation | undefined>> = {
  invitations_retrieve: expectRetrieve,
  invitations_update: (subject) => expectUpdate('PUT', subject),
  invitations_partial_update: (subject) => expectUpdate('PATCH', subject),
  invitations_destroy: expectDestroy,
  invitations_accept_create: expectAccept,
  invitations_resend_create: expectResend,
};

const onNone: Partial<Record<OperationId, (subject: Subject) => Expectation | undefined>> = {
  invitations_create: expectCreate,
  invitations_list: expectList,
};

/** The invitation of a slot, or any where that one is empty: so that few steps have nothing to be about. */
export const pick = ({ slots }: Model, slot: number): Known | undefined =>
  slots.get(slot) ?? [...slots.values()][0];

/** With what the model has of addresses and slots. */
export const fillFrom =
  (model: Model, find = (_placeholder: string): string | undefined => undefined) =>
  (text: string): string =>
    fillIn(text, (placeholder) => {
      const [, field, slot] = /^<(address|role) of (\d+)>$/.exec(placeholder) ?? [];
      if (field === undefined) return model.emails.get(placeholder) ?? find(placeholder);
      return pick(model, Number(slot))?.[field === 'role' ? 'role' : 'email'];
    });

/** A form of a request that only targets know what to do with. */
const isOdd = ({ method, accept, isBare, content = { text: '' }, operation }: Asking): boolean =>
  method !== undefined ||
  accept !== undefined ||
  isBare === true ||
  ('text' in content && (content.text !== '' || operation.endsWith('_update')));

/** Undefined where the model has nothing to say. */
export const expectationOf = (
  step: Step,
  model: Model,
  fill = fillFrom(model),
): Expectation | undefined => {
  const asker = model.askers.get(step.as);
  if (asker === undefined || step.kind === 'pick') return undefined;
  if (step.kind === 'settle') {
    const known = model.slots.get(step.slot);
    return known && expectWait({ known, asker, model, fields: {}, query: {} });
  }
  if (isOdd(step)) return undefined;
  const { on } = step;
  const fields = filled(fieldsOf(step), fill);
  const subject = { asker, model, fields, query: filled(step.query, fill) };
  if (on === undefined) return onNone[step.operation]?.({ ...subject, step });
  const isPlain = typeof on === 'object' && on.through === undefined;
  const known = isPlain ? model.slots.get(on.slot) : undefined;
  return known && onKnown[step.operation]?.({ ...subject, known });
};

const judgeStatus = ({ refusals, status, rule, about }: Expectation, seen: Seen): Claim => {
  const [first] = refusals;
  const statuses = first === undefined ? [status] : refusals.map((refusal) => refusal.status);
  // A failure of the server is no refusal that another was expected for.
  const by =
    first === undefined || seen.status >= 500
      ? rule
      : (refusals.find((one) => one.status === seen.status) ?? first).rule;
  if (first !== undefined && about !== undefined) isLeftBy(about, by);
  const holds = statuses.includes(seen.status);
  return { rule: by, holds, expected: [...new Set(statuses)].join(' or ') };
};

/** The status first. A success is taken over into the model. */
export const judge = (expect: Expectation, seen: Seen): readonly [Claim, ...Claim[]] => {
  const onStatus = judgeStatus(expect, seen);
  const isDone = onStatus.holds && expect.refusals.length === 0;
  return [onStatus, ...(isDone ? expect.take(seen) : [])];
};
