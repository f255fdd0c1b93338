// What a fake is made of, whoever hands it its requests: the sandboxes, the API over them, and what the testers' API works
// with.
import { randomUUID } from 'node:crypto';
import { judges } from '../spec/judges.ts';
import { createRuleFinder } from '../spec/rules.ts';
import { toViolationsHeader } from '../spec/violations-header.ts';
import { createTokens } from './adapters/jwt.ts';
import { createMailService, type MailService } from './adapters/mail.ts';
import type { AdminContext } from './admin/context.ts';
import type { ApiOptions } from './api/answer-request.ts';
import { createApi } from './api/create-api.ts';
import type { FinishOptions, JudgeOf } from './api/finish-exchange.ts';
import type { Config } from './config/settings.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { buildSandbox, planOf } from './plan.ts';
import { usualMemoryLimit } from './sandboxes/memory.ts';
import { createRegistry, type Registry } from './sandboxes/registry.ts';
import type { Store } from './stores/store.ts';
import { watchStore } from './stores/watched.ts';
import { untold, type Traces } from './traces/traced.ts';
import type { BodyLimits } from './web/body.ts';
import type { Serve } from './web/exchange-port.ts';
import type { Log } from './web/log.ts';
import { createRequestIds } from './web/request-id.ts';

const jsonDepth = 32;
/** Methods of those who only look. */
const reads: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

const judgeNothing: JudgeOf = () => ({ exchange: () => [] });

export type CoreOptions = {
  /** Where nobody collects them if absent. */
  readonly traces?: Traces;
  readonly config: Config;
  readonly log: Log;
  readonly store: Store;
  /** What keys and tokens are made from. */
  readonly secret: string;
};

export type Core = {
  readonly registry: Registry;
  readonly mail: MailService;
  readonly api: Serve;
  readonly adminContext: Omit<AdminContext, 'adminToken' | 'isReady' | 'parseSeed'>;
  /** What finishes exchanges that something other than the API answers. */
  readonly finishing: Omit<FinishOptions, 'mode'> & { readonly bodyLimits: BodyLimits };
};

const finishWith = (
  judgeOf: JudgeOf,
  metrics: Metrics,
  { log, traces = untold }: Pick<CoreOptions, 'log' | 'traces'>,
): Omit<FinishOptions, 'mode'> => ({
  judgeOf,
  toHeader: toViolationsHeader,
  log: (exchange) => {
    metrics.exchange(exchange);
    log.exchange(exchange, traces.exchange(exchange));
  },
  requestId: createRequestIds(),
});

const enterBy =
  (registry: Registry, bodyLimits: BodyLimits): ApiOptions['enter'] =>
  (authorization, request, work) =>
    registry.enter(authorization, {
      kind: reads.has(request.method) ? 'read' : 'write',
      prepare: () => request.readBody(bodyLimits),
      run: ({ sandbox, tokens }) => work({ sandbox, verifyToken: tokens.verify }),
    });

/** Rejects with the reason where the store, the seed file or the judge is not what it has to be. */
export const openCore = async (options: CoreOptions): Promise<Core> => {
  const { config, log, store, secret } = options;
  const { validation, invitationLimit, strictPeople, trustProxy } = config;
  const metrics = createMetrics();
  const plan = await planOf(config);
  const mail = await createMailService(config, log.warn);
  const judgeOf = validation === 'off' ? judgeNothing : judges;
  const [registry] = await Promise.all([
    createRegistry({
      secret,
      limit: config.sandboxLimit,
      memoryLimit: config.memoryLimit ?? usualMemoryLimit(),
      plan: { ...plan, timeToLiveMs: null },
      buildScenario: buildSandbox,
      createTokens,
      store: watchStore(store, metrics.store),
      warn: log.warn,
      courier: mail.courier,
      now: Date.now,
    }),
    judgeOf(plan.readings.edition),
  ]);
  const bodyLimits = { bytes: config.bodyLimit, depth: jsonDepth };
  const finishing = { bodyLimits, ...finishWith(judgeOf, metrics, options) };
  const api = createApi({
    enter: enterBy(registry, bodyLimits),
    standard: () => registry.standard.sandbox,
    whyFull: registry.memory.whyFull,
    newId: randomUUID,
    invitationLimit,
    onFault: log.error,
    mode: validation,
    ...finishing,
  });
  const { acceptTemplate } = mail;
  const findRule = createRuleFinder();
  const readMetrics = (): string =>
    metrics.read({
      ...{ sandboxes: registry.list().length, unreadable: registry.unreadable() },
      memory: { used: registry.memory.used(), limit: registry.memory.limit },
    });
  const adminContext = {
    readMetrics,
    isStoreReady: store.isReady,
    ...{ registry, plan, acceptTemplate, findRule, bodyLimits, strictPeople, trustProxy },
  };
  return { registry, mail, api, adminContext, finishing };
};
