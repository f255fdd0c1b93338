// For tests of the suites: what checks are made of, inside a test and against the fake with a fault in front of it.
import { createLine } from '../contracts/engine/line.ts';
import { toRunning } from '../contracts/engine/session.ts';
import { createLog, type Current } from '../contracts/kit/current.ts';
import { createScope } from '../contracts/engine/made.ts';
import { createKit, type Kit } from '../contracts/kit/kit.ts';
import { readSettings, type Need } from '../contracts/settings.ts';
import type { RuleId } from '../spec/vocabulary.ts';
import type { Fault, StartFault, World } from './mutant.ts';
import { setUp, type DeploymentOptions } from './deployment.ts';

export type TestKit = {
  readonly kit: Kit;
  /** Undefined: the target is right from now on. */
  readonly setFault: (start?: StartFault) => void;
  /** As the engine does it: whatever the body asks is asked by a check of that rule. */
  readonly asCheck: <T>(rule: RuleId, needs: readonly Need[], body: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

export const startTestKit = async (
  options: DeploymentOptions['options'] = {},
): Promise<TestKit> => {
  const none: Fault = (ask, next) => next(ask);
  const current: { fault: Fault; world?: World } = { fault: none };
  const start: StartFault = (world) => {
    current.world = world;
    return (ask, next) => current.fault(ask, next);
  };
  const { target, transport } = await setUp({ start, options });
  const settings = readSettings({ ...target.env, CONTRACT_TIMEOUT: '2000' });
  const line = createLine(settings, { transport });
  const run = await toRunning({ settings, listen: () => undefined }, line, 'test');
  const kit = createKit(run);
  return {
    kit,
    setFault: (fault) => {
      const { world } = current;
      current.fault = world === undefined ? none : (fault?.(world) ?? none);
    },
    asCheck: async (id, needs, body) => {
      const rule = run.rules.get(id);
      if (rule === undefined) throw new Error(`spec/rules.yaml has no rule "${id}".`);
      const scope = createScope();
      const check: Current = {
        ...{ rule, title: '', needs, changes: true, scope, faults: [], asked: new Map() },
        ...{ exchanged: [], log: createLog() },
      };
      try {
        return await kit.runAs(check, body);
      } finally {
        await run.made.clear(scope);
      }
    },
    close: () => target.close(),
  };
};
