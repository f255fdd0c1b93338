// The fake as handlers for MSW 2: requests are answered in the process that makes them, and no socket is opened.
import { http, HttpResponse, type HttpHandler } from 'msw';
import { createAdminFetch } from './admin/create-admin-fetch.ts';
import { adminPath } from './choose-handle.ts';
import { connectAdmin, type Admin } from './client/connect.ts';
import type { SandboxHandle } from './client/sandbox-handle.ts';
import { defaultConfig } from './config/config.ts';
import type { Config } from './config/settings.ts';
import { openCore } from './core.ts';
import { defaultName } from './sandboxes/registry.ts';
import { parseSeedText } from './seed-parser.ts';
import { createMemoryStore } from './stores/memory.ts';
import { toFetch } from './web/fetch-port.ts';
import { createLog } from './web/log.ts';

/** Those of the server that have a meaning without one. */
type Setting =
  | 'scenario'
  | 'world'
  | 'scenarioSize'
  | 'seed'
  | 'startTime'
  | 'edition'
  | 'readings'
  | 'pageSize'
  | 'delivery'
  | 'deliveryDelayMs'
  | 'deliveryReads'
  | 'sandboxLimit'
  | 'invitationLimit'
  | 'memoryLimit'
  | 'acceptUrl'
  | 'validation'
  | 'bodyLimit'
  | 'strictPeople'
  | 'logLevel';

export type HandlersOptions = Partial<Pick<Config, Setting>> & {
  /** Scheme and authority under which the client asks for the API. `http://127.0.0.1:4010` if absent. */
  readonly baseUrl?: string;
};

export type InvitationsHandlers = {
  /** For `setupServer` and `server.use`. */
  readonly handlers: readonly HttpHandler[];
  /** The sandbox `default`: clock, delivery, messages, faults, traffic, tokens, reset. */
  readonly sandbox: SandboxHandle;
  /** Whole `Authorization` values of that sandbox. */
  readonly credentials: SandboxHandle['credentials'];
  readonly admin: Admin;
  /** One more, which shares nothing with the others; credentials choose. */
  readonly createSandbox: Admin['createSandbox'];
  /** Ends what waits for messages and for time. Requests are no longer to be made. */
  readonly close: () => Promise<void>;
  /** The same as `close`, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const readBase = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) {
    return url.origin;
  }
  throw new TypeError(
    `baseUrl is "${text}"; it has to be scheme, host and port alone, such as https://api.example.com.`,
  );
};

/** Every path of `base`, with nothing in it to decode. */
const below = (base: string, path: string): RegExp =>
  new RegExp(`^${`${base}${path}`.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:/.*)?$`);

type Answer = (request: Request) => Promise<Response>;

const toHandler = (path: RegExp, answer: Answer): HttpHandler =>
  http.all(path, async ({ request }) => {
    try {
      return await answer(request);
    } catch {
      // A connection that is reset: fetch rejects, as it does where there is a server.
      return HttpResponse.error();
    }
  });

/** Makes the fake. Rejects with the reason if a setting is none, or the judge does not see what it has to see. */
export const createInvitationsHandlers = async ({
  baseUrl = `http://${defaultConfig.host}:${defaultConfig.port}`,
  ...options
}: HandlersOptions = {}): Promise<InvitationsHandlers> => {
  const base = readBase(baseUrl);
  const config: Config = { ...defaultConfig, logLevel: 'silent', ...options };
  const log = await createLog(config.logLevel, 'json');
  const store = createMemoryStore();
  const core = await openCore({ config, log, store, secret: `seed ${config.seed}` });
  const { registry, mail, api, adminContext } = core;
  mail.listensAt(base);
  let isReady = true;
  const context = {
    ...adminContext,
    parseSeed: parseSeedText,
    adminToken: null,
    isReady: () => isReady,
  };
  const askAdmin = createAdminFetch(context, adminPath, log.error);
  const admin = connectAdmin(base, { fetch: askAdmin });
  const sandbox = await admin.sandbox(defaultName);
  const close = async (): Promise<void> => {
    isReady = false;
    registry.close();
    await store.close();
    log.flush();
  };
  return {
    handlers: [
      toHandler(below(base, adminPath), askAdmin),
      toHandler(below(base, ''), toFetch(api)),
    ],
    sandbox,
    get credentials() {
      return sandbox.credentials;
    },
    admin,
    createSandbox: admin.createSandbox,
    close,
    [Symbol.asyncDispose]: close,
  };
};
