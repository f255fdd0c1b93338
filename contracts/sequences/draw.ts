// Steps drawn at random, by fast-check: what is asked of few invitations, by whom, in any order.
import fc from 'fast-check';
import { accept } from './model/accept.ts';
import type { World } from './model/command.ts';
import { create } from './model/create.ts';
import { destroy } from './model/destroy.ts';
import { list } from './model/list.ts';
import { resend } from './model/resend.ts';
import { retrieve, wait } from './model/retrieve.ts';
import { update } from './model/update.ts';
import type { Step } from './step.ts';

const kinds = [create, retrieve, list, update, accept, resend, destroy, wait];

type Weighted = fc.MaybeWeightedArbitrary<Step | undefined>;

/** Nearly all begin with a create by the OWNER, for there is little to be asked about nothing; shrinking may drop it. */
export const drawSequence = (
  world: World,
  maxLength: number,
  ...more: readonly Weighted[]
): fc.Arbitrary<readonly Step[]> => {
  const weighted = kinds.map(({ weight, draw }) => ({ weight, arbitrary: draw(world) }));
  const owners = { ...world, askers: world.askers.slice(0, 1) };
  const others = fc.array(fc.oneof(...weighted, ...more), { maxLength, size: 'max' });
  return fc
    .tuple(fc.option(create.draw(owners), { freq: 100 }), others)
    .map(([first, rest]) => [first ?? undefined, ...rest].filter((step) => step !== undefined));
};
