// Tells whoever listens, until they stop listening.

export type Signal<Value> = {
  readonly emit: (value: Value) => void;
  readonly listen: (listener: (value: Value) => void, until: AbortSignal) => void;
  /** What was told last. */
  readonly last: () => Value | undefined;
};

export const createSignal = <Value>(): Signal<Value> => {
  const listeners = new Set<(value: Value) => void>();
  let last: Value | undefined;
  return {
    emit: (value) => {
      last = value;
      for (const listener of [...listeners]) listener(value);
    },
    listen: (listener, until) => {
      if (until.aborted) return;
      listeners.add(listener);
      until.addEventListener('abort', () => listeners.delete(listener));
    },
    last: () => last,
  };
};
