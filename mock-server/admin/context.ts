// What the operations of the testers' API work with.
import type { Request, Response } from 'express';
import type { FindRule } from '../../spec/rules.ts';
import type { HostedSandbox } from '../sandboxes/hosted-sandbox.ts';
import type { SandboxPlan } from '../sandboxes/sandbox-plan.ts';
import type { Registry } from '../sandboxes/registry.ts';
import type { BodyLimits } from '../web/body.ts';
import type { Reply } from '../web/reply.ts';

/** What traffic is told in. */
type Contract = {
  readonly findRule: FindRule;
  readonly operationIds: readonly string[];
};

export type AdminContext = {
  readonly registry: Registry;
  /** What a sandbox is made from where nothing else is asked for. */
  readonly plan: SandboxPlan;
  readonly bodyLimits: BodyLimits;
  readonly contract: Contract;
  readonly isReady: () => boolean;
  /** Of the link in messages. */
  readonly acceptTemplate: () => string;
  readonly trustProxy: boolean;
  /** Null on a loopback address, where none is needed. */
  readonly adminToken: string | null;
};

export type AdminOperation = (context: AdminContext, request: Request) => Reply | Promise<Reply>;

/** An operation on one sandbox. */
export type SandboxContext = AdminContext & { readonly hosted: HostedSandbox };

export type SandboxOperation = (
  context: SandboxContext,
  request: Request,
) => Reply | Promise<Reply>;

/** Writes its answer itself, for as long as the client listens; `fail` is told of what goes wrong in the meantime. */
export type SandboxStream = (
  context: SandboxContext,
  request: Request,
  response: Response,
  fail: (error: unknown) => void,
) => void;
