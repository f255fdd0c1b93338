// What each store does that has the traffic of sandboxes.
import { expect, test } from '@jest/globals';
import type { Store } from './store.ts';
import { aSubject } from './subject.suite.ts';
import type { TrafficBatch, TrafficStore, TrafficTail } from './traffic.ts';

export const trafficOf = ({ sharing }: Store): TrafficStore => {
  if (sharing?.traffic === undefined) throw new Error('It has no traffic.');
  return sharing.traffic;
};

export const make = async (store: Store, name: string) => {
  const stream = store.open(
    name,
    aSubject(() => [{ type: 'made' }]),
  );
  stream.restart();
  await stream.kept();
  return stream;
};

export const batch = (
  name: string,
  at: number,
  texts: readonly string[],
  changes: Partial<TrafficBatch> = {},
): TrafficBatch => ({
  name,
  missed: 0,
  exchanges: texts.map((text) => ({ at, text })),
  bounds: undefined,
  ...changes,
});

export const readAll = async (
  { read }: TrafficStore,
  name: string,
): Promise<TrafficTail | undefined> => (await read([{ name, after: 0, era: -1 }]))[0];

export const textsOf = (tail: TrafficTail | undefined): readonly string[] =>
  (tail?.exchanges ?? []).map(({ sequence, text }) => `${sequence} ${text}`);

/** Of a store that nobody has used. */
export const describeTraffic = (kind: string, open: () => Promise<Store>): void => {
  test(`${kind}: who knows some is told the others, and what came to nothing has its place`, async () => {
    const store = await open();
    const { append, read, now } = trafficOf(store);
    await make(store, 'a');
    await append([batch('a', now(), ['first'])]);
    const { era = -2 } = (await readAll(trafficOf(store), 'a')) ?? {};
    await append([batch('a', now(), ['second {"é": "€\u2028"}'], { missed: 3 })]);
    const [tail, none] = await read([
      { name: 'a', after: 1, era },
      { name: 'never', after: 0, era },
    ]);
    expect(textsOf(tail)).toEqual(['5 second {"é": "€\u2028"}']);
    expect(none).toBeUndefined();
    expect(await read([{ name: 'a', after: 5, era }])).toEqual([{ ...tail, exchanges: [] }]);
    await store.close();
  });

  test(`${kind}: what was seen before all was cleared does not come after it`, async () => {
    const store = await open();
    const { append, clear, now } = trafficOf(store);
    await make(store, 'a');
    const before = now() - 1_000;
    await append([batch('a', now(), ['first'])]);
    await clear('a');
    await append([batch('a', before, ['late']), batch('never', before, ['nothing'])]);
    await append([batch('a', now() + 1_000, ['second'])]);
    const tail = await readAll(trafficOf(store), 'a');
    expect(textsOf(tail)).toEqual(['2 second']);
    expect(tail?.from).toBe(2);
    await store.close();
  });

  test(`${kind}: a sandbox that is made again under its name has nothing of the one before`, async () => {
    const store = await open();
    const { append, now } = trafficOf(store);
    const stream = await make(store, 'a');
    const before = now() - 1_000;
    await append([batch('a', now(), ['old'])]);
    await stream.turn('write', stream.remove);
    expect(await readAll(trafficOf(store), 'a')).toBeUndefined();
    await make(store, 'a');
    await append([batch('a', before, ['late'])]);
    await append([batch('a', now() + 1_000, ['new'])]);
    expect(textsOf(await readAll(trafficOf(store), 'a'))).toEqual(['1 new']);
    await store.close();
  });
};
