// The composition root: puts sandboxes, the API and the testers' API together and listens.
import { randomBytes, randomUUID } from 'node:crypto';
import { dump } from 'js-yaml';
import { readEdition } from '../spec/editions.ts';
import { createJudges } from '../spec/judges.ts';
import { createRuleFinder } from '../spec/rules.ts';
import { toViolationsHeader } from '../spec/violations-header.ts';
import { createTokens } from './adapters/jwt.ts';
import { createAdmin } from './admin/create-admin.ts';
import { createApi } from './api/create-api.ts';
import type { JudgeOf } from './api/finish-exchange.ts';
import { createForward, type Deployment } from './forward/forward.ts';
import { createCredentials, toEnvironment, type Credentials } from './credentials.ts';
import { adminPath, chooseByPath, serveForward } from './choose-handle.ts';
import { defaultConfig } from './config/config.ts';
import { createMailService, type MailService } from './adapters/mail.ts';
import { buildSandbox, planOf } from './plan.ts';
import type { SandboxPlan } from './sandboxes/sandbox-plan.ts';
import { createRegistry, type Registry } from './sandboxes/registry.ts';
import type { Config } from './config/settings.ts';
import { openStore } from './stores/open-store.ts';
import type { Store } from './stores/store.ts';
import { allowsOrigin } from './web/cors.ts';
import { createHttpServer, type Handle } from './web/http-server.ts';
import { listen, reachable } from './web/listen.ts';
import { createLog, type Log } from './web/log.ts';
import { isLoopback } from './web/loopback.ts';
import { mountRouter } from './web/mount-router.ts';
import { toRequest, toWire } from './web/node-port.ts';
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

type Parts = {
  readonly config: Config;
  readonly registry: Registry;
  readonly plan: SandboxPlan;
  readonly judgeOf: JudgeOf;
  readonly mail: MailService;
  readonly log: Log;
  readonly adminToken: string | null;
  readonly isReady: () => boolean;
  readonly deployment: Deployment | undefined;
};

const judgeNothing: JudgeOf = () => ({ exchange: () => [] });

const createHandle = (parts: Parts): Handle => {
  const { config, registry, plan, judgeOf, mail, log, adminToken, isReady, deployment } = parts;
  const { trustProxy, corsOrigins, validation } = config;
  const bodyLimits = { bytes: config.bodyLimit, depth: jsonDepth };
  const shared = {
    bodyLimits,
    judgeOf,
    toHeader: toViolationsHeader,
    log: log.exchange,
    requestId: createRequestIds(),
  };
  const api = createApi({
    select: (authorization) => {
      const { sandbox, tokens } = registry.select(authorization);
      return { sandbox, verifyToken: tokens.verify };
    },
    newId: randomUUID,
    invitationLimit: config.invitationLimit,
    onFault: log.error,
    mode: validation,
    ...shared,
  });
  const admin = createAdmin({
    registry,
    plan,
    acceptTemplate: mail.acceptTemplate,
    findRule: createRuleFinder(),
    bodyLimits,
    isReady,
    strictPeople: config.strictPeople,
    adminToken,
    allowsOrigin: (origin) => allowsOrigin(corsOrigins, origin),
    readContract: async () =>
      dump(await readEdition(registry.standard.sandbox.readings().edition), { noRefs: true }),
    trustProxy,
    // Behind the admin token the page may know a key too; it is the same person who reads it.
    tryOutWith: () => ({
      ApiKeyAuth: `Api-Key ${registry.standard.cast.apiKeys.OWNER}`,
      JWTAuth: null,
    }),
  });
  const forward =
    deployment && createForward({ ...shared, deployment, sandbox: registry.standard.sandbox });
  const serveAdmin = mountRouter(adminPath, admin, log.error);
  const serveApi: Handle = (request, response) => {
    void api(toRequest(request, trustProxy), toWire(response));
  };
  const serveOthers = forward === undefined ? serveApi : serveForward(forward, log);
  return chooseByPath(config, serveAdmin, serveOthers);
};

type Foundation = {
  readonly config: Config;
  readonly log: Log;
  readonly store: Store;
  readonly deployment: Deployment | undefined;
};

const startOn = async ({ config, log, store, deployment }: Foundation): Promise<MockServer> => {
  const isLocal = isLoopback(config.host);
  const secret =
    config.secret ?? (isLocal ? `seed ${config.seed}` : randomBytes(32).toString('hex'));
  const adminToken = config.adminToken ?? (isLocal ? null : randomBytes(16).toString('hex'));
  const plan = await planOf(config);
  const mail = await createMailService(config, log.warn);
  const judgeOf = config.validation === 'off' ? judgeNothing : createJudges();
  const [registry] = await Promise.all([
    createRegistry({
      secret,
      limit: config.sandboxLimit,
      plan: { ...plan, timeToLiveMs: null },
      buildScenario: buildSandbox,
      createTokens,
      store,
      warn: log.warn,
      courier: mail.courier,
      now: Date.now,
    }),
    judgeOf(plan.readings.edition),
  ]);
  let isReady = true;
  const parts = {
    ...{ config, registry, plan, judgeOf, mail, log, adminToken, deployment },
    isReady: () => isReady,
  };
  const { server, close } = createHttpServer(createHandle(parts), httpLimits);
  const { port } = await listen(server, config.port, config.host);
  const url = reachable(config.host, port);
  mail.listensAt(url);
  const { cast, tokens, sandbox } = registry.standard;
  const credentials = await createCredentials(cast, tokens, sandbox.clock.now());
  return {
    url,
    credentials,
    env: toEnvironment(url, credentials, { path: '/_mock/tokens', adminToken }),
    adminToken,
    log,
    close: async () => {
      isReady = false;
      registry.close();
      await Promise.all([close(), mail.courier.close()]);
      await store.close();
      log.flush();
    },
  };
};

/** Starts the fake, or a watch over a deployment in its place. Rejects with the reason if the port is taken or the judge does not see what it has to see. */
export const startMockServer = async (
  options: Partial<Config> = {},
  deployment?: Deployment,
): Promise<MockServer> => {
  const config = { ...defaultConfig, ...options };
  const format = config.logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json');
  const log = await createLog(config.logLevel, format);
  const store = await openStore(config.store, log.warn);
  try {
    return await startOn({ config, log, store, deployment });
  } catch (error) {
    // Who tries again in this process finds it free.
    await store.close();
    throw error;
  }
};
