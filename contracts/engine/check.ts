// A check is a value: a rule, a title, what it uses, and what it does.
import type { Rule } from '../catalog.ts';
import type { OperationId } from '../operations.ts';
import type { Need } from '../settings.ts';

export type CheckOptions = {
  /** The callers that it asks as, and the addresses that it uses. Default: OWNER. */
  readonly needs?: readonly Need[];
  /** False for a check that only reads. */
  readonly changes?: boolean;
  /** For a check of a wide rule that is about one operation: `--only` finds it by that. */
  readonly operation?: OperationId;
};

export type Check = Required<Omit<CheckOptions, 'operation'>> & {
  readonly rule: Rule;
  /** Says in a sentence what the target does when it is right. */
  readonly title: string;
  readonly operation: OperationId | undefined;
  readonly body: () => Promise<void>;
};
