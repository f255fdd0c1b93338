// A part of a list, told by the last item that the client has.

/** Those behind the item `after`; from the start where it is undefined; none where it is not in the list. */
export const pageAfter = <Item extends { readonly id: string }>(
  items: readonly Item[],
  after: string | undefined,
  limit: number,
): readonly Item[] => {
  if (after === undefined) return items.slice(0, limit);
  const place = items.findIndex(({ id }) => id === after);
  return place < 0 ? [] : items.slice(place + 1, place + 1 + limit);
};
