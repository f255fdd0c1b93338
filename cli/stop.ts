// How a server that was started by a command ends: when the process is told to.
import type { MockServer } from '../mock-server/server.ts';

/** Resolves when the server has been stopped. */
export const stoppedBySignal = (server: MockServer): Promise<void> =>
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
