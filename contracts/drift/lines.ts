// The lines to one of the two targets: all share what is found out of its pace, those of the comparison what is lost on the way too.
import { createLine, type Ways } from '../engine/line.ts';
import { createTempo } from '../engine/tempo.ts';
import { createTransport } from '../engine/transport.ts';
import type { Settings } from '../settings.ts';

export const toLines = (settings: Settings, signal: AbortSignal, ways?: Ways) => {
  const { tempo = createTempo(settings.rate), transport = createTransport(settings.way) } = {
    ...ways,
  };
  const shared = { ...ways, tempo, transport };
  const newLine = () => createLine(settings, { signal, ...shared });
  const lineOfRemoval = createLine(settings, { transport, tempo });
  return { newLine, line: newLine(), lineOfRemoval };
};
