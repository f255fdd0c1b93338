// What the testers' API answers while the server stops, on a connection that was busy when it began to.
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { judgeAdmin } from '../judged.suite.ts';
import { startMockServer } from '../server.ts';

type Answered = { readonly status: number; readonly type: string; readonly text: string };

/** Answers that follow each other on one connection, each with its length. */
const split = (text: string): readonly Answered[] => {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return [];
  const head = text.slice(0, end);
  const [, status = '0'] = /^HTTP\/1\.1 (\d+)/.exec(head) ?? [];
  const [, type = ''] = /^content-type: (.+)$/im.exec(head) ?? [];
  const [, length = '0'] = /^content-length: (\d+)$/im.exec(head) ?? [];
  const bodyEnd = end + 4 + Number(length);
  const answered = { status: Number(status), type, text: text.slice(end + 4, bodyEnd) };
  return [answered, ...split(text.slice(bodyEnd))];
};

test('who waits, asks or follows is told so', async () => {
  const server = await startMockServer({ port: 0, logLevel: 'silent', validation: 'off' });
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.on('data', (chunk) => (received += chunk.toString()));
  const ended = new Promise((resolve) => socket.on('close', resolve));
  const head = (method: string, target: string, more = ''): string =>
    `${method} ${target} HTTP/1.1\r\nHost: ${hostname}\r\n${more}\r\n`;
  const targets = [
    '/_mock/health/ready',
    '/_mock/sandboxes/default/messages?wait=60',
    '/_mock/sandboxes/default/traffic/stream',
  ];
  // A request without its body keeps the connection, and "100 Continue" says that the server knows of it.
  const body = 'Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n';
  const known = new Promise((resolve) => socket.once('data', resolve));
  socket.write(head('POST', '/_mock/tokens', body));
  await known;
  expect(received).toContain('100 Continue');
  received = '';
  const closed = server.close();
  socket.write(`{}${targets.map((target) => head('GET', target)).join('')}`);
  await closed;
  await ended;
  const [unfinished, ...answers] = split(received);
  expect(unfinished?.status).toBe(400);
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
  for (const [place, { status, type, text }] of answers.entries()) {
    await judgeAdmin({
      method: 'GET',
      target: targets[place] ?? '',
      headers: {},
      body: undefined,
      answer: { status, headers: { 'content-type': type }, text },
    });
  }
});
