// The command `start`: the fake, until it is told to stop.
import { readConfig } from '../mock-server/config/config.ts';
import { settings } from '../mock-server/config/settings.ts';
import type { MockServer } from '../mock-server/server.ts';
import { toMain } from './run-command.ts';
import { startAsAsked } from './started.ts';

/** Resolves when the server has been stopped. */
const stoppedBySignal = (server: MockServer): Promise<void> =>
  new Promise((resolve) => {
    let isStopping = false;
    const stop = (): void => {
      // A second signal does not wait for those who are still talking.
      if (isStopping) process.exit(0);
      isStopping = true;
      void server.close().then(resolve);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });

export const startMain = toMain(
  {
    about: 'A stateful fake of the Invitations API.',
    settings: Object.values(settings),
    notes: 'Exit code: 0 stopped as asked; 2 could not run as asked.',
  },
  async ({ read }) => {
    let stopped: Promise<void> | undefined;
    await startAsAsked(readConfig(read), (server) => {
      stopped = stoppedBySignal(server);
    });
    await stopped;
    return 0;
  },
);
