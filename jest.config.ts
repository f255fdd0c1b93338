/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

const base = {
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stryker-tmp/'],
} satisfies Config;

const config: Config = {
  // For machines that are busy with other things: what hangs has deadlines of its own.
  testTimeout: 60_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/domain/**/*.test.ts',
        '<rootDir>/fixtures/**/*.test.ts',
        '<rootDir>/spec/**/*.test.ts',
        '<rootDir>/docs/**/*.test.ts',
      ],
    },
    {
      ...base,
      displayName: 'http',
      testMatch: [
        '<rootDir>/mock-server/!(domain)/**/*.test.ts',
        '<rootDir>/mock-server/*.test.ts',
      ],
    },
    {
      ...base,
      displayName: 'harness',
      testMatch: ['<rootDir>/{contracts,bench,cli,scripts}/**/*.test.ts'],
    },
    {
      ...base,
      displayName: 'nightly',
      testMatch: ['<rootDir>/scripts/**/*.test.ts'],
    },
    {
      ...base,
      displayName: 'contracts',
      testMatch: ['<rootDir>/contracts/**/*.contract.ts'],
    },
  ],
};

export default config;
