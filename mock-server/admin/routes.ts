// The testers' API, a line for each operation. It lives under /_mock, which cannot meet a path of the API.
import type { AdminOperation } from './context.ts';
import { live, ready } from './health.ts';
import { jwks } from './jwks.ts';
import { createToken } from './tokens.ts';
import { clearTraffic, listTraffic } from './traffic.ts';

export type AdminRoute = {
  readonly method: 'get' | 'post' | 'delete';
  readonly path: string;
  readonly operation: AdminOperation;
};

export const adminRoutes: readonly AdminRoute[] = [
  { method: 'get', path: '/health/live', operation: live },
  { method: 'get', path: '/health/ready', operation: ready },
  { method: 'get', path: '/jwks.json', operation: jwks },
  { method: 'post', path: '/tokens', operation: createToken },
  { method: 'get', path: '/traffic', operation: listTraffic },
  { method: 'delete', path: '/traffic', operation: clearTraffic },
];
