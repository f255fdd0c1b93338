// What a person sees while a run goes on: on a terminal one line that is written over and over, elsewhere a line every so
// often, so that a log shows where the time goes.
import type { Listener } from './engine/events.ts';
import { isExercised, isFailure } from './engine/verdict.ts';

export type Screen = {
  readonly isTTY: boolean;
  readonly columns: number;
  readonly write: (text: string) => void;
};

const everyMs = 10_000;
const eraseLine = '\r\u001B[K';

/** `end` is for a run that breaks off: of one that ends, `listen` hears. */
export const createProgress = ({
  isTTY,
  columns,
  write,
}: Screen): { readonly listen: Listener; readonly end: () => void } => {
  const count = { ended: 0, all: 0, made: 0, failed: 0 };
  let timer: NodeJS.Timeout | undefined;
  let started = 0;
  const counts = (): string =>
    `${count.ended} of ${Math.max(count.all, count.ended)} checks, ${count.made} made, ${count.failed} failed`;
  const report = (): void => {
    const seconds = Math.round((performance.now() - started) / 1000);
    write(`${counts()}, ${seconds} s\n`);
  };
  const end = (): void => {
    clearInterval(timer);
    if (isTTY) write(eraseLine);
  };
  const listen: Listener = (event) => {
    if (event.kind === 'started') {
      write(`${event.name} is checked by edition ${event.edition}; --edition takes another\n`);
      count.all = event.checks;
      started = performance.now();
      if (!isTTY) timer = setInterval(report, everyMs).unref();
    } else if (event.kind === 'check ended') {
      count.ended += 1;
      count.made += isExercised(event.verdict) ? 1 : 0;
      count.failed += isFailure(event.verdict) ? 1 : 0;
      const line = `${counts()}  [${event.rule}] ${event.title}`;
      if (isTTY) write(`${eraseLine}${line.slice(0, columns - 1)}`);
    } else if (event.kind === 'run ended') end();
  };
  return { listen, end };
};
