// The fake as a server: the API and the testers' API over one core, behind one socket.
import { randomBytes } from 'node:crypto';
import type { AdminContext } from './admin/context.ts';
import { createAdmin } from './admin/create-admin.ts';
import { createForward, type Deployment } from './forward/forward.ts';
import { createCredentials, toEnvironment, type Credentials } from './credentials.ts';
import { adminPath, chooseByPath, leadToConsole, serveForward } from './choose-handle.ts';
import { defaultConfig } from './config/config.ts';
import { openCore, type Core } from './core.ts';
import type { Config } from './config/settings.ts';
import type { CreateMcp } from './mcp/serve-http.ts';
import { parseSeedText } from './seed-parser.ts';
import { openStore } from './stores/open-store.ts';
import type { Store } from './stores/store.ts';
import { CannotRun } from '../settings/cannot-run.ts';
import { untold, type Traces } from './traces/traced.ts';
import { allowsOrigin } from './web/cors.ts';
import { createHttpServer, type Handle } from './web/http-server.ts';
import { listen, reachable } from './web/listen.ts';
import { createLog, type Log } from './web/log.ts';
import { isLoopback } from './web/loopback.ts';
import { mountRouter } from './web/mount-router.ts';
import { toRequest, toWire } from './web/node-port.ts';

export type MockServer = {
  /** Scheme and authority, without a slash at the end. */
  readonly url: string;
  readonly credentials: Credentials;
  /** The variables that point the contract suites at this server. */
  readonly env: Readonly<Record<string, string>>;
  /** Null on a loopback address, where the testers' API needs none. */
  readonly adminToken: string | null;
  readonly log: Log;
  /** Takes no more requests, lets those under way end, and resolves when the port is free. */
  readonly close: () => Promise<void>;
};

const httpLimits = {
  headerBytes: 16_384,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
} as const;

type Foundation = {
  readonly traces: Traces;
  /** Undefined where nobody asked for it. */
  readonly mcp: CreateMcp | undefined;
  readonly config: Config;
  readonly log: Log;
  readonly store: Store;
  readonly deployment: Deployment | undefined;
};

type Parts = Foundation & {
  readonly core: Core;
  readonly adminToken: string | null;
  readonly isReady: () => boolean;
};

const createHandle = (parts: Parts): Handle => {
  const { config, core, log, adminToken, isReady, deployment, mcp } = parts;
  const { registry, api, adminContext, finishing } = core;
  const { trustProxy, corsOrigins } = config;
  const context: AdminContext = { ...adminContext, isReady, adminToken, parseSeed: parseSeedText };
  const admin = createAdmin({
    ...context,
    serveMcp: mcp?.({ context, api, below: adminPath, onFault: log.error }),
    allowsOrigin: (origin) => allowsOrigin(corsOrigins, origin),
  });
  const forward =
    deployment && createForward({ ...finishing, deployment, sandbox: registry.standard.sandbox });
  const serveAdmin = mountRouter(adminPath, admin, log.error);
  const serveApi: Handle = (request, response) => {
    void api(toRequest(request, trustProxy), toWire(response));
  };
  const serveOthers = forward === undefined ? leadToConsole(serveApi) : serveForward(forward, log);
  return chooseByPath(config, serveAdmin, serveOthers);
};

const startOn = async (foundation: Foundation): Promise<MockServer> => {
  const { config, log, store, traces } = foundation;
  const isLocal = isLoopback(config.host);
  const secret =
    config.secret ?? (isLocal ? `seed ${config.seed}` : randomBytes(32).toString('hex'));
  const adminToken = config.adminToken ?? (isLocal ? null : randomBytes(16).toString('hex'));
  const core = await openCore({ config, log, store, secret, traces });
  const { registry, mail } = core;
  let isReady = true;
  const parts = { ...foundation, core, adminToken, isReady: () => isReady };
  const { server, close } = createHttpServer(createHandle(parts), httpLimits);
  const { port } = await listen(server, config.port, config.host);
  const url = reachable(config.host, port);
  mail.listensAt(url);
  const { callers, tokens, sandbox } = registry.standard;
  const credentials = await createCredentials(callers, tokens, sandbox.clock.now());
  return {
    url,
    credentials,
    env: toEnvironment(url, credentials, { path: '/_mock/tokens', adminToken }, sandbox.readings()),
    adminToken,
    log,
    close: async () => {
      isReady = false;
      registry.close();
      await Promise.all([close(), mail.courier.close()]);
      await traces.close();
      await registry.keepTraffic();
      await store.close();
      log.flush();
    },
  };
};

/** Loaded where it is asked for. Rejects with a CannotRun where what it needs is not installed. */
const openMcp = async (): Promise<CreateMcp> => {
  const { createMcp } = await import('./mcp/serve-http.ts');
  return createMcp();
};

/** The variable may be there for other programs: for want of the libraries nobody is kept from starting. */
const tracesTo = async (endpoint: string, log: Log): Promise<Traces> => {
  const { openTraces } = await import('./traces/open-telemetry.ts');
  try {
    return await openTraces(endpoint);
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    log.warn(error.message);
    return untold;
  }
};

/** Starts the fake, or a watch over a deployment in its place. Rejects with the reason if the port is taken or the judge does not see what it has to see. */
export const startMockServer = async (
  options: Partial<Config> = {},
  deployment?: Deployment,
): Promise<MockServer> => {
  const config = { ...defaultConfig, ...options };
  const format = config.logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json');
  const log = await createLog(config.logLevel, format);
  const mcp = config.mcp ? await openMcp() : undefined;
  const traces = config.traces === null ? untold : await tracesTo(config.traces, log);
  const store = await openStore(config.store, log.warn);
  try {
    return await startOn({ config, log, store, deployment, mcp, traces });
  } catch (error) {
    // Who tries again in this process finds it free.
    await store.close();
    throw error;
  }
};
