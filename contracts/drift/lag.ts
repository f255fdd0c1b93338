// How late a deployment shows what was written: found out before the comparison, and again where a difference may be of that.
import { randomBytes } from 'node:crypto';
import { CouldNotRun } from '../engine/could-not-run.ts';
import { createLine, type Line } from '../engine/line.ts';
import { createMade, type Made } from '../engine/made.ts';
import { lateSentence, measureAnew, probe } from '../engine/probe.ts';
import type { Tempo } from '../engine/tempo.ts';
import type { Settings } from '../settings.ts';
import type { Side } from './side.ts';

type Looking = {
  readonly tempo: Tempo;
  /** Told the ids of what was made for it and could not be removed. */
  readonly onKept: (ids: readonly string[]) => void;
};

const making = async (
  { settings, line }: { readonly settings: Settings; readonly line: Line },
  { tempo, onKept }: Looking,
  look: (made: Made) => Promise<number>,
): Promise<number> => {
  const made = createMade({ settings, line, lag: { ms: settings.settleMs ?? 0 } }, () => undefined);
  try {
    return await look(made);
  } finally {
    onKept(await made.clearAll(createLine(settings, { tempo })));
  }
};

/** By one invitation. Throws a CannotRun where addresses at the domain are refused. */
export const findLag = (settings: Settings, line: Line, looking: Looking): Promise<number> =>
  making({ settings, line }, looking, (made) =>
    probe({
      ...{ settings, line, made, size: 1, runId: randomBytes(4).toString('hex') },
      meanwhile: () => Promise.resolve(),
    }),
  );

/** Where replicas take turns, only some of what is made shows late. */
const mostMade = 3;

/** For when a difference was found: whether writes show late, as they did not at the start. */
export const findsLate = async (
  { settings, lag, newLine }: Side,
  looking: Looking,
  warn: (sentence: string) => void,
): Promise<boolean> => {
  if (lag.ms > 0 || settings.settleMs !== undefined) return false;
  const line = newLine();
  const run = randomBytes(4).toString('hex');
  const emails = Array.from(
    { length: mostMade },
    (_, index) => `drift-${run}-late-${index}@${settings.emailDomain}`,
  );
  const look = (made: Made) => measureAnew({ settings, line, made }, emails);
  const found = await making({ settings, line }, looking, look).catch((error: unknown) => {
    if (error instanceof CouldNotRun) return 0;
    throw error;
  });
  if (found === 0) return false;
  lag.ms = found;
  warn(lateSentence(found));
  return true;
};
