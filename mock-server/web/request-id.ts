// A name for each exchange, in the answer's X-Request-Id, in the log and in the traffic.
import { randomBytes } from 'node:crypto';

/** A client's own id is kept if it is short and plain, so that it can be followed through both sides' logs. */
export const createRequestIds = (): ((given: unknown) => string) => {
  const prefix = randomBytes(4).toString('hex');
  let count = 0;
  return (given) => {
    if (typeof given === 'string' && /^[\w.-]{1,64}$/.test(given)) return given;
    count += 1;
    return `${prefix}-${count.toString(36)}`;
  };
};
