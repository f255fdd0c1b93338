// The contract suites as tests of Jest: `npx jest --selectProjects contracts`. Not as modules of Jest: they come from their
// environment, so that no flag of Node is needed.
export default {
  testTimeout: 120_000,
  projects: [
    {
      displayName: 'contracts',
      rootDir: '.',
      testEnvironment: '<rootDir>/contracts/doors/jest-environment.mjs',
      testMatch: ['<rootDir>/contracts/doors/contracts.jest.cjs'],
      modulePathIgnorePatterns: [
        '<rootDir>/dist/',
        '<rootDir>/.stryker-tmp/',
        '<rootDir>/examples/',
      ],
      transform: {},
    },
  ],
};
