// Secrets do not leave through logs and traffic; the scheme of a credential stays.

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

function redactCredential(value: string): string {
  const space = value.indexOf(' ');
  return space < 0 ? '[redacted]' : `${value.slice(0, space)} [redacted]`;
}

/** Names are in lower case. */
export function redactHeaders(headers: Headers): Headers {
  const { authorization, cookie } = headers;
  if (authorization === undefined && cookie === undefined) return headers;
  const redacted =
    typeof authorization === 'string' ? redactCredential(authorization) : '[redacted]';
  return {
    ...headers,
    ...(authorization === undefined ? {} : { authorization: redacted }),
    ...(cookie === undefined ? {} : { cookie: '[redacted]' }),
  };
}
