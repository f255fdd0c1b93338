// What is asked of one target is bound by one pace, whatever it is asked for.
import { expect, test } from '@jest/globals';
import { createTempo } from '../engine/tempo.ts';
import { readSettings } from '../settings.ts';
import { toLines } from './lines.ts';

const asked = { method: 'GET', path: '/', headers: {} };

test('what removes leaves in its turn among what compares', async () => {
  let turns = 0;
  const tempo = createTempo(Infinity);
  const settings = readSettings({ CONTRACT_TARGET: 'http://fake.test', CONTRACT_RATE: '7' });
  const { newLine, lineOfRemoval } = toLines(settings, new AbortController().signal, {
    tempo: { ...tempo, next: () => (turns += 1) },
    transport: () => Promise.resolve({ status: 200, headers: {}, text: '{}', ms: 0 }),
  });
  for (const line of [newLine(), newLine(), lineOfRemoval]) await line(asked);
  expect(turns).toBe(3);
});
