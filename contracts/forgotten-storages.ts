// AsyncLocalStorages that nobody needs any more. Jest gives each check file a Jest of its own, with such a storage; before
// Node 24 each one that was ever used is looked at whenever a promise is made, and keeps alive what it refers to. With
// dozens of files, and hundreds of runs in one process, that is most of the time and of the memory.
import { AsyncLocalStorage } from 'node:async_hooks';

type Storage = AsyncLocalStorage<unknown>;

const used = new Set<Storage>();
const run: unknown = Reflect.get(AsyncLocalStorage.prototype, 'run');

if (typeof run === 'function') {
  Reflect.set(AsyncLocalStorage.prototype, 'run', function (this: Storage, ...args: unknown[]) {
    used.add(this);
    const result: unknown = Reflect.apply(run, this, args);
    return result;
  });
}

/** Of all that were used since the last call. One that is used again is no worse off. */
export const forgetStorages = (): void => {
  for (const storage of used) storage.disable();
  used.clear();
};
