// The form for a new sandbox.
import { api, bodyOf, Refusal } from '../api.ts';
import { h } from '../dom.ts';
import { field, form, numberIn, select, WrongFields } from '../forms.ts';
import { hrefOf } from '../route.ts';
import type { SandboxOptions } from '../wire.ts';
import { deliveryChoices } from './delivery.ts';
import { seedText } from './seed-text.ts';

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

/** What is said of the name stands at the name. */
const atName = (error: unknown, name: string): unknown => {
  if (!(error instanceof Refusal)) return error;
  if (error.status === 412) {
    return new WrongFields({
      name: `${name} exists. Choose another name, or begin anew in its World.`,
    });
  }
  return error.message.includes('is no name') ? new WrongFields({ name: error.message }) : error;
};

const kinds = [...scenarioChoices, ['seed-file', 'a seed file: a world of my own']] as const;

type Made = {
  readonly fields: readonly HTMLElement[];
  readonly make: (name: string) => Promise<unknown>;
};

/** From a scenario, and how it behaves. */
const fromScenario = (scenario: () => SandboxOptions['scenario']): Made => {
  const seed = h('input', {
    inputmode: 'numeric',
    placeholder: 'from the name',
    'data-member': 'seed',
  });
  const mode = select(deliveryChoices);
  const ends = select(lifetimes);
  return {
    fields: [
      field('Seed', seed, 'the same seed gives the same people'),
      field('Messages leave', mode.element),
      field('Ends', ends.element),
    ],
    make: (name) => {
      const number = numberIn(seed, 'Seed');
      const chosen = scenario();
      const body: SandboxOptions = {
        ...(chosen !== undefined && { scenario: chosen }),
        delivery: { mode: mode.value() },
        ...(number !== undefined && { seed: number }),
        ...lifetimeOf(ends.value()),
      };
      const params = { path: { name }, header: { 'If-None-Match': '*' } };
      return bodyOf(api.PUT('/sandboxes/{name}', { params, body }));
    },
  };
};

export const newSandbox = (): HTMLElement => {
  const name = h('input', {
    ...{ value: suggestName(), autocomplete: 'off', spellcheck: 'false', 'data-member': 'name' },
  });
  const kind = select(kinds);
  const plain = fromScenario(() => {
    const chosen = kind.value();
    return chosen === 'seed-file' ? undefined : chosen;
  });
  const text = seedText();
  const create = async (): Promise<void> => {
    const wanted = name.value.trim();
    if (wanted === '') throw new WrongFields({ name: 'A sandbox needs a name.' });
    try {
      await (kind.value() === 'seed-file' ? text.send(wanted, false) : plain.make(wanted));
    } catch (error) {
      throw atName(error, wanted);
    }
    location.hash = hrefOf(wanted, 'invitations');
  };
  const adapt = (): void => {
    const isOwn = kind.value() === 'seed-file';
    for (const one of plain.fields) one.hidden = isOwn;
    for (const one of text.elements) one.hidden = !isOwn;
  };
  kind.element.addEventListener('change', adapt);
  adapt();
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, 'New sandbox'),
    form(
      { submit: create, label: 'Create', name: 'New sandbox' },
      field('Name', name, 'lower-case letters, digits, dots, dashes, underscores'),
      field('Begins with', kind.element),
      plain.fields,
      text.elements,
    ),
  );
};
