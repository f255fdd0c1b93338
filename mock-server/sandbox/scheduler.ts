// Sees to it that what is due happens: when somebody looks, and by a timer where it must not wait for that.
import type { Journal } from './journal.ts';

export type Scheduler = {
  /** All that is due by now happens. */
  readonly settle: () => void;
  /** To be called after whatever happened: the timer may be needed now, or no longer. */
  readonly update: () => void;
  readonly stop: () => void;
};

export type SchedulerOptions<Due> = {
  /** The next that is due by `now`, each once. */
  readonly takeDue: (now: number) => Due | undefined;
  readonly now: () => number;
  readonly happen: (due: Due) => void;
  /** Whether what is due must happen although nobody looks. */
  readonly isPrompt: () => boolean;
  /** For what happens by the timer. */
  readonly turn: Journal['turn'];
};

const everyMs = 25;

export const createScheduler = <Due>(options: SchedulerOptions<Due>): Scheduler => {
  const { takeDue, now, happen, isPrompt, turn } = options;
  let timer: NodeJS.Timeout | undefined;
  let isUnderWay = false;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const update = (): void => {
    if (!isPrompt()) stop();
    else timer ??= setInterval(tick, everyMs).unref();
  };
  const settle = (): void => {
    const limit = now();
    for (let due = takeDue(limit); due !== undefined; due = takeDue(limit)) happen(due);
    update();
  };
  const tick = (): void => {
    if (isUnderWay) return;
    const turned = turn('read', settle);
    if (!(turned instanceof Promise)) return;
    isUnderWay = true;
    const end = (): void => {
      isUnderWay = false;
    };
    // What could not be kept falls due again where it is loaded anew.
    turned.then(end, end);
  };
  return { settle, update, stop };
};
