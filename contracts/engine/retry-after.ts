// How long a 429 asks to wait.
import type { Reply } from './reply.ts';

/**
 * In milliseconds. A date is measured by the answer's own `Date`, for its clock may not be ours. Undefined where the
 * answer does not say, or says a time that is past.
 */
export const retryAfterMs = ({ headers }: Reply): number | undefined => {
  const value = (headers['retry-after'] ?? '').trim();
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  const now = Date.parse(headers['date'] ?? '');
  const waitMs = until - (Number.isNaN(now) ? Date.now() : now);
  return waitMs > 0 ? waitMs : undefined;
};
