// The shortest sequence that still shows a difference: first by guess (the step itself, what made its invitation), then by
// leaving out what can be left out, step by step.
import { makes, slotOf, slotsBefore, type Step } from '../sequences/step.ts';

/** Whether the steps still show it; undefined when the search is over its budget. */
export type Shows = (steps: readonly Step[]) => Promise<boolean | undefined>;

/** The steps that a step cannot do without, and the step. */
const slice = (steps: readonly Step[]): readonly Step[] => {
  const last = steps.at(-1);
  const needed = new Set(last === undefined ? [] : slotsBefore(last));
  return steps
    .toReversed()
    .filter((step) => {
      const isNeeded = step === last || needed.has(makes(step) ?? -1);
      if (isNeeded) slotsBefore(step).forEach((slot) => needed.add(slot));
      return isNeeded;
    })
    .toReversed();
};

const ofSlot = (steps: readonly Step[]): readonly Step[] => {
  const last = steps.at(-1);
  const slot = last === undefined ? undefined : (slotOf(last) ?? makes(last));
  return steps.filter((step) => step === last || [slotOf(step), makes(step)].includes(slot));
};

/** Without some steps, and without those that are about what these would have made. */
const without = (steps: readonly Step[], from: number, to: number): readonly Step[] => {
  const removed = new Set(steps.slice(from, to).flatMap((step) => makes(step) ?? []));
  return steps.filter((step, index) => {
    const isOrphan = index > from && slotsBefore(step).some((slot) => removed.has(slot));
    return (index < from || index >= to) && !isOrphan;
  });
};

const removeChunks = async (
  steps: readonly Step[],
  size: number,
  shows: Shows,
): Promise<{ readonly steps: readonly Step[]; readonly isOver: boolean }> => {
  let left = steps;
  // From the end: what came just before is the likeliest to matter, and what came long before the likeliest not to.
  for (let to = left.length - 1; to > 0; to = Math.min(to - size, left.length - 1)) {
    const shorter = without(left, Math.max(0, to - size), to);
    // What the last step is about must not be taken from under it.
    if (shorter.at(-1) !== left.at(-1)) continue;
    const holds = await shows(shorter);
    if (holds === undefined) return { steps: left, isOver: true };
    if (holds) left = shorter;
  }
  return { steps: left, isOver: false };
};

/** `steps` ends with the step that shows it. */
export const shrink = async (steps: readonly Step[], shows: Shows): Promise<readonly Step[]> => {
  let left = steps;
  for (const guess of [slice(steps), ofSlot(steps)]) {
    if (guess.length < left.length && (await shows(guess)) === true) {
      left = guess;
      break;
    }
  }
  for (let size = Math.ceil(left.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let before = Infinity; left.length < before;) {
      before = left.length;
      const { steps: shorter, isOver } = await removeChunks(left, size, shows);
      left = shorter;
      if (isOver) return left;
    }
  }
  return left;
};
