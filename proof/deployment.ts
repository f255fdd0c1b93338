// The fake with a fault in front of it, as a target of the suites: a deployment that is wrong in one way, or right in an
// unusual one.
import type { Target } from '../contracts/target.ts';
import {
  openWithoutServer,
  type SettingsWithoutServer,
  type WithoutServer,
} from '../mock-server/without-server.ts';
import type { Ask, Next, Reply, StartFault, World } from './mutant.ts';
import { parseBody } from '../mock-server/web/body.ts';
import type { HttpRequest, Serve, Wire } from '../mock-server/web/exchange-port.ts';
import type { Transport } from '../contracts/engine/transport.ts';
import { startWire, toTransport } from './wire.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export type DeploymentOptions = {
  readonly start?: StartFault;
  readonly options?: SettingsWithoutServer;
  /** What the suites are told, from what leads to the fake. */
  readonly env?: (env: Env) => Env;
};

export type Deployment = {
  readonly target: Target;
  readonly changed: () => number;
  /** For suites in this process: through the fault, without a socket of its own. */
  readonly transport: Transport;
};

const pageSize = 10;

const toWorld = (env: Env, size: number): World => {
  const credentials = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith('CONTRACT_AUTH_') && value !== undefined
      ? [[name.slice('CONTRACT_AUTH_'.length), value] as const]
      : [],
  );
  const names = new Map(credentials.map(([name, value]) => [value, name.replace(/_JWT$/, '')]));
  const values = new Map(credentials);
  return {
    pageSize: size,
    inviteeEmail: env['CONTRACT_INVITEE_EMAIL'] ?? '',
    credential: (name) => values.get(name) ?? '',
    callerOf: (ask: Ask) => names.get(ask.headers['authorization'] ?? ''),
  };
};

/** Where the fake is asked: the address that a request came to leads to it. */
const base = 'http://fake.test';

/** An exchange as plain values: nothing is streamed to the suites. */
const askPlainly = (serve: Serve, { method, path, headers, body: sent }: Ask): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const isHead = method === 'HEAD';
    let isOut = false;
    const unasked = (): never => {
      throw new Error('Only whole answers can be broken.');
    };
    const request: HttpRequest = {
      ...{ method, headers, target: path, base: `http://${headers['host'] ?? ''}` },
      hasBody: sent !== '',
      readBody: (limits) => Promise.resolve(parseBody(Buffer.from(sent), headers, limits)),
    };
    const wire: Wire = {
      ...{ isHead, hasBegun: () => isOut, hasEnded: () => isOut, isClosed: () => isOut },
      onClose: () => undefined,
      write: ({ status, headers: own, body = '' }) => {
        isOut = true;
        resolve({ status, headers: own, body: isHead ? '' : body });
      },
      ...{ begin: unasked, push: unasked, end: unasked, cut: unasked },
    };
    serve(request, wire).catch(reject);
  });

const toNext =
  ({ api, askAdmin }: WithoutServer): Next =>
  async (ask) => {
    const { method, path, headers, body } = ask;
    if (!path.startsWith('/_mock')) return askPlainly(api, ask);
    const asked = { method, headers, body: method === 'GET' ? null : body };
    const answer = await askAdmin(new Request(`${base}${path}`, asked));
    const { status } = answer;
    return { status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  };

export const setUp = async ({
  start,
  options = {},
  env = (one) => one,
}: DeploymentOptions): Promise<Deployment> => {
  // The fake's own judge has nothing to say here: the suites judge what the fault makes of its answers.
  const fake = await openWithoutServer(base, { validation: 'off', pageSize, ...options });
  const given = fake.sandbox.env;
  const world = toWorld(given, options.pageSize ?? pageSize);
  const fault = start?.(world) ?? ((ask, next) => next(ask));
  const wire = await startWire(toNext(fake), fault);
  const tokenUrl = given['CONTRACT_TOKEN_URL']?.replace(base, wire.url);
  return {
    changed: wire.changed,
    transport: toTransport(wire),
    target: {
      kind: 'deployment',
      name: wire.url,
      env: env({ ...given, CONTRACT_TARGET: wire.url, CONTRACT_TOKEN_URL: tokenUrl }),
      close: async () => {
        await wire.close();
        await fake.close();
      },
    },
  };
};
