// A store that takes nothing more for a while: what it did not keep has not happened, and later all goes on.
import { expect, test } from '@jest/globals';
import { buildScenario } from '../../fixtures/build-scenario.ts';
import { defaultReadings } from '../../spec/vocabulary.ts';
import { createTokens } from '../adapters/jwt.ts';
import { nowhere } from '../sandbox/courier.ts';
import { defaultDelivery } from '../sandbox/delivery-settings.ts';
import { alone, StaleError, StoreError, type Store, type StoredEvent } from '../stores/store.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';
import { createRegistry, type Registry } from './registry.ts';
import { toHostedEvents } from './subject.ts';

/** Keeps at once, unless it is told to fail; then it fails once, and cannot be read once either. */
const aStore = () => {
  let kept: readonly StoredEvent[] = [];
  let [fails, cannotLoad] = [false, false];
  const store: Store = {
    names: () => Promise.resolve(['default']),
    load: () => {
      if (kept.length === 0) return Promise.reject(new StaleError('There is none.'));
      if (!cannotLoad) return Promise.resolve(kept);
      cannotLoad = false;
      return Promise.reject(new StoreError('unavailable', 'It is away.'));
    },
    open: (_name, subject) => {
      let error: StoreError | undefined;
      return {
        append: (event) => {
          if (fails) {
            fails = false;
            cannotLoad = true;
            error = new StoreError('full', 'It is full.');
            subject.onFailure(error);
          }
          if (error === undefined) kept = [...kept, event];
        },
        restart: () => {
          kept = [...subject.image()];
        },
        kept: () => (error === undefined ? undefined : Promise.reject(error)),
        remove: () => undefined,
        ...alone,
      };
    },
    sharing: {
      find: () => Promise.resolve('default'),
      sweep: () => Promise.resolve({ all: new Set(['default']), waiting: [] }),
      unfound: () => [],
      claims: undefined,
      traffic: undefined,
    },
    isReady: () => Promise.resolve(true),
    close: () => Promise.resolve(),
  };
  return {
    store,
    fail: () => {
      fails = true;
    },
  };
};

const open = async (store: Store, said: string[]): Promise<Registry> =>
  createRegistry({
    ...{
      store,
      secret: 'secret',
      limit: 10,
      memoryLimit: 1e9,
      createTokens,
      courier: nowhere,
      now: Date.now,
    },
    plan: {
      ...{
        scenario: 'empty',
        world: null,
        scenarioSize: null,
        seed: 1,
        startTime: null,
        frozen: false,
        faults: [],
        pageSize: 10,
      },
      ...{ delivery: defaultDelivery, timeToLiveMs: null, readings: defaultReadings },
    },
    buildScenario: ({ scenario, seed }, secret, startAt) =>
      buildScenario(scenario, { seed, secret, startAt }),
    warn: (message) => said.push(message),
  });

test('what was not kept is undone for whoever comes once it can be loaded', async () => {
  const said: string[] = [];
  const { store, fail } = aStore();
  const registry = await open(store, said);
  const { standard: before } = registry;
  before.sandbox.clock.freeze();
  expect(before.sandbox.kept()).toBeUndefined();
  fail();
  before.sandbox.clock.advance(1_000);
  await expect(before.sandbox.kept()).rejects.toThrow('It is full.');
  const enter = async (): Promise<HostedSandbox> =>
    registry.enter(
      { scheme: 'api-key', value: before.callers.apiKeys.OWNER },
      { kind: 'read', prepare: () => Promise.resolve(), run: (hosted) => hosted },
    );
  await expect(enter()).rejects.toThrow('It is away.');
  const after = await enter();
  expect(after).toBe(registry.standard);
  expect(after.sandbox.clock.now()).toBe(before.sandbox.clock.now() - 1_000);
  expect(after.sandbox.kept()).toBeUndefined();
  expect(said).toEqual(['What happened in the sandbox "default" was not kept: It is full.']);
  registry.close();
});

test('what an earlier version has written is read as this one would write it', () => {
  const [plan, name] = [{ scenario: 'team' }, '"cast":{'];
  const image = { plan, cast: { name } };
  expect(
    toHostedEvents('old', [
      Object.assign({ type: 'PlanChosen' }, image),
      Object.assign({ type: 'SnapshotTaken' }, { snapshot: { image } }),
    ]),
  ).toEqual([
    { type: 'SandboxPlanned', plan, callers: { name } },
    { type: 'SnapshotKept', snapshot: { image: { plan, callers: { name } } } },
  ]);
});
