// Before all test files: one fake for the whole run, whose address the test files are given.
import { startMockServer } from 'invitations-mock';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  // An interface, because Vitest's own is to be added to.
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- nothing else can be added to
  interface ProvidedContext {
    mockUrl: string;
  }
}

/** What it returns is called after all test files. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const mock = await startMockServer();
  project.provide('mockUrl', mock.url);
  return mock.close;
};
