// The ordered list beside a plain sorted array, across the limit of a chunk.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addToList,
  createOrderedList,
  removeFromList,
  sliceOfList,
  type OrderedList,
  type Sequenced,
} from './ordered-list.ts';

const listOf = (sequences: Iterable<number>): OrderedList<Sequenced> => {
  const list = createOrderedList<Sequenced>();
  for (const sequence of sequences) addToList(list, { sequence });
  return list;
};

const contents = (list: OrderedList<Sequenced>): readonly number[] =>
  sliceOfList(list, 0, Number.MAX_SAFE_INTEGER).map(({ sequence }) => sequence);

const upTo = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index);

/** An order that jumps about without being random: 7919 is prime. */
const scattered = (count: number): readonly number[] =>
  upTo(count).map((index) => (index * 7919) % count);

const operation = fc.record({
  isRemoval: fc.boolean(),
  // Some add a single item, some so many that chunks split.
  first: fc.integer({ min: 0, max: 3_000 }),
  count: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 900 })),
});

test('holds what a sorted array holds after any additions and removals', () => {
  const run = (operations: readonly { isRemoval: boolean; first: number; count: number }[]) => {
    const list = createOrderedList<Sequenced>();
    const model = new Set<number>();
    for (const { isRemoval, first, count } of operations) {
      for (let sequence = first; sequence < first + count; sequence += 1) {
        if (isRemoval) {
          removeFromList(list, { sequence });
          model.delete(sequence);
        } else if (!model.has(sequence)) {
          addToList(list, { sequence });
          model.add(sequence);
        }
      }
    }
    const expected = [...model].sort((left, right) => left - right);
    expect(contents(list)).toEqual(expected);
    expect(list.size).toBe(expected.length);
    return { list, expected };
  };
  const slice = fc.record({ offset: fc.nat(4_000), limit: fc.nat(1_500) });
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 12 }), slice, (operations, { offset, limit }) => {
      const { list, expected } = run(operations);
      const cut = sliceOfList(list, offset, limit).map(({ sequence }) => sequence);
      expect(cut).toEqual(expected.slice(offset, offset + limit));
    }),
    { numRuns: 60 },
  );
});

describe('chunks', () => {
  test.each([512, 513, 1_024, 1_025, 5_000])('%i items in any order stay sorted', (count) => {
    expect(contents(listOf(upTo(count)))).toEqual(upTo(count));
    expect(contents(listOf(upTo(count).toReversed()))).toEqual(upTo(count));
    expect(contents(listOf(scattered(count)))).toEqual(upTo(count));
  });

  test('never grow beyond their limit, and none stays empty', () => {
    const list = listOf(scattered(5_000));
    for (const sequence of scattered(4_000)) removeFromList(list, { sequence });
    for (const chunk of list.chunks) {
      expect(chunk.length).toBeGreaterThan(0);
      expect(chunk.length).toBeLessThanOrEqual(512);
    }
    expect(list.size).toBe(1_000);
  });

  test('split when they are over their limit, and not before; what comes last fills the last one', () => {
    const lengths = (sequences: readonly number[]) =>
      listOf(sequences).chunks.map(({ length }) => length);
    expect(lengths(upTo(512).toReversed())).toEqual([512]);
    expect(lengths(upTo(513).toReversed())).toEqual([256, 257]);
    expect(lengths(upTo(513))).toEqual([512, 1]);
    expect(lengths(upTo(5_000)).length).toBe(10);
  });

  test('are cut across at any place', () => {
    const list = listOf(upTo(1_500));
    for (const offset of [0, 255, 256, 257, 511, 512, 513, 1_499]) {
      const cut = sliceOfList(list, offset, 600).map(({ sequence }) => sequence);
      expect(cut).toEqual(upTo(1_500).slice(offset, offset + 600));
    }
  });
});

test('what is not there cannot be removed', () => {
  const list = listOf([1, 3]);
  for (const sequence of [0, 2, 4]) removeFromList(list, { sequence });
  expect(contents(list)).toEqual([1, 3]);
  removeFromList(createOrderedList(), { sequence: 1 });
});

test.each([
  [0, 0],
  [2, 5],
  [9, 5],
])(
  'a cut of an empty or short list from %i for %i has nothing of what is not there',
  (offset, limit) => {
    expect(sliceOfList(createOrderedList(), offset, limit)).toEqual([]);
    expect(sliceOfList(listOf([1, 2, 3]), offset, limit).length).toBe(
      Math.max(0, Math.min(limit, 3 - offset)),
    );
  },
);
