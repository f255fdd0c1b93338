// The fake as handlers for MSW 2: requests are answered in the process that makes them, and no socket is opened.
import { http, HttpResponse, type HttpHandler } from 'msw';
import { adminPath } from './choose-handle.ts';
import type { Admin } from './client/connect.ts';
import type { SandboxHandle } from './client/sandbox-handle.ts';
import { defaultConfig } from './config/config.ts';
import {
  openWithoutServer,
  type SettingsWithoutServer,
  type WithoutServer,
} from './without-server.ts';
import { toFetch } from './web/fetch-port.ts';

export type HandlersOptions = SettingsWithoutServer & {
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

const toHandler = (path: RegExp, answer: WithoutServer['askAdmin']): HttpHandler =>
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
  const { api, askAdmin, admin, sandbox, close } = await openWithoutServer(base, options);
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
