// The command `start`: the fake, until it is told to stop.
import { readConfig } from '../mock-server/config/config.ts';
import { settings } from '../mock-server/config/settings.ts';
import { toMain } from './run-command.ts';
import { startAsAsked } from './started.ts';
import { stoppedBySignal } from './stop.ts';

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
