// A sandbox as this server keeps it among others: with what it was made from, who can log in to it, and how long it stays.
import type { Cast, Scenario, ScenarioName } from '../../fixtures/scenario.ts';
import type { Tokens } from '../adapters/jwt.ts';
import type { DeliverySettings } from '../sandbox/delivery.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Snapshots } from './snapshots.ts';

/** What a sandbox is made from, and made from again by a reset. */
export type SandboxPlan = {
  readonly scenario: ScenarioName;
  /** How many invitations `many-pages` makes; null: as many as it usually does. */
  readonly scenarioSize: number | null;
  readonly seed: number;
  /** Milliseconds since the epoch; null: the present. */
  readonly startTime: number | null;
  readonly pageSize: number;
  readonly delivery: DeliverySettings;
  /** How long it stays without being used, in milliseconds; null: as long as the server. */
  readonly timeToLiveMs: number | null;
};

export type HostedSandbox = {
  readonly sandbox: Sandbox;
  readonly tokens: Tokens;
  /** What its API keys and the key of its JWTs are made from. */
  readonly secret: string;
  plan: SandboxPlan;
  cast: Cast;
  readonly snapshots: Snapshots;
  /** Real time, in milliseconds since the epoch. */
  readonly createdAt: number;
  lastUsedAt: number;
};

/** `startAt` in milliseconds since the epoch. */
export type BuildScenario = (
  plan: SandboxPlan,
  secret: string,
  startAt: number,
) => Promise<Scenario>;
