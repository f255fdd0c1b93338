// For tests of the suites: what checks are made of, inside a Jest test and against the fake with a fault in front of it.
// At the top of a test file, before the import of what reads the settings: `await import('./explore.ts')`.
import type { RuleId } from '../spec/vocabulary.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJudge } from '../spec/judge.ts';
import { readRules } from './catalog.ts';
import { createScope, runAs, type Check } from './check.ts';
import type { Fault, StartFault, World } from './mutants/mutant.ts';
import { setUp } from './mutants/stage.ts';
import type { FakeOptions } from './targets/fake.ts';
import { clear } from './removal.ts';
import { readSettings, type Need } from './settings.ts';

export type Rehearsal = {
  /** Undefined: the target is right from now on. */
  readonly play: (start?: StartFault) => void;
  /** As the runner does it: whatever the body asks is asked by a check of that rule. */
  readonly asCheck: <T>(rule: RuleId, needs: readonly Need[], body: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

export const rehearse = async (options: FakeOptions = {}): Promise<Rehearsal> => {
  const none: Fault = (ask, next) => next(ask);
  const current: { fault: Fault; world?: World } = { fault: none };
  const start: StartFault = (world) => {
    current.world = world;
    return (ask, next) => current.fault(ask, next);
  };
  const { target } = await setUp({ start, options });
  const runFolder = mkdtempSync(join(tmpdir(), 'invitations-rehearsal-'));
  Object.assign(process.env, target.env, { CONTRACT_RUN: runFolder, CONTRACT_TIMEOUT: '2000' });
  const rules = readRules();
  const counters = { addresses: 0, unanswered: 0 };
  globalThis.contractHarness = { rules, judge: await createJudge(), counters, throttled: [] };
  return {
    play: (fault) => {
      const { world } = current;
      current.fault = world === undefined ? none : (fault?.(world) ?? none);
    },
    asCheck: async (id, needs, body) => {
      const rule = rules.get(id);
      if (rule === undefined) throw new Error(`spec/rules.yaml has no rule "${id}".`);
      const scope = createScope();
      const log = { lastExchange: '' };
      const check: Check = { rule, title: '', needs, changes: true, scope, findings: [], log };
      try {
        return await runAs(check, body);
      } finally {
        await clear(scope, readSettings(), runFolder);
      }
    },
    close: async () => {
      await target.close();
      rmSync(runFolder, { recursive: true, force: true });
    },
  };
};
