// Sandboxes in memory and in a folder, held against each other: whatever is done, both show the same, and the one in the
// folder shows it again after it was closed and opened.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { array, assert, asyncProperty } from 'fast-check';
import { createMemoryStore } from '../stores/memory.ts';
import { deeds, openFolder, openRegistry, shown, step, time } from './deeds.suite.ts';

test('whatever is done, a folder holds what memory holds, and holds it still when it is opened again', async () => {
  const property = asyncProperty(array(step, { maxLength: 60 }), async (steps) => {
    const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-model-'));
    const memory = await openRegistry(createMemoryStore());
    let stored = await openFolder(folder);
    for (const [place, { what, number }] of steps.entries()) {
      if (what === 'wait') time.now += number;
      else if (what === 'reset') {
        for (const one of [memory, stored.registry])
          await one.openAnew(one.standard, one.standard.plan);
      } else if (what === 'reopen') {
        await stored.close();
        stored = await openFolder(folder);
        // Whoever asks next looks at it, and what is due by then happens.
        for (const { standard } of [memory, stored.registry]) standard.sandbox.state();
      } else {
        const does = [memory, stored.registry].map(({ standard }) =>
          deeds.get(what)?.(standard, number, place + 1),
        );
        const [left, right] = await Promise.all(does);
        expect(right).toEqual(left);
      }
      expect(shown(stored.registry.standard)).toBe(shown(memory.standard));
    }
    await stored.close();
    memory.close();
    rmSync(folder, { recursive: true });
  });
  await assert(property, { numRuns: 60 });
});
