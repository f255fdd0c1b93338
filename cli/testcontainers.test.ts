// The fake in a container, without an engine: what stands in for it runs the same program with the variables of the image.
import { expect, test } from '@jest/globals';
import { runtime } from '../scripts/image/archive.ts';
import { startContainer, type Testcontainers } from '../mock-server/testcontainers.ts';
import { version } from '../mock-server/version.ts';
import { launchCommand, program, type Launched } from './launch.suite.ts';

type Strategy = { readonly path: string; readonly port: number };

/** An engine that maps the port of the image to one that is free. */
const createEngine = () => {
  const seen: { image?: string; strategy?: Strategy; launched?: Launched; exposed?: number } = {};
  const variables: Record<string, string> = {};
  for (const line of runtime.Env) {
    const [name = '', value = ''] = line.split('=', 2);
    variables[name] = value;
  }

  const start = async () => {
    const env = { ...variables, INVITATIONS_MOCK_PORT: '0', INVITATIONS_MOCK_HOST: '0.0.0.0' };
    const launched = launchCommand(process.execPath, [...program(), ...runtime.Cmd], { env });
    seen.launched = launched;
    const [, port = ''] = /:(\d+)\/_mock\//.exec(await launched.said('by role')) ?? [];
    return {
      getHost: () => '127.0.0.1',
      getMappedPort: () => Number(port),
      stop: () => {
        launched.child.kill('SIGTERM');
        return launched.ended;
      },
    };
  };

  class Contained {
    constructor(image: string) {
      seen.image = image;
    }

    readonly withEnvironment = (given: Record<string, string>): this => {
      Object.assign(variables, given);
      return this;
    };

    readonly withExposedPorts = (port: number): this => {
      seen.exposed = port;
      return this;
    };

    readonly withWaitStrategy = (strategy: Strategy): this => {
      seen.strategy = strategy;
      return this;
    };

    readonly start = start;
  }

  const library: Testcontainers<Strategy> = {
    GenericContainer: Contained,
    Wait: { forHttp: (path, port) => ({ path, port }) },
  };
  return { library, seen };
};

test('a test gets a sandbox of a fake in a container, which ends with it', async () => {
  const { library, seen } = createEngine();
  const environment = { INVITATIONS_MOCK_SCENARIO: 'empty' };
  const mock = await startContainer(library, { environment });
  expect(seen).toMatchObject({
    image: `invitations-mock:${version()}`,
    exposed: 4_010,
    strategy: { path: '/_mock/health/ready', port: 4_010 },
  });
  const refused = await fetch(`${mock.url}/_mock/sandboxes`);
  expect(refused.status).toBe(401);
  const sandbox = await mock.createSandbox({ name: 'of-a-test' });
  const authorization = sandbox.credentials.OWNER.api_key;
  const answer = await fetch(`${mock.url}/api/v1/invitations/`, { headers: { authorization } });
  expect(answer.status).toBe(200);
  await mock.close();
  expect((await seen.launched?.ended)?.code).toBe(0);
});
