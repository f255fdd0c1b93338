// What falls due at a time, or at a number of reads: the earliest first, and of two that are due together the one that came
// first.

export type Due<Item> = { readonly at: number; readonly item: Item };

export type DueQueue<Item> = {
  readonly add: (due: Due<Item>) => void;
  /** The earliest, if it is due by `limit`; it is no longer there afterwards. */
  readonly take: (limit: number) => Due<Item> | undefined;
};

const spentLimit = 4_096;

export const createDueQueue = <Item>(): DueQueue<Item> => {
  // Entries before `head` are spent.
  let queue: Due<Item>[] = [];
  let head = 0;
  return {
    add: (due) => {
      let place = queue.length;
      while (place > head && (queue[place - 1]?.at ?? 0) > due.at) place -= 1;
      if (place === queue.length) queue.push(due);
      else queue.splice(place, 0, due);
    },
    take: (limit) => {
      const due = queue[head];
      if (due === undefined || due.at > limit) return undefined;
      head += 1;
      // Under a steady load the queue is never empty, and what is spent must not pile up.
      if (head === queue.length || head >= spentLimit) {
        queue = queue.slice(head);
        head = 0;
      }
      return due;
    },
  };
};
