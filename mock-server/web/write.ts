// Puts a reply on the wire.
import type { ServerResponse } from 'node:http';
import type { Reply } from './reply.ts';

export const writeHead = (response: ServerResponse, reply: Reply): void => {
  const { status, headers, body, bytes } = reply;
  const flat: string[] = [];
  for (const name in headers) flat.push(name, headers[name] ?? '');
  if (body !== undefined) {
    flat.push('content-length', String(bytes?.length ?? Buffer.byteLength(body)));
  } else if (status !== 204) flat.push('content-length', '0');
  response.writeHead(status, flat);
};

export const writeReply = (response: ServerResponse, reply: Reply): void => {
  if (response.headersSent || response.destroyed) return;
  writeHead(response, reply);
  response.end(reply.bytes ?? reply.body);
};
