// The suites as the tests of a test runner: each contract a group, each check a test. Takes the functions of Jest, Vitest or
// node:test, and an address or an app.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { contracts } from '../checks/contracts.ts';
import type { Event } from '../engine/events.ts';
import { placeOf } from '../engine/schedule.ts';
import { openSession, type Session } from '../engine/session.ts';
import { whyNot, type Defined } from '../engine/selection.ts';
import type { Check } from '../engine/check.ts';
import { toLeftBehind } from '../left-behind.ts';
import { readSettings } from '../settings.ts';
import { supertestTransport } from './supertest.ts';

type Define = (name: string, body: () => void | Promise<void>) => unknown;

export type TestRunner = {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly test: Define & { readonly skip: Define };
  /** `before` and `after` of node:test. */
  readonly beforeAll: (body: () => Promise<void>) => unknown;
  readonly afterAll: (body: () => Promise<void>) => unknown;
};

export type ContractsOptions = {
  /** The base address of a deployment, or what answers requests, such as an Express app. */
  readonly target: string | http.RequestListener;
  /** CONTRACT_* variables: credentials, `CONTRACT_ONLY` and so on. Default: those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Told what the run tells: exchanges, ended checks. */
  readonly listen?: (event: Event) => void;
};

type Listening = { readonly url: string; readonly close: () => Promise<void> };

const listen = async (target: ContractsOptions['target']): Promise<Listening> => {
  if (typeof target === 'string') return { url: target, close: () => Promise.resolve() };
  const server = http.createServer(target);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

type Open = { readonly session: Session; readonly close: () => Promise<readonly string[]> };

const open = async ({
  target,
  env = process.env,
  listen: tell,
}: ContractsOptions): Promise<Open> => {
  const { url, close } = await listen(target);
  const session = await openSession({
    contracts,
    settings: readSettings({ ...env, CONTRACT_TARGET: url }),
    name: url,
    signal: new AbortController().signal,
    listen: tell ?? (() => undefined),
    warn: (sentence) => {
      process.emitWarning(sentence);
    },
    transport: await supertestTransport(),
  });
  return {
    session,
    close: async () => {
      const left = await session.close();
      await close();
      return left;
    },
  };
};

/** A divergence fails where the settings are strict; what could not run always does: it has shown nothing. */
const fail = (
  { verdict, message }: { readonly verdict: string; readonly message: string },
  strict: boolean,
): void => {
  const isDivergence = verdict === 'divergence';
  if (isDivergence && !strict) process.emitWarning(`A divergence: ${message}`);
  if (verdict === 'violation' || verdict === 'could not run' || (isDivergence && strict)) {
    throw new Error(`${verdict}: ${message}`);
  }
};

const same = (one: Check, other: Check): boolean =>
  one.rule.id === other.rule.id && one.title === other.title;

/** Sends nothing before the tests run. */
export const defineContracts = (
  { describe, test, beforeAll, afterAll }: TestRunner,
  options: ContractsOptions,
  all: readonly Defined[],
): void => {
  const env = options.env ?? process.env;
  const settings = readSettings(env);
  const run: { open?: Open } = {};
  const opened = (): Open => {
    if (run.open === undefined) throw new Error('The run was not opened: see the first failure.');
    return run.open;
  };
  const perform = async (check: Check, { contract }: Defined): Promise<void> => {
    const { session } = opened();
    const own = session.defined.find((one) => one.contract === contract);
    const found = own?.checks.find((one) => same(one, check));
    if (own !== undefined && found !== undefined) {
      fail(await session.perform(found, own), settings.strict);
    }
  };
  const leave = async ({ contract }: Defined): Promise<void> => {
    const own = run.open?.session.defined.find((one) => one.contract === contract);
    if (own !== undefined) await run.open?.session.leave(own);
  };
  beforeAll(async () => {
    run.open = await open(options);
  });
  const defined = [...all].sort((one, other) => placeOf(one) - placeOf(other));
  for (const one of defined.filter(({ checks }) => checks.length > 0)) {
    describe(one.contract.name, () => {
      for (const check of one.checks) {
        const name = `[${check.rule.id}] ${check.title}`;
        const body = (): Promise<void> => perform(check, one);
        if (whyNot(check, settings) === undefined) test(name, body);
        else test.skip(name, body);
      }
      afterAll(() => leave(one));
    });
  }
  test('the answers to all of them keep the other rules', async () => {
    for (const ended of await opened().session.elsewhere()) fail(ended, settings.strict);
  });
  afterAll(async () => {
    const left = (await run.open?.close()) ?? [];
    if (left.length > 0) throw new Error(toLeftBehind(left, settings.target).join('\n'));
  });
};
