// What is known of a slot's invitation, by the fake's answers: what a difference means depends on it.
import type { Asking, Who } from './step.ts';

export type Facts = {
  /** Was there before us: its values are others on each target. */
  readonly isForeign: boolean;
  readonly maker: Who;
  /** A message has been asked for, and nobody has looked what became of it. */
  readonly onItsWay: boolean;
};

/** What is sent, as far as it is sent as fields. */
export const fieldsOf = ({ content }: Asking): Readonly<Record<string, string>> =>
  content !== undefined && 'fields' in content ? content.fields : {};

export const isUpdate = (operation: string): boolean =>
  operation === 'invitations_update' || operation === 'invitations_partial_update';

export const changesAddress = (asking: Asking): boolean =>
  isUpdate(asking.operation) && fieldsOf(asking)['email'] !== undefined;
