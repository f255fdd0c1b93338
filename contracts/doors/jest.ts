// For tests of other projects: `import { defineContracts } from 'invitations-mock/jest'`.
import { defineNowhere } from '../engine/list.ts';
import { defineContracts as define } from './define-contracts.ts';
import type { ContractsOptions, TestRunner } from './define-contracts.ts';

export type { ContractsOptions, TestRunner } from './define-contracts.ts';

/** Defines a test for each check; to be awaited at the top of a test file. Sends nothing before the tests run. */
export const defineContracts = async (
  runner: TestRunner,
  options: ContractsOptions,
): Promise<void> => {
  define(runner, options, await defineNowhere(options.env ?? process.env));
};
