// The fake with a fault in front of it, as a target of the suites: a deployment that is wrong in one way, or right in an
// unusual one.
import { startFake, type FakeOptions } from '../contracts/targets/fake.ts';
import type { Target } from '../contracts/target.ts';
import type { Ask, StartFault, World } from './mutant.ts';
import type { Transport } from '../contracts/engine/transport.ts';
import { startWire, toTransport } from './wire.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export type Play = {
  readonly start?: StartFault;
  readonly options?: FakeOptions;
  /** What the suites are told, from what leads to the fake. */
  readonly env?: (env: Env) => Env;
};

export type Stage = {
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

export const setUp = async ({ start, options = {}, env = (one) => one }: Play): Promise<Stage> => {
  // The fake's own judge has nothing to say here: the suites judge what the fault makes of its answers.
  const fake = await startFake({}, { validation: 'off', pageSize, ...options });
  const world = toWorld(fake.env, options.pageSize ?? pageSize);
  const fault = start?.(world) ?? ((ask, next) => next(ask));
  const address = fake.env['CONTRACT_TARGET'] ?? '';
  const wire = await startWire(address, fault);
  const tokenUrl = fake.env['CONTRACT_TOKEN_URL']?.replace(address, wire.url);
  return {
    changed: wire.changed,
    transport: toTransport(wire),
    target: {
      kind: 'deployment',
      name: wire.url,
      env: env({ ...fake.env, CONTRACT_TARGET: wire.url, CONTRACT_TOKEN_URL: tokenUrl }),
      close: async () => {
        await wire.close();
        await fake.close();
      },
    },
  };
};
