// What an operation gets to work with, and what it is.
import type { Caller, ScopedCaller } from '../../domain/caller.ts';
import type { OperationId } from '../../spec/vocabulary.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { ReadBody } from '../web/body.ts';
import type { Reply } from '../web/reply.ts';

export type Context<Who extends Caller> = {
  readonly sandbox: Sandbox;
  readonly caller: Who;
  /** The `id` of the path; empty where the path has none. */
  readonly id: string;
  /** The query as it was sent, without its question mark. */
  readonly query: string;
  /** Scheme and authority under which the client reached us, for the addresses in answers. */
  readonly base: string;
  readonly newId: () => string;
  /** How many invitations a sandbox takes. */
  readonly invitationLimit: number;
  /** Why there is no memory for another one; undefined where there is. */
  readonly whyFull: () => string | undefined;
  /** Reads the body on the first call; what is checked before the body does not call it. */
  readonly readBody: () => Promise<ReadBody>;
};

export type Operation =
  | {
      readonly operationId: OperationId;
      /** False: the caller need not act in an organization. [scope.accept-without] */
      readonly needsScope: true;
      readonly run: (context: Context<ScopedCaller>) => Reply | Promise<Reply>;
    }
  | {
      readonly operationId: OperationId;
      readonly needsScope: false;
      readonly run: (context: Context<Caller>) => Reply | Promise<Reply>;
    };
