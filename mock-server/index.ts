// What a program may import from this package: the fake, to be started in its own process.
export { startMockServer, type MockServer } from './server.ts';
export type { Config } from './settings.ts';
