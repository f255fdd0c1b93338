// The answer of the state machine to a command: the facts that follow from it, or why there are none.
import type { Event } from './events.ts';
import type { Rejection } from './rejections.ts';

export type Decision =
  | { readonly kind: 'granted'; readonly events: readonly Event[] }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

export const grant = (...events: readonly Event[]): Decision => ({ kind: 'granted', events });

export const reject = (rejection: Rejection): Decision => ({ kind: 'rejected', rejection });
