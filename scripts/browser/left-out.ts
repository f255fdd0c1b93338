// What a browser does without: the judge, files, and mail. Who asks for it is told.
import type { Family } from '../../mock-server/metrics/exposition.ts';

const refuse = (what: string): never => {
  throw new TypeError(what);
};

/** The judge weighs more than all else together. */
export const judges = (): never =>
  refuse(
    'validation is on; in a browser nothing is judged. Leave it out, or judge where the handlers run in Node.',
  );

export const readSeedFile = (): Promise<never> =>
  Promise.reject(new TypeError('world is a file, and a browser reads none.'));

export const createSmtpCourier = (): never => refuse('smtp is set; a browser sends no mail.');

/** The figures of a process: there is none. */
export const createProcessFigures = (): (() => readonly Family[]) => () => [];

/** Of `node:v8`: a bound of half a gigabyte on what all sandboxes take, as pages have. */
export const getHeapStatistics = () => ({ heap_size_limit: 1_000_000_000 });
