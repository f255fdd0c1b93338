// A contract is the checks of one topic, made of a kit, and what they use together.
import type { Kit } from '../kit/kit.ts';
import type { Need } from '../settings.ts';

export type Uses = {
  /** Nobody else may change what the list has while it runs. */
  readonly quiet?: boolean;
  /** Before all others, or after them. */
  readonly place?: 'first' | 'last';
  /** What its checks use beside their needs, where it is there. */
  readonly takes?: readonly Need[];
};

export type Contract = {
  /** `invitations/create` */
  readonly name: string;
  readonly uses: Uses;
  /** Registers its checks with the kit; sends nothing. */
  readonly define: (kit: Kit) => void | Promise<void>;
};

type Define = Contract['define'];

export const contract = (
  name: string,
  ...given: readonly [Define] | readonly [Uses, Define]
): Contract =>
  given.length === 1
    ? { name, uses: {}, define: given[0] }
    : { name, uses: given[0], define: given[1] };
