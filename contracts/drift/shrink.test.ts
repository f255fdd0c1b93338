// Shrinking: what is left still shows it, and nothing more can be left out.
import { expect, test } from '@jest/globals';
import { create, on, settle } from '../sequences/build-step.ts';
import { shrink } from './shrink.ts';
import { toLine, type Step } from '../sequences/step.ts';

const isResend = (step: Step): boolean =>
  step.kind === 'ask' && step.operation === 'invitations_resend_create';

const sequence: readonly Step[] = [
  create(1),
  create(2),
  settle(1),
  on(2, 'invitations_resend_create'),
  settle(2),
  on(1, 'invitations_retrieve'),
  on(2, 'invitations_resend_create', 'ADMIN'),
  on(1, 'invitations_destroy'),
  create(3),
  on(2, 'invitations_retrieve'),
];

test('leaves the steps that it takes', async () => {
  // Shows only at the second resend of something.
  const left = await shrink(sequence, (steps) =>
    Promise.resolve(steps.filter(isResend).length === 2),
  );
  expect(left.map(toLine)).toEqual(
    [create(2), sequence[3], sequence[6], sequence[9]].map((step) =>
      step === undefined ? '' : toLine(step),
    ),
  );
});

test('leaves the last step alone, and what made its invitation, where that is enough', async () => {
  let replays = 0;
  const left = await shrink(sequence, (steps) => {
    replays += 1;
    return Promise.resolve(steps.at(-1) === sequence.at(-1));
  });
  expect(left).toEqual([sequence[1], sequence[9]]);
  expect(replays).toBeLessThan(5);
});

test('ends with what it has when its budget is spent', async () => {
  const left = await shrink(sequence, () => Promise.resolve(undefined));
  expect(left).toBe(sequence);
});
