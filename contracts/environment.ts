// The surroundings of a check file under Jest. Lives outside the sandbox that Jest makes for each file, so that rules and
// judge are loaded once for a run and not once for a file.
import { TestEnvironment } from 'jest-environment-node';
import { createJudge, type Judge } from '../spec/judge.ts';
import { readRules, type Rule } from './catalog.ts';
import { forgetStorages } from './forgotten-storages.ts';
import type { Throttled } from './throttled.ts';

export type Harness = {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly judge: Judge;
  /** Counted over all files of the run. */
  readonly counters: { addresses: number; unanswered: number };
  /** Every answer 429 of the run. */
  readonly throttled: Throttled[];
};

const createHarness = async (): Promise<Harness> => ({
  rules: readRules(),
  judge: await createJudge(),
  counters: { addresses: 0, unanswered: 0 },
  throttled: [],
});

let harness: Promise<Harness> | undefined;
let run: string | undefined;

/** Where several runs follow each other in one process, each counts from the start. */
const forThisRun = async (): Promise<Harness> => {
  harness ??= createHarness();
  const shared = await harness;
  if (run !== process.env['CONTRACT_RUN']) {
    run = process.env['CONTRACT_RUN'];
    Object.assign(shared.counters, { addresses: 0, unanswered: 0 });
    shared.throttled.splice(0);
  }
  return shared;
};

// eslint-disable-next-line no-restricted-exports -- Jest takes an environment by its default export only.
export default class ContractEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    Object.assign(this.global, { contractHarness: await forThisRun() });
  }

  override async teardown(): Promise<void> {
    await super.teardown();
    forgetStorages();
  }
}
