// Waiting with an answer: for as long as the client listens, and until somebody says that it is enough.
import type { Wire } from './exchange-port.ts';

export type Patience = {
  /** Resolves after so long; at once when there is nothing left to wait for. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Ends this wait and all that come. */
  readonly letGo: () => void;
  readonly isOver: () => boolean;
};

export const createPatience = (wire: Wire): Patience => {
  let isOver = wire.isClosed();
  let wake: (() => void) | undefined;
  const letGo = (): void => {
    isOver = true;
    wake?.();
  };
  wire.onClose(letGo);
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
