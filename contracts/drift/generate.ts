// Sequences by chance, from a seed: those that are played beside the model, and among them what it does not speak of.
import fc from 'fast-check';
import { invitationStates as states, roles } from '../../spec/vocabulary.ts';
import { mediaTypes } from '../body.ts';
import { ask, create, createAccount, follow, list, on } from '../sequences/build-step.ts';
import { drawSequence } from '../sequences/draw.ts';
import { wait } from '../sequences/model/retrieve.ts';
import type { Step } from '../sequences/step.ts';
import { callersIn, type SharedWorld } from './shared-world.ts';
import { invalidContents, listTour } from './reading-tours.ts';

/** On average half of it. */
const length = 24;

const others: readonly Step[] = [
  ...listTour,
  ...invalidContents.flatMap((content) => [
    create(9, { content }),
    on(1, 'invitations_update', 'OWNER', content),
    on(1, 'invitations_partial_update', 'OWNER', content),
  ]),
  ...mediaTypes.map((mediaType) =>
    create(8, { content: { mediaType, fields: { email: '<email:8>', role: 'CONTRIB' } } }),
  ),
  follow(1, 'users_retrieve', 'inviter'),
  follow(1, 'memberships_retrieve', 'membership'),
];

/** Their slots are none of the invitations'. */
const employing: readonly Step[] = [
  ...roles.map((role) => createAccount(100, role)),
  ask('users_current_retrieve', '<key:100>'),
  create(2, { as: '<key:100>' }),
  create(2, { as: '<key:100>' }),
  on(100, 'serviceaccounts_retrieve', '<key:100>'),
  on(100, 'serviceaccounts_destroy'),
  follow(100, 'users_destroy', 'user'),
];

const one = <T>(draw: fc.Arbitrary<T>, seed: number): readonly T[] =>
  fc.sample(draw, { seed, numRuns: 1 });

export const generate = (seed: number, shared: SharedWorld): readonly Step[] => {
  const drawn = drawSequence(
    shared,
    length,
    { weight: 15, arbitrary: wait.draw(shared) },
    { weight: 8, arbitrary: fc.constantFrom(...others) },
    { weight: 6, arbitrary: fc.constantFrom(...employing) },
  );
  return one(drawn, seed).flat();
};

/** Reads alone: of the list, and of what is there already. */
export const generateReads = (seed: number, shared: SharedWorld): readonly Step[] => {
  const as = fc.constantFrom('OWNER' as const, 'OWNER' as const, ...callersIn(shared));
  const query = fc.record(
    {
      role: fc.constantFrom(...roles),
      state: fc.constantFrom(...states),
      page: fc.constantFrom('1', 'last', '0', 'x', '99999999'),
    },
    { requiredKeys: [] },
  );
  const read = fc.oneof(
    fc.tuple(query, as).map(([wanted, who]) => list(wanted, who)),
    as.map((who) => on(1, 'invitations_retrieve', who)),
    fc.constantFrom(...listTour),
  );
  const state = fc.constantFrom(...states);
  const drawn = fc.tuple(state, fc.array(read, { minLength: length / 2, maxLength: length / 2 }));
  return one(drawn, seed).flatMap(([wanted, reads]): readonly Step[] => [
    { kind: 'pick', slot: 1, state: wanted, as: 'OWNER' },
    ...reads,
  ]);
};
