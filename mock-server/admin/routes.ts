// The testers' API, a line for each operation. It lives under /_mock, which cannot meet a path of the API.
import type { AdminContext, SandboxContext } from './context.ts';
import type { Endpoint, SandboxStream } from './endpoint.ts';
import { changeClock, showClock } from './clock.ts';
import { deliverByHand } from './deliveries.ts';
import { changeDelivery, showDelivery } from './delivery.ts';
import { listEvents } from './events.ts';
import { clearFaults, listFaults, replaceFaults } from './faults.ts';
import { live, ready } from './health.ts';
import { listInvitations, showInvitation } from './invitations.ts';
import { metrics } from './metrics.ts';
import { jwks } from './jwks.ts';
import {
  clearMessages,
  deleteMessage,
  listMessages,
  showMessage,
  showMessagePage,
} from './messages.ts';
import { addPerson, listPeople, removePerson } from './people.ts';
import { deleteSandbox, listSandboxes, putSandbox } from './sandboxes.ts';
import { resetSandbox, seedSandbox, showSandbox, showSeed } from './sandbox.ts';
import { createSnapshot, deleteSnapshot, listSnapshots, restoreSnapshot } from './snapshots.ts';
import { createToken } from './tokens.ts';
import { exportWorld, importWorld } from './worlds.ts';
import { clearTraffic, listTraffic } from './traffic.ts';
import { exportHar } from './traffic-har.ts';
import { streamTraffic } from './traffic-stream.ts';

export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

/** Of the server as a whole. */
export type AdminRoute = {
  readonly method: Method;
  readonly path: string;
  readonly operation: Endpoint<AdminContext>;
};

/** Of one sandbox, under /sandboxes/{name}. */
export type SandboxRoute = {
  readonly method: Method;
  readonly path: string;
  /** Whether it is also there without a name, for the default sandbox. */
  readonly alsoForDefault?: boolean;
} & ({ readonly operation: Endpoint<SandboxContext> } | { readonly stream: SandboxStream });

export const adminRoutes: readonly AdminRoute[] = [
  { method: 'get', path: '/health/live', operation: live },
  { method: 'get', path: '/health/ready', operation: ready },
  { method: 'get', path: '/metrics', operation: metrics },
  { method: 'get', path: '/sandboxes', operation: listSandboxes },
  { method: 'put', path: '/sandboxes/:name', operation: putSandbox },
  { method: 'put', path: '/sandboxes/:name/import', operation: importWorld },
];

export const sandboxRoutes: readonly SandboxRoute[] = [
  { method: 'get', path: '', operation: showSandbox },
  { method: 'delete', path: '', operation: deleteSandbox },
  { method: 'post', path: '/reset', operation: resetSandbox },
  { method: 'get', path: '/seed', operation: showSeed },
  { method: 'post', path: '/seed', operation: seedSandbox },
  { method: 'get', path: '/snapshots', operation: listSnapshots },
  { method: 'post', path: '/snapshots', operation: createSnapshot },
  { method: 'post', path: '/snapshots/:id/restore', operation: restoreSnapshot },
  { method: 'delete', path: '/snapshots/:id', operation: deleteSnapshot },
  { method: 'get', path: '/export', operation: exportWorld },
  { method: 'get', path: '/events', operation: listEvents },
  { method: 'get', path: '/clock', operation: showClock },
  { method: 'patch', path: '/clock', operation: changeClock },
  { method: 'get', path: '/delivery', operation: showDelivery },
  { method: 'patch', path: '/delivery', operation: changeDelivery },
  { method: 'post', path: '/deliveries/:invitation', operation: deliverByHand },
  { method: 'get', path: '/faults', operation: listFaults },
  { method: 'put', path: '/faults', operation: replaceFaults },
  { method: 'delete', path: '/faults', operation: clearFaults },
  { method: 'get', path: '/invitations', operation: listInvitations },
  { method: 'get', path: '/invitations/:invitation', operation: showInvitation },
  { method: 'get', path: '/people', operation: listPeople },
  { method: 'post', path: '/people', operation: addPerson },
  { method: 'delete', path: '/people/:id', operation: removePerson },
  { method: 'get', path: '/messages', operation: listMessages },
  { method: 'delete', path: '/messages', operation: clearMessages },
  { method: 'get', path: '/messages/:id', operation: showMessage },
  { method: 'get', path: '/messages/:id/html', operation: showMessagePage },
  { method: 'delete', path: '/messages/:id', operation: deleteMessage },
  { method: 'get', path: '/jwks.json', operation: jwks, alsoForDefault: true },
  { method: 'post', path: '/tokens', operation: createToken, alsoForDefault: true },
  { method: 'get', path: '/traffic', operation: listTraffic, alsoForDefault: true },
  { method: 'delete', path: '/traffic', operation: clearTraffic, alsoForDefault: true },
  { method: 'get', path: '/traffic/stream', stream: streamTraffic },
  { method: 'get', path: '/traffic.har', operation: exportHar },
];
