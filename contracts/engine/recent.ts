// The last of what came, the oldest first, as far as conclusions are drawn from it.

/** Changes `items`, which holds no more than `most`. */
export const keepLast = <T>(items: T[], item: T, most: number): void => {
  items.push(item);
  if (items.length > most) items.shift();
};
