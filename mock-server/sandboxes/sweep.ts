// Ends the sandboxes that nobody used for as long as they stay.
import type { Sharing } from '../stores/store.ts';
import { endSandbox, type Collection } from './collection.ts';
import type { HostedEvent, HostedSandbox } from './hosted-sandbox.ts';

const sweepMs = 1_000;
/** What is lost of its last use when the server dies. */
const tellUseMs = 10_000;

/** Calls `tell` for sandboxes whose last use has to be told. */
const createUses = ({ list }: Collection) => {
  const told = new WeakMap<HostedSandbox, number>();
  return (tell: (hosted: HostedSandbox, at: number) => void): void => {
    for (const hosted of list()) {
      const { plan, lastUsedAt: at, createdAt } = hosted;
      // Others may end it, who know of no other use than what was told.
      const every = Math.min(tellUseMs, (plan.timeToLiveMs ?? Infinity) / 4);
      if (at - (told.get(hosted) ?? createdAt) < every) continue;
      told.set(hosted, at);
      tell(hosted, at);
    }
  };
};

const tellUse = ({ stream }: HostedSandbox, at: number): void => {
  const used: HostedEvent = { type: 'SandboxUsed', at };
  stream.append(used);
};

const regularly = (collection: Collection, sweep: () => void): (() => void) => {
  const timer = setInterval(sweep, sweepMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    for (const hosted of collection.list()) endSandbox(hosted, 'The server stops.');
  };
};

/** What it gives ends it, and all sandboxes with it. */
export const sweepRegularly = (collection: Collection, now: () => number): (() => void) => {
  const forEachUse = createUses(collection);
  return regularly(collection, () => {
    for (const hosted of collection.list()) {
      const { plan, lastUsedAt: at } = hosted;
      if (plan.timeToLiveMs !== null && at + plan.timeToLiveMs <= now()) collection.remove(hosted);
    }
    forEachUse(tellUse);
  });
};

/**
 * The store knows how long others used them. `wake` looks at those in which something is yet to happen, for whoever began
 * it may have ended.
 */
export const sweepShared = (
  collection: Collection,
  { sweep, claims }: Sharing,
  end: (hosted: HostedSandbox) => void,
  wake: (name: string) => Promise<void>,
): (() => void) => {
  const forEachUse = createUses(collection);
  let isUnderWay = false;
  const sweepOnce = async (): Promise<void> => {
    const used = new Map<string, number>();
    const before = collection.list();
    forEachUse((hosted, at) => {
      used.set(hosted.sandbox.name, at);
      if (claims === undefined) tellUse(hosted, at);
    });
    const left = await sweep(used);
    // One that cannot be looked at holds up no other.
    for (const name of left.waiting) await wake(name).catch(() => undefined);
    for (const hosted of before) if (!left.all.has(hosted.sandbox.name)) end(hosted);
  };
  return regularly(collection, () => {
    if (isUnderWay) return;
    isUnderWay = true;
    const over = (): void => {
      isUnderWay = false;
    };
    // Where the store cannot be reached, the next one tries again.
    sweepOnce().then(over, over);
  });
};
