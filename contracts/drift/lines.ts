// The lines to one of the two targets: all of them share what is found out of its pace.
import { createLine, type Ways } from '../engine/line.ts';
import { createLosses } from '../engine/losses.ts';
import { createTempo } from '../engine/tempo.ts';
import { createTransport } from '../engine/transport.ts';
import type { Settings } from '../settings.ts';

export const toLines = (settings: Settings, signal: AbortSignal, ways?: Ways) => {
  const shared = {
    ...{ transport: createTransport(settings.way), tempo: createTempo(settings.rate) },
    ...ways,
  };
  const newLine = () => createLine(settings, { signal, ...shared });
  const lineOfRemoval = createLine(settings, { ...shared, losses: createLosses() });
  return { newLine, line: newLine(), lineOfRemoval };
};
