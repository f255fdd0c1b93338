// A sandbox as this server keeps it among others: with what it was made from, who can log in to it, and how long it stays.
import type { Cast, Scenario } from '../../fixtures/scenario.ts';
import type { Tokens } from '../adapters/jwt.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { SandboxPlan } from './sandbox-plan.ts';
import type { Snapshots } from './snapshots.ts';

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
