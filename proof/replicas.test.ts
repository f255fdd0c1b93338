// Checks of the contract suites, strictly, against three replicas behind a balancer that sends each request to the next: here
// the races, nightly (`replicas-whole.test.ts`) all of them.
import { test } from '@jest/globals';
import { passOnReplicas } from './replicas.suite.ts';

const raced =
  'create.duplicate-address,accept.accepted,lifecycle.accepted-is-final,destroy.gone,update.address-taken';

test('races have one winner, whichever replicas they meet', () =>
  passOnReplicas({ CONTRACT_ONLY: raced, CONTRACT_RUNS: '9' }, 20));
