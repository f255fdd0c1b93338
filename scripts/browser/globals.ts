// What Node has everywhere and browsers do not. Injected into each file that speaks of it.
export { Buffer } from './buffer.ts';

/** Intervals have `unref` in Node. Here it does nothing: no process waits for them. */
export const setInterval = (listener: () => void, milliseconds: number): object => {
  const id = Number(globalThis.setInterval(listener, milliseconds));
  // `clearInterval` of a browser makes a number of what it is given.
  const timer = { [Symbol.toPrimitive]: () => id, unref: () => timer };
  return timer;
};

export const setImmediate = (listener: () => void): void => {
  globalThis.setTimeout(listener);
};
