// An answer 429 that a check got on its way: nobody asks for one, so that whatever comes is kept for the rules about it.
import type { OperationId } from './operations.ts';
import type { Reply } from './transport.ts';

export type Throttled = {
  readonly method: string;
  readonly path: string;
  /** Undefined for a request that is no operation of the contract. */
  readonly operation: OperationId | undefined;
  /** A name of the settings, `NOBODY`, or `odd credentials`. */
  readonly caller: string;
  readonly reply: Reply;
};
