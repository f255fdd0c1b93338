// A baseline, run as a process of its own: the same invitations behind bare `node:http`, which validates nothing.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { authorization, create, list, listPath, port, retrieve } from './stored.ts';

const send = (response: ServerResponse, status: number, value: object): void => {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
};

const receive = (request: IncomingMessage, response: ServerResponse): void => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => (text += chunk));
  request.on('end', () => {
    const { status, body } = create(JSON.parse(text));
    send(response, status, body);
  });
};

const server = createServer((request, response) => {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  if (request.headers.authorization !== authorization) {
    send(response, 401, { detail: 'Invalid API key.' });
  } else if (request.method === 'POST' && path === listPath) receive(request, response);
  else if (path === listPath) send(response, 200, list(new URLSearchParams(query)));
  else {
    const invitation = retrieve(path.slice(listPath.length, -1));
    if (invitation === undefined) send(response, 404, { detail: 'Not found.' });
    else send(response, 200, invitation);
  }
});
server.listen(port, '127.0.0.1');
