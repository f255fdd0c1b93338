// An exchange as text that a person can repeat in a shell. Secrets never get into it; their scheme does.
import { quote } from '../spec/quote.ts';
import type { Body } from './body.ts';

export type Message = {
  readonly method: string;
  /** Path and query, after the base address of the target. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Body;
};

export const redact = (authorization: string): string => {
  if (authorization.trim() === '' || authorization === 'none') return authorization.trim();
  const scheme = /^(api-key|bearer|basic|token|digest)(?=\s|$)/i.exec(authorization.trim())?.[0];
  return scheme === undefined ? '[redacted]' : `${scheme} [redacted]`;
};

const shorten = (text: string, length = 1000): string =>
  text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text;

/** The shell puts in what the run had: with the variables of the env file, the line works as it stands. */
const toHeader = (name: string, value: string, caller: string | undefined): string => {
  if (name.toLowerCase() !== 'authorization') return quote(`${name}: ${value}`);
  return caller === undefined || value.trim() === ''
    ? quote(`${name}: ${redact(value)}`)
    : `"Authorization: $CONTRACT_AUTH_${caller}"`;
};

/** With a caller, the end of a variable `CONTRACT_AUTH_…`, that variable stands in the place of the credential. */
export const toCurl = (
  target: string,
  { method, path, headers, body }: Message,
  caller?: string,
): string => {
  return [
    method === 'HEAD' ? 'curl --head' : `curl -i -X ${method}`,
    quote(`${target}${path}`),
    ...Object.entries(headers).map(([name, value]) => `-H ${toHeader(name, value, caller)}`),
    ...(body === undefined || body.text === ''
      ? []
      : [`--data-binary ${quote(shorten(body.text))}`]),
  ].join(' ');
};

export const toAnswerLine = (status: number, text: string): string =>
  `→ ${status} ${shorten(text.trim() === '' ? '(no body)' : text.trim(), 600)}`;
