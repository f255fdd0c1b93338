// The sandboxes that a server has now: by name and by credential, until they end.
import type { Authorization } from '../web/authorization.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';
import { createKeyIndex } from './key-index.ts';

export type Collection = {
  readonly size: () => number;
  /** In the order of their making. */
  readonly list: () => readonly HostedSandbox[];
  readonly find: (name: string) => HostedSandbox | undefined;
  readonly findByKey: (authorization: Authorization) => HostedSandbox | undefined;
  readonly add: (hosted: HostedSandbox) => void;
  /** Its keys may have changed. Nothing happens where it has ended in the meantime. */
  readonly index: (hosted: HostedSandbox) => void;
  /** As `index`, of one key that is new. */
  readonly learn: (hosted: HostedSandbox, apiKey: string) => void;
  /** Takes the place of one that has not ended; false where it has. */
  readonly replace: (hosted: HostedSandbox, by: HostedSandbox) => boolean;
  /** It goes on elsewhere: this copy of it is good for nothing any longer. */
  readonly drop: (hosted: HostedSandbox) => void;
  /** It ends, and nothing of it is kept. */
  readonly remove: (hosted: HostedSandbox) => void;
};

/** What hangs would hold up whoever waits for its end. */
export const endSandbox = ({ sandbox }: HostedSandbox, reason: string): void => {
  sandbox.close();
  sandbox.faults.release();
  sandbox.traffic.end(reason);
};

/** `added` is told of each that comes. */
export const createCollection = (
  added: (hosted: HostedSandbox) => void = () => undefined,
): Collection => {
  const byName = new Map<string, HostedSandbox>();
  const keys = createKeyIndex();
  const isThere = (hosted: HostedSandbox): boolean => byName.get(hosted.sandbox.name) === hosted;
  const add = (hosted: HostedSandbox): void => {
    byName.set(hosted.sandbox.name, hosted);
    keys.add(hosted);
    added(hosted);
  };
  return {
    size: () => byName.size,
    list: () => [...byName.values()],
    find: (name) => byName.get(name),
    findByKey: keys.find,
    add,
    index: (hosted) => {
      if (!isThere(hosted)) return;
      keys.remove(hosted);
      keys.add(hosted);
    },
    learn: (hosted, apiKey) => {
      if (isThere(hosted)) keys.learn(hosted, apiKey);
    },
    replace: (hosted, by) => {
      if (!isThere(hosted)) return false;
      keys.remove(hosted);
      add(by);
      return true;
    },
    drop: (hosted) => {
      keys.remove(hosted);
      hosted.sandbox.close();
      hosted.sandbox.faults.release();
      hosted.stream.leave();
      if (isThere(hosted)) byName.delete(hosted.sandbox.name);
    },
    remove: (hosted) => {
      const { sandbox, stream } = hosted;
      const wasThere = isThere(hosted);
      // Before anything else: where the store cannot let go of it, it stays.
      if (wasThere) stream.remove();
      keys.remove(hosted);
      endSandbox(hosted, `The sandbox "${sandbox.name}" has ended.`);
      if (wasThere) byName.delete(sandbox.name);
    },
  };
};
