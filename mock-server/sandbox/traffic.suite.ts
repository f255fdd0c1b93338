// Exchanges for tests of what keeps them.
import type { TrafficRecord } from './traffic.ts';

export const aRecord = (id: number, body: string | null = null): TrafficRecord => ({
  id: String(id),
  at: id,
  durationMs: 1,
  caller: null,
  operation: null,
  rule: null,
  fault: null,
  faultEffect: null,
  request: { method: 'GET', target: '/', headers: {}, body },
  response: { status: 200, headers: {}, body: null },
  findings: [],
});
