// A store with somebody who counts what it does. It changes nothing of it.
import { StaleError, type Store, type StoreError, type Stream } from './store.ts';

export type StoreWatch = {
  readonly appended: (type: string) => void;
  /** Somebody waited as long until what was appended was kept. In milliseconds. */
  readonly kept: (ms: number) => void;
  /** A sandbox was loaded in that time. In milliseconds. */
  readonly loaded: (ms: number) => void;
  readonly failed: (reason: StoreError['reason']) => void;
  /** Another process has made the world anew or ended it, and something has to be done again. */
  readonly conflicted: () => void;
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

/** Of a stream that others have too: a turn ends when what was done in it is kept. */
const watchTurns = (stream: Stream, watch: StoreWatch): Stream => ({
  ...stream,
  turn: async (kind, work) => {
    const at = performance.now();
    try {
      return await stream.turn(kind, work);
    } catch (error) {
      if (error instanceof StaleError) watch.conflicted();
      throw error;
    } finally {
      watch.kept(performance.now() - at);
    }
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
    const stream = watchStream(store.open(name, { ...subject, onFailure }), watch);
    return store.sharing?.claims === undefined ? stream : watchTurns(stream, watch);
  },
});
