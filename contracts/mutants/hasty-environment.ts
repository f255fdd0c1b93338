// The surroundings of a check file where one failed check is enough: what comes after it in the run is skipped. A broken
// fake that makes every check wait until its deadline would else cost a minute.
import type { Circus } from '@jest/types';
import ContractEnvironment from '../environment.ts';

let failedIn: string | undefined;

// eslint-disable-next-line no-restricted-exports -- Jest takes an environment by its default export only.
export default class HastyEnvironment extends ContractEnvironment {
  handleTestEvent(event: Circus.AsyncEvent | Circus.SyncEvent): void {
    const run = process.env['CONTRACT_RUN'];
    if (event.name === 'test_fn_failure') failedIn = run;
    if (event.name === 'test_start' && failedIn === run) event.test.mode = 'skip';
  }
}
