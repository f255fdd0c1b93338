// A fault for tests: it concerns everything, strikes always and does nothing, but for what a test wants of it.
import type { FaultRule } from './fault-rule.ts';

export const aFault = (more: Partial<FaultRule> = {}): FaultRule => ({
  id: 'one',
  operations: null,
  methods: null,
  roles: null,
  occasion: { kind: 'always' },
  seed: null,
  latency: null,
  effect: null,
  drip: null,
  ...more,
});
