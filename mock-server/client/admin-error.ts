// What goes wrong with the testers' API, as an Error that says it in its message.

/** The server refused, or could not be reached. `message` is what it said. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
  /** Of the answer; null when there was none. */
  readonly status: number | null;
  /** What was asked: `PUT http://127.0.0.1:4010/_mock/sandboxes/alice`. */
  readonly request: string;

  constructor(
    message: string,
    { status, request, cause }: { status: number | null; request: string; cause?: unknown },
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.status = status;
    this.request = request;
  }
}

/** The `detail` of a problem document (RFC 9457). */
const detailOf = (problem: unknown): string | undefined =>
  typeof problem === 'object' &&
  problem !== null &&
  'detail' in problem &&
  typeof problem.detail === 'string'
    ? problem.detail
    : undefined;

export const toAdminError = (request: string, response: Response, problem: unknown): AdminError => {
  const { status, statusText } = response;
  const detail =
    detailOf(problem) ??
    `${request} was answered ${status} ${statusText}, and not by the testers' API. Is this the address of an invitations-mock?`;
  return new AdminError(detail, { status, request });
};

/** fetch says "fetch failed"; its cause says why. */
export const toUnreachable = (request: string, error: unknown): AdminError => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error && cause.message !== '' ? cause.message : String(error);
  const message = `${request} was not answered: ${reason}. Does the server still run?`;
  return new AdminError(message, { status: null, request, cause: error });
};
