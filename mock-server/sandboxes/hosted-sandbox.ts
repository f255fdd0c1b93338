// A sandbox as this server keeps it among others: with what it was made from, who can log in to it, and how long it stays.
import { isEventType, type Event } from '../../domain/events.ts';
import type { Callers, Scenario } from '../../fixtures/scenario.ts';
import type { SandboxEvent } from '../sandbox/journal.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { StoredEvent, Stream } from '../stores/store.ts';
import type { SandboxPlan } from './sandbox-plan.ts';
import type { Snapshots, SnapshotsEvent } from './snapshots.ts';
import type { Tokens } from './tokens.ts';

/** Times are real, in milliseconds since the epoch. */
export type HostedEvent =
  | SandboxEvent
  | SnapshotsEvent
  | { readonly type: 'SandboxMade'; readonly secret: string; readonly at: number }
  | { readonly type: 'SandboxPlanned'; readonly plan: SandboxPlan; readonly callers: Callers }
  /** Told seldom, and not at each use. */
  | { readonly type: 'SandboxUsed'; readonly at: number };

export type HostedSandbox = {
  readonly sandbox: Sandbox;
  readonly tokens: Tokens;
  /** What its API keys and the key of its JWTs are made from. */
  readonly secret: string;
  readonly plan: SandboxPlan;
  readonly callers: Callers;
  readonly snapshots: Snapshots;
  /** Real time, in milliseconds since the epoch. */
  readonly createdAt: number;
  lastUsedAt: number;
  /** What it is made from when it is made anew, and whom its people are. */
  readonly choose: (plan: SandboxPlan, callers: Callers) => void;
  /** The same happens as when this was recorded. */
  readonly observe: (event: HostedEvent) => void;
  readonly stream: Stream;
};

/** `startAt` in milliseconds since the epoch. */
export type BuildScenario = (
  plan: SandboxPlan,
  secret: string,
  startAt: number,
) => Promise<Scenario>;

const ownTypes: Readonly<Record<Exclude<HostedEvent['type'], Event['type']>, true>> = {
  WorldOpened: true,
  HistoryTold: true,
  LogKept: true,
  ClockChanged: true,
  DeliveryConfigured: true,
  ReadCounted: true,
  MessageLeft: true,
  MessageRemoved: true,
  MessagesCleared: true,
  FaultsReplaced: true,
  FaultMet: true,
  FaultSkipped: true,
  FaultsCounted: true,
  SnapshotKept: true,
  SnapshotRemoved: true,
  SandboxMade: true,
  SandboxPlanned: true,
  SandboxUsed: true,
};

/** Stores give back what they were given. An event of a later version is none, and nobody guesses what it would do. */
export const isHostedEvent = (event: StoredEvent): event is HostedEvent =>
  isEventType(event.type) || Object.hasOwn(ownTypes, event.type);
