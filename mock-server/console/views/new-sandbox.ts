// The form for a new sandbox.
import { api, bodyOf } from '../api.ts';
import { field, form, numberIn, select } from '../controls.ts';
import { h } from '../dom.ts';
import { hrefOf } from '../route.ts';
import type { SandboxOptions } from '../wire.ts';
import { deliveryChoices } from './delivery.ts';

export const scenarioChoices = [
  ['team', 'team: an organization at work'],
  ['empty', 'empty: people, no invitations'],
  ['many-pages', 'many-pages: thousands of invitations'],
  ['edge-cases', 'edge-cases: long names, odd addresses'],
] as const;

const adjectives = ['quiet', 'brave', 'early', 'green', 'lucky', 'plain', 'swift', 'warm'];
const nouns = ['otter', 'maple', 'comet', 'harbor', 'lantern', 'meadow', 'raven', 'willow'];

const suggestName = (): string => {
  const [first = 0, second = 0, third = 0] = crypto.getRandomValues(new Uint8Array(3));
  const adjective = adjectives[first % adjectives.length] ?? '';
  return `${adjective}-${nouns[second % nouns.length] ?? ''}-${third % 100}`;
};

const lifetimes = [
  ['', 'a day after its last use'],
  ['PT1H', 'an hour after its last use'],
  ['P7D', 'a week after its last use'],
  ['never', 'with the server'],
] as const;

const lifetimeOf = (chosen: string): Pick<SandboxOptions, 'time_to_live'> => {
  if (chosen === '') return {};
  return { time_to_live: chosen === 'never' ? null : chosen };
};

/** `exists` says whether a name is taken: replacing a sandbox by mistake would lose what is in it. */
export const newSandbox = (exists: (name: string) => boolean): HTMLElement => {
  const name = h('input', { value: suggestName(), autocomplete: 'off', spellcheck: 'false' });
  const scenario = select(scenarioChoices);
  const seed = h('input', { inputmode: 'numeric', placeholder: 'from the name' });
  const mode = select(deliveryChoices);
  const ends = select(lifetimes);

  const create = async (): Promise<void> => {
    const wanted = name.value.trim();
    if (wanted === '') throw new Error('A sandbox needs a name.');
    if (exists(wanted)) {
      throw new Error(`${wanted} exists. Choose another name, or reset it in its World.`);
    }
    const number = numberIn(seed, 'Seed');
    const body = {
      scenario: scenario.value(),
      delivery: { mode: mode.value() },
      ...(number === undefined ? {} : { seed: number }),
      ...lifetimeOf(ends.value()),
    };
    await bodyOf(api.PUT('/sandboxes/{name}', { params: { path: { name: wanted } }, body }));
    location.hash = hrefOf(wanted, 'invitations');
  };

  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, 'New sandbox'),
    form(
      { submit: create, label: 'Create', name: 'New sandbox' },
      field('Name', name, 'Lower-case letters, digits, dots, dashes, underscores.'),
      field('Scenario', scenario.element),
      field('Seed', seed, 'The same seed gives the same people.'),
      field('Messages leave', mode.element),
      field('Ends', ends.element),
    ),
  );
};
