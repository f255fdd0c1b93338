// The answer of the state machine to a command: the facts that follow from it, or why there are none.
import type { Event } from './events.ts';
import type { Rejection } from './rejections.ts';

export type Decision =
  | { readonly kind: 'granted'; readonly events: readonly Event[] }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

export function grant(...events: readonly Event[]): Decision {
  return { kind: 'granted', events };
}

export function reject(rejection: Rejection): Decision {
  return { kind: 'rejected', rejection };
}
