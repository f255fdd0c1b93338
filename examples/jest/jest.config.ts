/** @jest-config-loader esbuild-register */
// Jest with native ES modules: start it with `node --experimental-vm-modules`.
import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  globalSetup: './start-mock.ts',
  globalTeardown: './stop-mock.ts',
};

export default config;
