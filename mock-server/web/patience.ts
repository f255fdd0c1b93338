// Waiting with an answer: for as long as the client listens, and until somebody says that it is enough.
import type { ServerResponse } from 'node:http';

export type Patience = {
  /** Resolves after so long; at once when there is nothing left to wait for. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Ends this wait and all that come. */
  readonly letGo: () => void;
  readonly isOver: () => boolean;
};

export const createPatience = (response: ServerResponse): Patience => {
  let isOver = response.destroyed;
  let wake: (() => void) | undefined;
  const letGo = (): void => {
    isOver = true;
    wake?.();
  };
  response.once('close', letGo);
  // Nobody notices that a client goes away while its body is not read.
  response.req.resume();
  return {
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => wake?.(), milliseconds);
        wake = () => {
          clearTimeout(timer);
          wake = undefined;
          resolve();
        };
        if (isOver) wake();
      }),
    letGo,
    isOver: () => isOver,
  };
};
