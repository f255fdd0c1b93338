// What was sent as a request's body, byte for byte, from the text that traffic keeps of it.
import type { KeptExchange } from '../sandbox/traffic.ts';

/** What could not be read as UTF-8 is kept as Latin-1, a character for each byte; the length that was sent tells which. */
export const requestBytes = ({ headers, body }: KeptExchange['request']): Buffer | null => {
  if (body === null) return null;
  const isByteForByte = Number(headers['content-length']) === body.length;
  return Buffer.from(body, isByteForByte ? 'latin1' : 'utf8');
};

/** Whether there was one that nobody read, because what was checked before it decided. */
export const hasUnreadBody = ({ headers, body }: KeptExchange['request']): boolean => {
  const length = Number(headers['content-length'] ?? 0);
  return body === null && (length > 0 || headers['transfer-encoding'] !== undefined);
};
