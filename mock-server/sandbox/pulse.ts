// Sees to it that what is due happens although nobody looks: a timer that runs only while it is needed.

export type Pulse = {
  /** To be called when it may be needed, or needed no longer. */
  readonly update: () => void;
  readonly stop: () => void;
};

const beatMs = 25;

export const createPulse = (isNeeded: () => boolean, beat: () => void): Pulse => {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    update: () => {
      if (!isNeeded()) stop();
      else timer ??= setInterval(beat, beatMs).unref();
    },
    stop,
  };
};
