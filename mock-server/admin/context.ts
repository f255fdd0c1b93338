// What the operations of the testers' API work with.
import type { FindRule } from '../../spec/rules.ts';
import type { HostedSandbox } from '../sandboxes/hosted-sandbox.ts';
import type { SandboxPlan } from '../sandboxes/sandbox-plan.ts';
import type { Registry } from '../sandboxes/registry.ts';
import type { BodyLimits } from '../web/body.ts';
import type { SeedText } from './seed-text.ts';

export type AdminContext = {
  readonly registry: Registry;
  /** What a sandbox is made from where nothing else is asked for. */
  readonly plan: SandboxPlan;
  readonly bodyLimits: BodyLimits;
  readonly findRule: FindRule;
  readonly isReady: () => boolean;
  /** In the text format of Prometheus. */
  readonly readMetrics: () => string;
  /** Whether what keeps the sandboxes can be used now. */
  readonly isStoreReady: () => Promise<boolean>;
  /** Of the link in messages. */
  readonly acceptTemplate: () => string;
  /** Nobody signs up by asking for a token. */
  readonly strictPeople: boolean;
  readonly trustProxy: boolean;
  /** Reads YAML, and loads what it needs for that when it is first asked. */
  readonly parseSeed: (text: string) => Promise<SeedText>;
  /** Null on a loopback address, where none is needed. */
  readonly adminToken: string | null;
};

/** What the operations on one sandbox work with. */
export type SandboxContext = AdminContext & { readonly hosted: HostedSandbox };
