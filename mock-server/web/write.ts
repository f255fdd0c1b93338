// Puts a reply on the wire.
import type { ServerResponse } from 'node:http';
import type { Reply } from './reply.ts';

const lengthOf = ({ body, bytes }: Reply): number =>
  bytes?.length ?? (body === undefined ? 0 : Buffer.byteLength(body));

export const writeHead = (
  response: ServerResponse,
  reply: Reply,
  length = lengthOf(reply),
): void => {
  const { status, headers, body } = reply;
  const flat: string[] = [];
  for (const name in headers) flat.push(name, headers[name] ?? '');
  if (body !== undefined || status !== 204) flat.push('content-length', String(length));
  response.writeHead(status, flat);
};

export const writeReply = (response: ServerResponse, reply: Reply): void => {
  if (response.headersSent || response.destroyed) return;
  const { body, bytes } = reply;
  const length = lengthOf(reply);
  writeHead(response, reply, length);
  // As many bytes as characters: there is nothing to encode, which is not looked at twice then.
  response.end(bytes ?? body, length === body?.length ? 'latin1' : 'utf8');
};
