// Timers for browsers: those of `node:timers/promises`, and intervals that have Node's `unref`, which does nothing where no
// process is to end.
type Options = { readonly signal?: AbortSignal; readonly ref?: boolean };

const wait = <Value>(milliseconds: number, value: Value, { signal }: Options): Promise<Value> =>
  new Promise((resolve, reject) => {
    const timer = globalThis.setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve(value);
    }, milliseconds);
    const stop = (): void => {
      globalThis.clearTimeout(timer);
      reject(new DOMException('This operation was aborted', 'AbortError'));
    };
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });

export const setTimeout = <Value>(
  milliseconds = 0,
  value?: Value,
  options: Options = {},
): Promise<Value | undefined> => wait(milliseconds, value, options);

export const setImmediate = (): Promise<void> => wait(0, undefined, {});
