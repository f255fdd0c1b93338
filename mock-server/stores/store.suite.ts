// What every store does, whatever it is made of.
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Store, StoredEvent } from './store.ts';
import { aSubject } from './subject.suite.ts';

export type StoreUnderTest = {
  /** Opens the same store again each time that it is called, until `end`. */
  readonly open: () => Promise<Store>;
  /** Whether what is kept is there after the store was closed and opened again. */
  readonly outlives: boolean;
  readonly end: () => void;
};

const event = (place: number): StoredEvent => ({ type: `event-${place}` });

export const describeStore = (name: string, begin: () => StoreUnderTest): void => {
  describe(`the store ${name}`, () => {
    let underTest: StoreUnderTest | undefined;
    afterEach(() => underTest?.end());
    const setup = (): StoreUnderTest => (underTest = begin());

    const reopened = async (
      { open, outlives }: StoreUnderTest,
      sandbox: string,
      events: readonly StoredEvent[],
    ): Promise<void> => {
      const store = await open();
      const names = await store.names();
      const isKept = outlives && events.length > 0;
      expect(names.includes(sandbox)).toBe(isKept);
      if (isKept) expect(await store.load(sandbox)).toEqual(events);
      await store.close();
    };

    test('keeps what is appended, in order, behind the image that it began with', async () => {
      const it = setup();
      const store = await it.open();
      const stream = store.open(
        'one',
        aSubject(() => [event(1), event(2)]),
      );
      stream.restart();
      for (const place of [3, 4]) stream.append(event(place));
      await stream.kept();
      stream.append(event(5));
      await stream.kept();
      expect(stream.kept()).toBeUndefined();
      await store.close();
      await reopened(it, 'one', [1, 2, 3, 4, 5].map(event));
    });

    test('what was before a restart counts no longer', async () => {
      const it = setup();
      const store = await it.open();
      const stream = store.open(
        'one',
        aSubject(() => [event(9)]),
      );
      stream.restart();
      for (let place = 0; place < 1_000; place += 1) stream.append(event(place));
      stream.restart();
      stream.append(event(10));
      await store.close();
      await reopened(it, 'one', [event(9), event(10)]);
    });

    test('goes on where it ended', async () => {
      const it = setup();
      for (const place of [1, 2, 3]) {
        const store = await it.open();
        const isKept = (await store.names()).includes('one');
        if (isKept) await store.load('one');
        const stream = store.open(
          'one',
          aSubject(() => [event(0)]),
        );
        if (!isKept) stream.restart();
        stream.append(event(place));
        await store.close();
      }
      await reopened(it, 'one', [0, 1, 2, 3].map(event));
    });

    test('keeps nothing of what is removed, and takes its name again', async () => {
      const it = setup();
      const store = await it.open();
      const [stream, other] = ['one', 'two'].map((one) =>
        store.open(
          one,
          aSubject(() => [event(1)]),
        ),
      );
      stream?.restart();
      other?.restart();
      stream?.append(event(2));
      stream?.remove();
      stream?.append(event(3));
      await stream?.kept();
      await store.close();
      await reopened(it, 'one', []);
      await reopened(it, 'two', [event(1)]);
    });
  });
};
