// A store with somebody who counts what it does. It changes nothing of it.
import type { Store, StoreError, Stream } from './store.ts';

export type StoreWatch = {
  readonly appended: (type: string) => void;
  /** Somebody waited as long until what was appended was kept. In milliseconds. */
  readonly kept: (ms: number) => void;
  /** A sandbox was loaded in that time. In milliseconds. */
  readonly loaded: (ms: number) => void;
  readonly failed: (reason: StoreError['reason']) => void;
};

const watchStream = (stream: Stream, watch: StoreWatch): Stream => ({
  ...stream,
  append: (event) => {
    watch.appended(event.type);
    stream.append(event);
  },
  kept: () => {
    const kept = stream.kept();
    if (kept === undefined) return undefined;
    const at = performance.now();
    const tell = (): void => {
      watch.kept(performance.now() - at);
    };
    kept.then(tell, tell);
    return kept;
  },
});

export const watchStore = (store: Store, watch: StoreWatch): Store => ({
  ...store,
  load: async (name) => {
    const at = performance.now();
    const events = await store.load(name);
    watch.loaded(performance.now() - at);
    return events;
  },
  open: (name, subject) => {
    const onFailure = (error: StoreError): void => {
      watch.failed(error.reason);
      subject.onFailure(error);
    };
    return watchStream(store.open(name, { ...subject, onFailure }), watch);
  },
});
