// The suites as a Jest project of a checkout: against CONTRACT_TARGET, or against the fake, which is started for them.
import { startFakeAsTold } from '../targets/fake.ts';
import { inASentence } from './given.ts';
import { prepareContracts, type TestRunner } from './jest.ts';

type Prepared = {
  readonly define: (runner: TestRunner) => void;
  readonly close: () => Promise<void>;
};

export const prepareProject = async (): Promise<Prepared> => {
  const address = process.env['CONTRACT_TARGET'] ?? '';
  const { env, close } =
    address === ''
      ? await startFakeAsTold({ ...process.env, CONTRACT_STRICT: '1' })
      : { env: process.env, close: () => Promise.resolve() };
  try {
    return { define: await prepareContracts({ target: env['CONTRACT_TARGET'] ?? '', env }), close };
  } catch (error) {
    await close();
    throw inASentence(error);
  }
};
