// What the operations of the testers' API work with.
import type { Request } from 'express';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { BodyLimits } from '../web/body.ts';
import type { Reply } from '../web/reply.ts';

export type AdminContext = {
  readonly sandbox: Sandbox;
  /** Times in seconds since the epoch. */
  readonly issueToken: (token: {
    readonly subject: string;
    readonly email: string;
    readonly organizationId?: string;
    readonly issuedAt: number;
    readonly expiresAt: number;
  }) => Promise<string>;
  readonly jwks: object;
  readonly bodyLimits: BodyLimits;
  readonly isReady: () => boolean;
};

export type AdminOperation = (context: AdminContext, request: Request) => Reply | Promise<Reply>;
