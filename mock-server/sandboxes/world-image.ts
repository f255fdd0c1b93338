// A whole world at one moment: what a snapshot keeps, and what an export writes.
import type { Callers } from '../../fixtures/scenario.ts';
import type { Event } from '../../domain/events.ts';
import type { DeliverySettings } from '../sandbox/delivery-settings.ts';
import type { Waiting } from '../sandbox/delivery.ts';
import type { SandboxPlan } from './sandbox-plan.ts';

export type ClockReading = {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly frozen: boolean;
  /** By how much it is ahead of real time, in milliseconds. */
  readonly offset: number;
};

export type WorldImage = {
  readonly plan: SandboxPlan;
  readonly callers: Callers;
  readonly pageSize: number;
  readonly clock: ClockReading;
  readonly delivery: DeliverySettings;
  readonly waiting: readonly Waiting[];
  readonly history: readonly Event[];
};
