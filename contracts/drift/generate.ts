// Sequences by chance, from a seed: what is asked next depends on what has been asked before, so that most of it is about
// invitations that exist.
import { invitationStates as states, roles } from '../../spec/vocabulary.ts';
import { mediaTypes } from '../body.ts';
import type { OperationId } from '../operations.ts';
import {
  ask,
  create,
  createAccount,
  fields,
  follow,
  list,
  on,
  settle,
} from '../sequences/build-step.ts';
import { callersIn, type Cast } from './cast.ts';
import { invalidContents } from './invalid-content.ts';
import type { Random } from './random.ts';
import { listTour } from './reading-tours.ts';
import type { Content, Member, Step, Who } from '../sequences/step.ts';

type Plot = {
  readonly cast: Cast;
  readonly random: Random;
  /** Slots made so far, with who made them. */
  readonly slots: Map<number, Member>;
};

type Scene = (plot: Plot, slot: number) => readonly Step[];

const anybody = ({ cast, random }: Plot): Who => {
  if (random.chance(0.5)) return 'OWNER';
  return random.chance(0.7)
    ? random.pick<Who>('OWNER', ...cast.members)
    : random.pick<Who>('NOBODY', ...callersIn(cast));
};

/** `isOutside`: nobody shall become a member of the outsider's organization. */
const anyAddress = ({ cast, random, slots }: Plot, isOutside = false): string =>
  random.pick(
    `<email:${slots.size + 1}>`,
    `<email:${slots.size + 2}>`,
    `<email:${1 + random.below(slots.size + 1)}>`,
    `<EMAIL:${1 + random.below(slots.size + 1)}>`,
    ...(cast.hasInvitee && !isOutside ? ['<invitee>', '<invitee>'] : []),
    ...(cast.hasBounce ? ['<bounce>'] : []),
  );

const begin = (plot: Plot): readonly Step[] => {
  const { cast, random, slots } = plot;
  const slot = slots.size + 1;
  const isOutside = cast.hasOutsider && random.chance(0.1);
  const as = isOutside ? 'OUTSIDER' : random.pick<Member>('OWNER', ...cast.members);
  slots.set(slot, as);
  const email = anyAddress(plot, isOutside);
  const content: Content = {
    mediaType: random.pick('application/json', ...mediaTypes),
    fields: { email, role: random.pick(...roles) },
  };
  const made = create(slot, { as, content });
  return random.chance(0.7) ? [made, settle(slot, isOutside ? 'OUTSIDER' : 'OWNER')] : [made];
};

const settleSometimes = ({ random, slots }: Plot, slot: number): readonly Step[] =>
  random.chance(0.7) ? [settle(slot, slots.get(slot) === 'OUTSIDER' ? 'OUTSIDER' : 'OWNER')] : [];

const update: Scene = (plot, slot) => {
  const { random } = plot;
  const operation = random.pick<OperationId>('invitations_update', 'invitations_partial_update');
  const as = anybody(plot);
  const role = random.pick(...roles);
  const email = anyAddress(plot, plot.slots.get(slot) === 'OUTSIDER');
  const content = random.pick<Content>(
    fields({ email, role }),
    fields({ role }),
    fields({ email }),
    fields({ email, role, state: 'accepted', inviter_name: 'Nobody' }),
    random.pick<Content>(fields({}), ...invalidContents),
  );
  return [on(slot, operation, as, content), ...settleSometimes(plot, slot)];
};

const resend: Scene = (plot, slot) => [
  on(slot, 'invitations_resend_create', anybody(plot)),
  ...settleSometimes(plot, slot),
];

const retrieve: Scene = (plot, slot) => [on(slot, 'invitations_retrieve', anybody(plot))];

const destroy: Scene = (plot, slot) => [
  on(slot, 'invitations_destroy', anybody(plot)),
  on(slot, 'invitations_retrieve'),
];

const accept: Scene = (plot, slot) => [
  on(slot, 'invitations_accept_create', plot.cast.hasInvitee ? 'INVITEE' : anybody(plot)),
  on(slot, 'invitations_retrieve'),
];

const look: Scene = (plot) => {
  const { random } = plot;
  const email = anyAddress(plot);
  const narrowed = random.pick<Readonly<Record<string, string>>>(
    {},
    { role: random.pick(...roles) },
    { state: random.pick(...states) },
    { unknown: 'x' },
  );
  return [list({ email, ...narrowed }, random.pick<Who>('OWNER', ...plot.cast.members))];
};

/** Their slots are none of the invitations'. */
const employ: Scene = ({ random, slots }) => {
  const account = 100 + random.below(100);
  const slot = slots.size + 1;
  slots.set(slot, 'OWNER');
  return [
    createAccount(account, random.pick(...roles)),
    ask('users_current_retrieve', `<key:${account}>`),
    create(slot, { as: `<key:${account}>` }),
    random.pick<Step>(
      on(account, 'serviceaccounts_destroy'),
      follow(account, 'users_destroy', 'user'),
      follow(account, 'users_retrieve', 'user'),
      on(account, 'serviceaccounts_retrieve'),
    ),
    on(slot, 'invitations_retrieve'),
  ];
};

const browse: Scene = ({ random }) => [random.pick<Step>(list({}), ...listTour)];

const walk: Scene = (_plot, slot) => [
  follow(slot, 'users_retrieve', 'inviter'),
  follow(slot, 'memberships_retrieve', 'membership'),
];

const scenes = [begin, begin, begin, update, update, resend, retrieve, destroy, accept, look, look];

export const generate = (random: Random, cast: Cast, length = 12): readonly Step[] => {
  const plot: Plot = { cast, random, slots: new Map() };
  const steps = [...begin(plot)];
  while (steps.length < length) {
    const scene = random.pick<Scene>(retrieve, ...scenes, browse, walk, employ);
    steps.push(...scene(plot, 1 + random.below(plot.slots.size)));
  }
  return steps;
};

/** Reads alone: of the list, and of what is there already. */
export const generateReads = (random: Random, cast: Cast, length = 12): readonly Step[] => {
  const state = random.pick(...states);
  const steps: Step[] = [{ kind: 'pick', slot: 1, state, as: 'OWNER' }];
  const plot: Plot = { cast, random, slots: new Map([[1, 'OWNER']]) };
  while (steps.length < length) {
    const query = {
      ...(random.chance(0.5) ? { role: random.pick(...roles) } : {}),
      ...(random.chance(0.5) ? { state: random.pick(...states) } : {}),
      ...(random.chance(0.3) ? { page: random.pick('1', 'last', '0', 'x', '99999999') } : {}),
    };
    steps.push(
      random.pick<Step>(
        list(query, anybody(plot)),
        on(1, 'invitations_retrieve', anybody(plot)),
        random.pick<Step>(list({}), ...listTour),
      ),
    );
  }
  return steps;
};
