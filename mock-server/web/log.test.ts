// A line of the log is JSON, whatever a client asked for.
import { expect, test } from '@jest/globals';
import { toLogLine, type ExchangeLine } from './log.ts';

const line: ExchangeLine = {
  id: 'abc-1',
  operation: 'invitations_list',
  method: 'GET',
  target: '/api/v1/invitations/?email="\\\u0000\u2028',
  status: 400,
  ms: 0.125,
  rule: 'errors.invalid-body',
  fault: '1: held "back"',
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
};

const msg = `${line.method} ${line.target} ${line.status}`;

test('what is in a line can be read from it', () => {
  const text = toLogLine(line);
  expect(text.match(/\n/g)).toHaveLength(1);
  const time: unknown = expect.any(Number);
  expect(JSON.parse(text)).toEqual({ level: 30, time, ...line, msg });
});

test('what is not known is left out, but for the operation', () => {
  const none = { operation: null, rule: undefined, fault: undefined, trace_id: undefined };
  const text = toLogLine({ ...line, ...none });
  const { rule: _, fault: __, trace_id: ___, ...known } = line;
  const time: unknown = expect.any(Number);
  expect(JSON.parse(text)).toStrictEqual({ level: 30, time, ...known, operation: null, msg });
});
