// What a mistake of ours, and a client that goes away, make of an answer: nobody else is harmed, and the log says why.
import { once } from 'node:events';
import { Agent, createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { toRequest, toWire } from '../web/node-port.ts';
import { askAt, invitations } from '../running.suite.ts';
import type { ApiOptions } from './answer-request.ts';
import type { FinishOptions } from './finish-exchange.ts';
import { ofOneOwner } from './one-owner.suite.ts';

const agent = new Agent();
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const serve = async (changes: Partial<ApiOptions & FinishOptions>) => {
  const faults: string[] = [];
  const { api } = ofOneOwner({
    onFault: (message, error) => faults.push(`${message}: ${String(error)}`),
    ...changes,
  });
  const server = createServer((request, response) => {
    void api(toRequest(request, false), toWire(response));
  }).listen(0);
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, faults, ask: askAt(`http://127.0.0.1:${port}`, agent) };
};

const broken = new Error('Out of order.');

test('what fails before the answer is a 500 that points at the log, and the log names the request', async () => {
  const fail = (): never => {
    throw broken;
  };
  const json = { email: 'a@example.com', role: 'VIEWER' };
  for (const [changes, method, path, asked] of [
    [{ enter: fail }, 'GET', invitations, {}],
    [{ enter: fail }, 'POST', '/nowhere', { json }],
    [{ newId: fail }, 'POST', invitations, { as: 'Api-Key key', json }],
    [{ judgeOf: fail }, 'POST', invitations, { as: 'Api-Key key', json }],
    [{ judgeOf: fail }, 'POST', '/nowhere', { json }],
  ] as const) {
    const { ask, faults } = await serve(changes);
    expect(await ask(method, path, asked)).toMatchObject({
      status: 500,
      json: { detail: 'The fake failed to answer; its log says why. Please report it.' },
    });
    expect(faults).toEqual([`${method} ${path} failed: Error: Out of order.`]);
  }
});

test('what fails after the answer takes nothing from it, and is in the log', async () => {
  const log = (): never => {
    throw broken;
  };
  const { ask, faults } = await serve({ log });
  expect(await ask('GET', invitations, { as: 'Api-Key key' })).toMatchObject({
    status: 200,
    json: { count: 0 },
  });
  expect(faults).toEqual([`GET ${invitations} failed: Error: Out of order.`]);
});

test('a client that goes away in the middle of its body is no mistake of ours', async () => {
  const { port, faults, ask } = await serve({});
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `POST ${invitations} HTTP/1.1\r\nHost: x\r\nAuthorization: Api-Key key\r\n` +
      'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"email":',
  );
  await once(socket, 'connect');
  expect((await ask('GET', invitations, { as: 'Api-Key key' })).status).toBe(200);
  socket.destroy();
  await once(socket, 'close');
  expect((await ask('GET', invitations, { as: 'Api-Key key' })).status).toBe(200);
  expect(faults).toEqual([]);
});
