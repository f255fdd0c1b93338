// Which of two values comes first, and what is ordered by fields of its own.

export type Ordering<Field> = readonly { readonly field: Field; readonly descending: boolean }[];

type Comparable = string | number;

const compareValues = (one: Comparable, other: Comparable): number => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

/** Ties stay in the order in which they came. [list.ordering] [users.ordering] */
export const sortByFields = <Item, Field extends string>(
  items: readonly Item[],
  by: Ordering<Field>,
  fieldsOf: (item: Item) => Readonly<Record<Field, Comparable>>,
): readonly Item[] =>
  items.toSorted((one, other) => {
    for (const { field, descending } of by) {
      const found = compareValues(fieldsOf(one)[field], fieldsOf(other)[field]);
      if (found !== 0) return descending ? -found : found;
    }
    return 0;
  });
