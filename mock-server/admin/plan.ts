// What a sandbox is made from, as a client asks for it and as it is shown.
import * as v from 'valibot';
import { scenarioNames } from '../../fixtures/scenario.ts';
import { toReadings } from '../../spec/readings.ts';
import { editions, readingNames, readings, type ReadingName } from '../../spec/vocabulary.ts';
import type { SandboxPlan } from '../sandboxes/sandbox-plan.ts';
import { DeliveryChange, toSettings } from './delivery.ts';
import { askedFaults, findTwice, nameFaults } from './faults.ts';
import { named } from './schema/named.ts';
import { choice, object } from './schema/object.ts';
import { SeedFile } from './seed-file.ts';
import { flag, maybe, span, time, whole } from './schema/values.ts';

export const Scenario = named('Scenario', 'What a sandbox holds at first.', choice(scenarioNames));

/** A larger one, of which the flag at the start makes one alone, would take this process's memory away from the others. */
const mostInvitations = 100_000;

export const choosableReadings = readingNames.filter(
  (name): name is Exclude<ReadingName, 'edition'> => name !== 'edition',
);

const readingChoices = Object.fromEntries(
  choosableReadings.map((name) => [name, v.exactOptional(choice(readings[name]))] as const),
);

export const Edition = named(
  'Edition',
  'The edition of the contract, by the day on which it was published.',
  choice(editions),
);

export const ReadingsChoice = named(
  'Readings',
  'How the API answers where its contract leaves room; `docs/readings.md` has all of them.',
  object(readingChoices),
);

/** What a scenario is built with. */
const built = {
  scenario: v.exactOptional(Scenario),
  scenario_size: maybe(
    'How many invitations `many-pages` makes; null for its own number.',
    v.nullable(whole(1, mostInvitations)),
  ),
  seed: maybe('The same seed, scenario and start time give the same data.', whole(0, 2 ** 32 - 1)),
  start_time: maybe('What the clock shows first; null for the present.', v.nullable(time)),
};

export const SeedOptions = named(
  'SeedOptions',
  'Options of a sandbox that say what it holds.',
  object(built),
);

const options = {
  ...built,
  edition: v.exactOptional(Edition),
  readings: v.exactOptional(ReadingsChoice),
  world: v.exactOptional(v.nullable(SeedFile)),
  page_size: maybe('Invitations on a page of a list.', whole(1, 10_000)),
  frozen: maybe('Whether the clock stands still at first.', flag),
  delivery: v.exactOptional(DeliveryChange),
  faults: maybe(
    'What goes wrong on purpose from the start.',
    v.pipe(
      askedFaults,
      v.check(
        (asked) => findTwice(asked) === undefined,
        'faults of which each has an id of its own',
      ),
    ),
  ),
  time_to_live: maybe(
    'After how long without use, in real time, the sandbox is removed; null for never.',
    v.nullable(span),
  ),
};

const scenarioBeside = 'empty';

/** A seed file is one of these, in YAML or JSON. */
export const SandboxOptions = named(
  'SandboxOptions',
  'What a sandbox holds and how it behaves; a seed file in JSON.',
  v.pipe(
    object({ $schema: maybe('For editors; it is not looked at.', v.string()), ...options }),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const { scenario, world } = dataset.value;
      if (!world || scenario === undefined || scenario === scenarioBeside) return;
      const input = { ...dataset.value };
      const path = {
        type: 'object',
        origin: 'value',
        input,
        key: 'scenario',
        value: scenario,
      } as const;
      const message = `"${scenarioBeside}" beside a "world", or to be left out there`;
      addIssue({ message, input: scenario, path: [path] });
    }),
  ),
);

export const WorldPlan = named(
  'WorldPlan',
  'What the sandbox was made from, and is made from again by a reset.',
  object(options),
);

/** What is absent stays as it is in `plan`. */
export const withSeed = (
  plan: SandboxPlan,
  asked: v.InferOutput<typeof SeedOptions>,
): SandboxPlan => ({
  ...plan,
  scenario: asked.scenario ?? plan.scenario,
  world: asked.scenario === undefined ? plan.world : null,
  scenarioSize: asked.scenario_size === undefined ? plan.scenarioSize : asked.scenario_size,
  seed: asked.seed ?? plan.seed,
  startTime: asked.start_time === undefined ? plan.startTime : asked.start_time,
});

/** What is absent stays as it is in `plan`. */
export const withOptions = (
  plan: SandboxPlan,
  asked: v.InferOutput<typeof SandboxOptions>,
): SandboxPlan => ({
  ...withSeed(plan, asked),
  readings: toReadings(
    { ...asked.readings, ...(asked.edition !== undefined && { edition: asked.edition }) },
    plan.readings,
  ),
  ...(asked.world ? { scenario: scenarioBeside, world: asked.world } : {}),
  frozen: asked.frozen ?? plan.frozen,
  faults: asked.faults === undefined ? plan.faults : nameFaults(asked.faults),
  pageSize: asked.page_size ?? plan.pageSize,
  delivery: toSettings(asked.delivery ?? {}, plan.delivery),
  timeToLiveMs: asked.time_to_live === undefined ? plan.timeToLiveMs : asked.time_to_live,
});
