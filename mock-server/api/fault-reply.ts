// What a fault answers in the place of the API, in the API's own form of an error.
import type { FaultEffect, FaultStatus } from '../sandbox/fault-rule.ts';
import type { Met } from '../sandbox/faults.ts';
import type { HttpRequest } from '../web/exchange-port.ts';
import { replyDetail, type Reply } from '../web/reply.ts';

type StatusEffect = Extract<FaultEffect, { readonly kind: 'status' }>;

const details: Readonly<Record<Exclude<FaultStatus, 429>, string>> = {
  500: 'A server error occurred.',
  502: 'Bad gateway.',
  503: 'Service temporarily unavailable, try again later.',
  504: 'Gateway timeout.',
};

/** The family's words. [errors.throttled] */
const throttled = (retryAfter: number): string => {
  const unit = retryAfter === 1 ? 'second' : 'seconds';
  return `Request was throttled. Expected available in ${retryAfter} ${unit}.`;
};

const toReply = ({ status, retryAfter }: StatusEffect): Reply => {
  const headers = retryAfter === null ? {} : { 'retry-after': String(retryAfter) };
  return status === 429
    ? replyDetail(429, throttled(retryAfter), 'errors.throttled', headers)
    : replyDetail(status, details[status], undefined, headers);
};

/** Undefined where the API itself answers. */
export const faultReply = (met: Met | undefined): Reply | undefined => {
  const effect = met?.rule.effect;
  return effect?.kind === 'status' ? toReply(effect) : undefined;
};

/** What a tester does by the way, in the console say, uses up no fault that is meant for the client under test. */
export const isSpared = ({ headers }: Pick<HttpRequest, 'headers'>): boolean =>
  headers['x-no-faults'] !== undefined;
