// The composition root: puts a sandbox, the API and the testers' API together and listens.
import { readFile } from 'node:fs/promises';
import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import express, { type Express } from 'express';
import type { Scenario } from '../fixtures/scenario.ts';
import { createJudge } from '../spec/judge.ts';
import { specLocation } from '../spec/openapi-document.ts';
import { toViolationsHeader } from '../spec/violations-header.ts';
import { createTokens, type Tokens } from './adapters/jwt.ts';
import { createAdmin } from './admin/create-admin.ts';
import { createApi } from './api/create-api.ts';
import type { JudgeExchange } from './api/watch.ts';
import { createCredentials, toEnvironment, type Credentials } from './credentials.ts';
import { createClock } from './sandbox/clock.ts';
import { createSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { defaultConfig } from './default-config.ts';
import type { Config } from './settings.ts';
import { allowsOrigin, handleCors } from './web/cors.ts';
import { createHttpServer } from './web/http-server.ts';
import { createLog, type Log } from './web/log.ts';
import { isLoopback } from './web/loopback.ts';
import { createRequestIds } from './web/request-id.ts';

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
const jsonDepth = 32;
/** After this long a request that has not ended is cut off. */
const drainMs = 5_000;

type Parts = {
  readonly config: Config;
  readonly sandbox: Sandbox;
  readonly scenario: Scenario;
  readonly tokens: Tokens;
  readonly judge: JudgeExchange;
  readonly log: Log;
  readonly adminToken: string | null;
  readonly isReady: () => boolean;
};

const judgeNothing: JudgeExchange = () => [];

function createApp({
  config,
  sandbox,
  scenario,
  tokens,
  judge,
  log,
  adminToken,
  isReady,
}: Parts): Express {
  const { trustProxy, corsOrigins, validation } = config;
  const bodyLimits = { bytes: config.bodyLimit, depth: jsonDepth };
  const api = createApi({
    sandbox,
    verifyToken: tokens.verify,
    newId: randomUUID,
    bodyLimits,
    trustProxy,
    onFault: log.error,
    judge,
    mode: validation,
    toHeader: toViolationsHeader,
    log: log.exchange,
    requestId: createRequestIds(),
  });
  const admin = createAdmin({
    sandbox,
    issueToken: tokens.issue,
    jwks: tokens.jwks,
    bodyLimits,
    isReady,
    adminToken,
    allowsOrigin: (origin) => allowsOrigin(corsOrigins, origin),
    readContract: () => readFile(specLocation, 'utf8'),
    trustProxy,
    // Behind the admin token the page may know a key too; it is the same person who reads it.
    tryOutWith: { ApiKeyAuth: `Api-Key ${scenario.cast.apiKeys.OWNER}`, JWTAuth: null },
  });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.use(handleCors(corsOrigins));
  app.use(api.router);
  app.use('/_mock', admin);
  app.use(api.fallback);
  app.use(api.onError);
  return app;
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string')
        reject(new Error('The server has no port.'));
      else resolve(address);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => {
      server.closeAllConnections();
    }, drainMs);
    // A connection that was busy stays open for another request, which nobody shall send any more.
    const sweep = setInterval(() => {
      server.closeIdleConnections();
    }, 50);
    server.close(() => {
      clearTimeout(cutOff);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** An address that stands for all of them cannot be called; this machine can be reached at its loopback address. */
function reachable(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

async function createWorld(
  config: Config,
  secret: string,
): Promise<{ scenario: Scenario; sandbox: Sandbox }> {
  // Faker is the slowest part to load, and nothing needs it once the scenario stands.
  const { buildScenario } = await import('../fixtures/build-scenario.ts');
  const startAt = config.startTime ?? Date.now();
  const scenario = buildScenario(config.scenario, {
    seed: config.seed,
    startAt,
    secret,
    ...(config.scenarioSize === null ? {} : { size: config.scenarioSize }),
  });
  const sandbox = createSandbox({
    name: 'default',
    clock: createClock(Date.now, config.startTime ?? undefined),
    delivery: { mode: config.delivery, delayMs: config.deliveryDelayMs },
    pageSize: config.pageSize,
    history: scenario.events,
  });
  return { scenario, sandbox };
}

/** Starts the fake. Rejects with the reason if the port is taken or the judge does not see what it has to see. */
export async function startMockServer(options: Partial<Config> = {}): Promise<MockServer> {
  const config = { ...defaultConfig, ...options };
  const isLocal = isLoopback(config.host);
  const log = await createLog(
    config.logLevel,
    config.logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json'),
  );
  const secret =
    config.secret ?? (isLocal ? `seed ${config.seed}` : randomBytes(32).toString('hex'));
  const adminToken = config.adminToken ?? (isLocal ? null : randomBytes(16).toString('hex'));
  const [{ scenario, sandbox }, tokens, judge] = await Promise.all([
    createWorld(config, secret),
    createTokens(secret),
    config.validation === 'off' ? judgeNothing : createJudge().then(({ exchange }) => exchange),
  ]);
  let isReady = true;
  const app = createApp({
    config,
    sandbox,
    scenario,
    tokens,
    judge,
    log,
    adminToken,
    isReady: () => isReady,
  });
  const server = createHttpServer(app, httpLimits);
  const { port } = await listen(server, config.port, config.host);
  const url = reachable(config.host, port);
  const credentials = await createCredentials(scenario.cast, tokens, sandbox.clock.now());
  return {
    url,
    credentials,
    env: toEnvironment(url, credentials, adminToken),
    adminToken,
    log,
    close: async () => {
      isReady = false;
      await close(server);
      log.flush();
    },
  };
}
