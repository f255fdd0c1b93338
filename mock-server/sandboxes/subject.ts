// A hosted sandbox as a store sees it: the events that tell all of it, and what others have written down of it.
import {
  UnreadableError,
  type StoredEvent,
  type StoreError,
  type Subject,
} from '../stores/store.ts';
import { isHostedEvent, type HostedEvent, type HostedSandbox } from './hosted-sandbox.ts';
import { digestsOf } from './key-index.ts';

export type Heard = {
  /** Told of each API key that a client has made of the API, here or in another process. */
  readonly issued: (hosted: HostedSandbox, apiKey: string) => void;
  /** What was written down of a sandbox since `kept` is lost, and it has to be loaded anew. */
  readonly onFailure: (hosted: HostedSandbox, error: StoreError) => void;
};

const imageOf = (hosted: HostedSandbox): readonly HostedEvent[] => [
  { type: 'SandboxMade', secret: hosted.secret, at: hosted.createdAt },
  { type: 'SandboxUsed', at: hosted.lastUsedAt },
  { type: 'SandboxPlanned', plan: hosted.plan, callers: hosted.callers },
  ...hosted.snapshots.list().map((snapshot) => ({ type: 'SnapshotKept', snapshot }) as const),
  ...hosted.sandbox.image(),
];

const unknownEvent = (name: string): string =>
  `A later version of this program has written the sandbox "${name}": this one does not know the event`;

/** What has changed has a name of its own, so that an earlier version refuses it and guesses nothing. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['PlanChosen', 'SandboxPlanned'],
  ['SnapshotTaken', 'SnapshotKept'],
]);

/** As this version tells it: the `callers` were a "cast", and what people wrote cannot look like that name in JSON. */
const renew = (event: StoredEvent): StoredEvent => {
  const type = renamed.get(event.type);
  if (type === undefined) return event;
  const text = JSON.stringify(event).replaceAll('"cast":{', '"callers":{');
  const renewed: unknown = JSON.parse(text);
  return { ...(typeof renewed === 'object' && renewed), type };
};

/** Throws an `UnreadableError` where there is one that this version does not know. */
export const toHostedEvents = (
  name: string,
  stored: readonly StoredEvent[],
): readonly HostedEvent[] =>
  stored.map(renew).map((event) => {
    if (isHostedEvent(event)) return event;
    throw new UnreadableError(`${unknownEvent(name)} "${event.type}".`);
  });

export const subjectOf = (
  name: string,
  own: () => HostedSandbox,
  { issued, onFailure }: Heard,
): Subject => ({
  image: () => imageOf(own()),
  onFailure: (error) => {
    onFailure(own(), error);
  },
  observe: (events) => {
    for (const event of toHostedEvents(name, events)) {
      own().observe(event);
      if (event.type === 'ApiKeyIssued') issued(own(), event.key);
    }
  },
  settle: () => own().sandbox.state(),
  isQuiet: () => own().sandbox.isQuiet(),
  isWaiting: () => {
    const { delivery } = own().sandbox;
    return delivery.count() > 0 && delivery.settings().mode !== 'by-hand';
  },
  description: () => {
    const { plan, lastUsedAt } = own();
    return { keys: digestsOf(own()), timeToLiveMs: plan.timeToLiveMs, usedAt: lastUsedAt };
  },
});
