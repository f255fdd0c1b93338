// The suites as a Jest project of a checkout: against CONTRACT_TARGET, or against the fake, which is started for them.
import { defineNowhere } from '../engine/list.ts';
import type { Target } from '../target.ts';
import { startFake } from '../targets/fake.ts';
import { toRemote } from '../targets/remote.ts';
import { defineContracts, type TestRunner } from './define-contracts.ts';

type Prepared = {
  readonly define: (runner: TestRunner) => void;
  readonly close: () => Promise<void>;
};

const openTarget = (): Promise<Target> => {
  const address = process.env['CONTRACT_TARGET'] ?? '';
  return address === ''
    ? startFake({ ...process.env, CONTRACT_STRICT: '1' })
    : Promise.resolve(toRemote(address, process.env));
};

export const prepareContracts = async (): Promise<Prepared> => {
  const target = await openTarget();
  const { env } = target;
  const defined = await defineNowhere(env);
  return {
    // Jest takes tests only while the file runs, so that what there is has to be known before.
    define: (runner) => {
      defineContracts(runner, { target: env['CONTRACT_TARGET'] ?? '', env }, defined);
    },
    close: () => target.close(),
  };
};
