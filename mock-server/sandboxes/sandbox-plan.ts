// What a sandbox is made from.
import type { ScenarioName } from '../../fixtures/scenario.ts';
import type { WorldSeed } from '../../fixtures/world-seed.ts';
import type { Readings } from '../../spec/vocabulary.ts';
import type { FaultRule } from '../sandbox/fault-rule.ts';
import type { DeliverySettings } from '../sandbox/delivery-settings.ts';

/** What a sandbox is made from, and made from again by a reset. */
export type SandboxPlan = {
  readonly scenario: ScenarioName;
  /** In the place of a scenario; null where there is one. */
  readonly world: WorldSeed | null;
  /** How many invitations `many-pages` makes; null: as many as it usually does. */
  readonly scenarioSize: number | null;
  readonly seed: number;
  /** Milliseconds since the epoch; null: the present. */
  readonly startTime: number | null;
  /** Whether the clock stands still at first. */
  readonly frozen: boolean;
  /** What goes wrong from the start. */
  readonly faults: readonly FaultRule[];
  readonly pageSize: number;
  /** How it reads what the contract leaves open, its edition among them. */
  readonly readings: Readings;
  readonly delivery: DeliverySettings;
  /** How long it stays without being used, in milliseconds; null: as long as the server. */
  readonly timeToLiveMs: number | null;
};
