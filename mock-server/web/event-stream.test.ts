// Server-sent events as a client gets them.
import { EventEmitter, once } from 'node:events';
import { createServer, get, type ClientRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEventStream, toFrame } from './event-stream.ts';

const nothing = (): void => undefined;
const told = new EventEmitter();
const server = createServer((request, response) => {
  const open = (): void => {
    const onClose = (): unknown => told.emit(`${request.url} closed`);
    openEventStream(response, { heartbeatMs: 5, backlogBytes: 1, onRoom: nothing, onClose });
  };
  told.emit(`${request.url} came`);
  if (request.url === '/late') response.on('close', () => setImmediate(open));
  else open();
});

const ask = async (path: string): Promise<ClientRequest> => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  const came = once(told, `${path} came`);
  const request = get({ host: '127.0.0.1', port: address.port, path, agent: false });
  request.on('error', nothing);
  await came;
  return request;
};
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a frame has one line of data, whatever the data is', () => {
  const data = { text: 'a\nb\r\nc\u2028d\u2029e\u0085f' };
  const frame = toFrame({ event: 'x', id: 7, data });
  const lines = frame.split(/\r\n|[\n\r\u0085\u2028\u2029]/);
  expect(lines).toEqual(['id: 7', 'event: x', expect.stringMatching(/^data: \{.*\}$/), '', '']);
  expect(JSON.parse(lines[2]?.slice('data: '.length) ?? '')).toEqual(data);
});

test('comments come while there is nothing to say', async () => {
  const request = await ask('/');
  const response = await new Promise<IncomingMessage>((resolve) => request.on('response', resolve));
  let text = '';
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length >= 9) break;
  }
  expect(text).toMatch(/^(?::\n\n)+$/);
});

test('a client that went before it was answered is let go', async () => {
  const closed = once(told, '/late closed');
  (await ask('/late')).destroy();
  await closed;
});
