// Secrets do not leave through logs and traffic; the scheme of a credential stays.

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const redactCredential = (value: string): string => {
  const space = value.indexOf(' ');
  return space < 0 ? '[redacted]' : `${value.slice(0, space)} [redacted]`;
};

const credentials = ['authorization', 'proxy-authorization'] as const;

/** Names are in lower case. */
export const redactHeaders = (headers: Headers): Headers => {
  const redacted: Record<string, string> = {};
  for (const name of credentials) {
    const value = headers[name];
    if (value === undefined) continue;
    redacted[name] = typeof value === 'string' ? redactCredential(value) : '[redacted]';
  }
  if (headers['cookie'] !== undefined) redacted['cookie'] = '[redacted]';
  return { ...headers, ...redacted };
};
