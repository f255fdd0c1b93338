// The fake in a container of Testcontainers, steered as every other fake is. The library comes with the call: it is the tests'
// own, in whichever version they have, and this package needs none.
import { randomUUID } from 'node:crypto';
import { connectAdmin, type Admin } from './client/connect.ts';
import { version } from './version.ts';

type Started = {
  readonly getHost: () => string;
  readonly getMappedPort: (port: number) => number;
  readonly stop: () => Promise<unknown>;
};

type Container<Strategy> = {
  readonly withEnvironment: (variables: Record<string, string>) => Container<Strategy>;
  readonly withExposedPorts: (port: number) => Container<Strategy>;
  readonly withWaitStrategy: (strategy: Strategy) => Container<Strategy>;
  readonly start: () => Promise<Started>;
};

/** What is used of `testcontainers`. */
export type Testcontainers<Strategy> = {
  readonly GenericContainer: new (image: string) => Container<Strategy>;
  readonly Wait: { readonly forHttp: (path: string, port: number) => Strategy };
};

export type ContainerOptions = {
  /** Name and tag. `invitations-mock` of this package's version if absent. */
  readonly image?: string;
  /** Settings of the fake by their variables, such as `INVITATIONS_MOCK_SCENARIO`. */
  readonly environment?: Readonly<Record<string, string>>;
};

export type ContainedMock = {
  /** Scheme and authority, without a slash at the end. */
  readonly url: string;
  readonly adminToken: string;
  readonly admin: Admin;
  /** One that shares nothing with the others; credentials choose. */
  readonly createSandbox: Admin['createSandbox'];
  /** Stops and removes the container. */
  readonly close: () => Promise<void>;
  /** The same as `close`, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const port = 4010;

/** Starts the fake. Rejects with what Testcontainers rejects with, such as that there is no engine. */
export const startContainer = async <Strategy>(
  { GenericContainer, Wait }: Testcontainers<Strategy>,
  { image = `invitations-mock:${version()}`, environment = {} }: ContainerOptions = {},
): Promise<ContainedMock> => {
  // A container listens beyond its own loopback address, where a fake asks for a token.
  const adminToken = environment['INVITATIONS_MOCK_ADMIN_TOKEN'] ?? randomUUID();
  const started = await new GenericContainer(image)
    .withEnvironment({
      INVITATIONS_MOCK_SECRET: randomUUID(),
      ...environment,
      INVITATIONS_MOCK_ADMIN_TOKEN: adminToken,
    })
    .withExposedPorts(port)
    .withWaitStrategy(Wait.forHttp('/_mock/health/ready', port))
    .start();
  const host = started.getHost();
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${started.getMappedPort(port)}`;
  const admin = connectAdmin(url, { adminToken });
  const close = async (): Promise<void> => {
    await started.stop();
  };
  return {
    ...{ url, adminToken, admin, createSandbox: admin.createSandbox, close },
    [Symbol.asyncDispose]: close,
  };
};
