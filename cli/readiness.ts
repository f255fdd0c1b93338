// Whether a server is ready: the fake says so itself; a deployment is when anything answers where the API is.

/** Null: it is ready; else why not. */
export type Readiness = string | null;

type Answer = { readonly status: number } | { readonly reason: string };

/** What stands in front of a server answers these for it as long as it is not there. */
const isOfGateway = (status: number): boolean => status >= 502 && status <= 504;

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (error.name === 'TimeoutError') return 'no answer';
  if (!(cause instanceof Error)) return error.message;
  // An address with several IPs fails with an empty message and a code.
  return cause.message === '' && 'code' in cause ? String(cause.code) : cause.message;
}

async function ask(url: string, timeoutMs: number): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { redirect: 'manual', signal });
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** Asks once; `base` is what comes before `/api/v1/`. */
export async function readinessOf(base: string, timeoutMs: number): Promise<Readiness> {
  const health = await ask(`${base}/_mock/health/ready`, timeoutMs);
  if ('reason' in health) return health.reason;
  if (health.status === 200) return null;
  if (isOfGateway(health.status)) return `${health.status} at /_mock/health/ready`;
  const path = '/api/v1/invitations/';
  const answer = await ask(`${base}${path}`, timeoutMs);
  if ('reason' in answer) return answer.reason;
  return isOfGateway(answer.status) ? `${answer.status} at ${path}` : null;
}
