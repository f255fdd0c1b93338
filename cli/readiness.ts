// Whether a server is ready: the fake says so itself; a deployment is when anything answers where the API is.

/** Null: it is ready; else why not. */
export type Readiness = string | null;

type Answer = { readonly status: number } | { readonly reason: string };

/** What stands in front of a server answers these for it as long as it is not there. */
const isOfGateway = (status: number): boolean => status >= 502 && status <= 504;

const textIn = (value: unknown, name: string): string => {
  const found: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : '';
};

/** Of fetch, whose reason is the error's cause; an address with several IPs fails with a code and an empty message. */
const reasonOf = (error: unknown): string => {
  const cause: unknown =
    typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  return textIn(cause, 'message') || textIn(cause, 'code') || textIn(error, 'message');
};

const ask = async (url: string, timeoutMs: number): Promise<Answer> => {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { redirect: 'manual', signal });
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    return { reason: signal.aborted ? 'no answer' : reasonOf(error) };
  }
};

/** Asks once; `base` is what comes before `/api/v1/`. */
export const readinessOf = async (base: string, timeoutMs: number): Promise<Readiness> => {
  const health = await ask(`${base}/_mock/health/ready`, timeoutMs);
  if ('reason' in health) return health.reason;
  if (health.status === 200) return null;
  if (isOfGateway(health.status)) return `${health.status} at /_mock/health/ready`;
  const path = '/api/v1/invitations/';
  const answer = await ask(`${base}${path}`, timeoutMs);
  if ('reason' in answer) return answer.reason;
  return isOfGateway(answer.status) ? `${answer.status} at ${path}` : null;
};
