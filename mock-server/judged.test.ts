// What the judge of the testers' API lets pass in tests, and what it does not.
import { expect, test } from '@jest/globals';
import { judgeAdmin, type AdminExchange } from './judged.suite.ts';

const json = { 'content-type': 'application/json' };

const live = (change: Partial<AdminExchange> = {}, text = '{"status":"live"}'): AdminExchange => {
  const answer = { status: 200, headers: json, text };
  const target = '/_mock/health/live';
  return { method: 'GET', target, headers: {}, body: undefined, answer, ...change };
};

const clock = { method: 'PATCH', target: '/_mock/sandboxes/default/clock', headers: json };
const now = '{"now":"2026-01-31T09:00:00Z","frozen":false,"offset_ms":0}';
const problem = { 'content-type': 'application/problem+json' };
const refused = '{"type":"about:blank","title":"Bad Request","status":400,"detail":"No."}';

test.each([
  ['an answer as it is described', live()],
  ['a file of the documentation', live({ target: '/_mock/docs/' }, '<!doctype html>')],
  [
    'a wrong request that was refused',
    live({
      ...clock,
      body: '{"speed":2}',
      answer: { status: 400, headers: problem, text: refused },
    }),
  ],
  ['a right request', live({ ...clock, body: '{"advance":"-PT1H"}' }, now)],
])('lets %s pass', async (_title, exchange) => {
  await expect(judgeAdmin(exchange)).resolves.toBeUndefined();
});

test.each([
  ['a member that is not described', live({}, '{"status":"live","uptime":1}'), 'uptime'],
  ['a member that is missing', live({}, '{}'), 'status'],
  [
    'a status that is not described',
    live({ answer: { status: 418, headers: json, text: '{}' } }),
    '418',
  ],
  [
    'an error that is no problem document',
    live({ ...clock, answer: { status: 400, headers: json, text: refused } }),
    'content-type',
  ],
  ['a wrong request that was taken', live({ ...clock, body: '{"speed":2}' }, now), 'speed'],
  [
    'a body of another kind that was taken',
    live({ ...clock, headers: { 'Content-Type': 'text/plain' }, body: 'x' }, now),
    'Supported content types',
  ],
])('finds %s', async (_title, exchange, named) => {
  await expect(judgeAdmin(exchange)).rejects.toThrow(named);
  await expect(judgeAdmin(exchange)).rejects.toThrow(`${exchange.method} ${exchange.target} →`);
});
