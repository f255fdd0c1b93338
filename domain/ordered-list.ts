// A list sorted by sequence number in which adding, removing and cutting out a page stay cheap at any length.
// Items sit in chunks of bounded length, so no operation moves more than one chunk.

const chunkLimit = 512;

export type Sequenced = { readonly sequence: number };

export type OrderedList<Item extends Sequenced> = { readonly chunks: Item[][]; size: number };

export const createOrderedList = <Item extends Sequenced>(): OrderedList<Item> => ({
  chunks: [],
  size: 0,
});

/** The number of leading elements for which `isBefore` holds; they must come first. */
const countLeading = <Element>(
  elements: readonly Element[],
  isBefore: (element: Element) => boolean,
): number => {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const element = elements[middle];
    if (element !== undefined && isBefore(element)) low = middle + 1;
    else high = middle;
  }
  return low;
};

const chunkFor = <Item extends Sequenced>(list: OrderedList<Item>, sequence: number): number => {
  const after = countLeading(list.chunks, (chunk) => {
    const first = chunk[0];
    return first !== undefined && first.sequence <= sequence;
  });
  return Math.max(0, after - 1);
};

export const addToList = <Item extends Sequenced>(list: OrderedList<Item>, item: Item): void => {
  list.size += 1;
  // Most come last, and no place is searched for them: what a search looks at lies far apart in memory.
  const last = list.chunks.at(-1);
  if (last === undefined || (last.at(-1)?.sequence ?? 0) < item.sequence) {
    if (last === undefined || last.length >= chunkLimit) list.chunks.push([item]);
    else last.push(item);
    return;
  }
  const index = chunkFor(list, item.sequence);
  const chunk = list.chunks[index] ?? last;
  const position = countLeading(chunk, ({ sequence }) => sequence < item.sequence);
  chunk.splice(position, 0, item);
  if (chunk.length > chunkLimit) {
    list.chunks.splice(index + 1, 0, chunk.splice(chunk.length >>> 1));
  }
};

export const removeFromList = <Item extends Sequenced>(
  list: OrderedList<Item>,
  item: Item,
): void => {
  const index = chunkFor(list, item.sequence);
  const chunk = list.chunks[index];
  if (chunk === undefined) return;
  const position = countLeading(chunk, ({ sequence }) => sequence < item.sequence);
  if (chunk[position]?.sequence !== item.sequence) return;
  chunk.splice(position, 1);
  if (chunk.length === 0) list.chunks.splice(index, 1);
  list.size -= 1;
};

export const sliceOfList = <Item extends Sequenced>(
  list: OrderedList<Item>,
  offset: number,
  limit: number,
): Item[] => {
  const items: Item[] = [];
  let skip = offset;
  for (const chunk of list.chunks) {
    if (skip >= chunk.length) {
      skip -= chunk.length;
      continue;
    }
    const end = Math.min(chunk.length, skip + limit - items.length);
    for (const item of chunk.slice(skip, end)) items.push(item);
    if (items.length >= limit) break;
    skip = 0;
  }
  return items;
};
