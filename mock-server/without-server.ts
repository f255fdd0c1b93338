// The fake for who asks it in its own process: requests and answers of `fetch`, and no socket is opened.
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
import type { Serve } from './web/exchange-port.ts';
import { createLog } from './web/log.ts';

/** Settings of the server that have a meaning without one. */
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

export type SettingsWithoutServer = Partial<Pick<Config, Setting>>;

export type WithoutServer = {
  /** Where requests to the API are answered. */
  readonly api: Serve;
  /** Of the testers' API. */
  readonly askAdmin: (request: Request) => Promise<Response>;
  readonly admin: Admin;
  /** The sandbox `default`. */
  readonly sandbox: SandboxHandle;
  readonly close: () => Promise<void>;
};

/** `base` is where requests lead. Rejects with the reason if the judge does not see what it has to see. */
export const openWithoutServer = async (
  base: string,
  options: SettingsWithoutServer = {},
): Promise<WithoutServer> => {
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
  return { api, askAdmin, admin, sandbox, close };
};
