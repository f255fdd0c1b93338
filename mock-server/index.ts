// What a program may import from this package: the fake, to be started in its own process, and the testers' API of any fake.
export { startMockServer, type EmbeddedMock } from './embed.ts';
export { connectAdmin, type Admin, type ConnectOptions } from './client/connect.ts';
export type { CreateSandboxOptions } from './client/connect.ts';
export { AdminError } from './client/admin-error.ts';
export type { SandboxHandle } from './client/sandbox-handle.ts';
export type * from './client/schemas.ts';
export type { Config } from './config/settings.ts';
