// An exchange as text that a person can repeat in a shell. Secrets never get into it; their scheme does.
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

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const shorten = (text: string, length = 1000): string =>
  text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text;

export const toCurl = (target: string, { method, path, headers, body }: Message): string => {
  const shown = Object.entries(headers).map(
    ([name, value]) => `${name}: ${name.toLowerCase() === 'authorization' ? redact(value) : value}`,
  );
  return [
    method === 'HEAD' ? 'curl --head' : `curl -i -X ${method}`,
    quote(`${target}${path}`),
    ...shown.map((line) => `-H ${quote(line)}`),
    ...(body === undefined || body.text === ''
      ? []
      : [`--data-binary ${quote(shorten(body.text))}`]),
  ].join(' ');
};

export const toAnswerLine = (status: number, text: string): string =>
  `→ ${status} ${shorten(text.trim() === '' ? '(no body)' : text.trim(), 600)}`;
