// The lines to one of the two targets: those of the comparison share what is found out of its pace.
import { createLine, type Ways } from '../engine/line.ts';
import { createTempo } from '../engine/tempo.ts';
import { createTransport } from '../engine/transport.ts';
import type { Settings } from '../settings.ts';

export const toLines = (settings: Settings, signal: AbortSignal, ways?: Ways) => {
  const shared = {
    ...{ transport: createTransport(settings.way), tempo: createTempo(settings.rate) },
    ...ways,
  };
  const newLine = () => createLine(settings, { signal, ...shared });
  const { transport } = shared;
  const lineOfRemoval = createLine(settings, { transport });
  return { newLine, line: newLine(), lineOfRemoval };
};
