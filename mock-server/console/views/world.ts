// The whole sandbox at once: its scenario, a reset, snapshots, export and import, its end.
import { addressOf, api, pathOf, putText } from '../api.ts';
import { confirmed, facts, field, numberIn, select } from '../controls.ts';
import { fill, h } from '../dom.ts';
import { announce, sentenceOf } from '../notices.ts';
import type { Session } from '../session.ts';
import type { View } from '../view.ts';
import type { Sandbox } from '../wire.ts';
import { plural, timeText } from '../words.ts';
import { scenarioChoices } from './new-sandbox.ts';
import { snapshotPanel } from './snapshots.ts';

const factsOf = ({
  scenario,
  scenario_size: size,
  seed,
  organization,
  page_size: page,
  counts,
  created_at: created,
  expires_at: ends,
  start_time: start,
}: Sandbox): HTMLElement => {
  const text = size === null ? scenario : `${scenario}, ${size} invitations`;
  return facts([
    ['Scenario', `${text}, seed ${seed}`],
    ['Organization', organization.name],
    ['People', plural(counts.people, 'person', 'people')],
    ['Invitations on a page', page],
    ['Opens at', start === null ? 'the present' : timeText(start)],
    ['Made', timeText(created)],
    ['Ends', ends === null ? 'with the server' : timeText(ends)],
  ]);
};

const resetButton = (session: Session): HTMLElement =>
  confirmed('Reset', {
    name: 'Reset the sandbox',
    question: 'Back to how it began? Invitations, messages and traffic are lost; snapshots stay.',
    yes: 'Yes, reset',
    kind: 'danger',
    act: async () => {
      const { path } = session;
      await session.after(api.POST('/sandboxes/{name}/reset', { params: { path } }));
      announce(`${session.name} is as it began.`);
    },
  });

const deleteButton = ({ name }: Session): HTMLElement | null => {
  if (name === 'default') return null;
  return confirmed('Delete the sandbox', {
    question: `Delete ${name} and all that is in it?`,
    yes: 'Yes, delete',
    act: async () => {
      await api.DELETE('/sandboxes/{name}', { params: { path: { name } } });
      location.hash = '#/';
    },
  });
};

const scenarioPanel = (session: Session): HTMLElement => {
  const { scenario, seed } = session.sandbox();
  const chosen = select(scenarioChoices, scenario);
  const size = h('input', { inputmode: 'numeric', placeholder: 'as the scenario has it' });
  const number = h('input', { value: seed, inputmode: 'numeric' });
  const start = h('input', { placeholder: '2026-01-31T09:00:00Z', spellcheck: 'false' });
  const fillAnew = confirmed('Fill anew', {
    name: 'Fill anew from this scenario',
    question: 'Throw away what is in it and begin from this scenario?',
    yes: 'Yes, fill anew',
    act: async () => {
      const count = numberIn(size, 'Size');
      const seeded = numberIn(number, 'Seed');
      const opensAt = start.value.trim();
      const body = {
        scenario: chosen.value(),
        ...(count === undefined ? {} : { scenario_size: count }),
        ...(seeded === undefined ? {} : { seed: seeded }),
        ...(opensAt === '' ? {} : { start_time: opensAt }),
      };
      const params = { path: session.path };
      await session.after(api.POST('/sandboxes/{name}/seed', { params, body }));
      announce(`${session.name} begins from ${chosen.value()}.`);
    },
  });
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, 'Scenario'),
    h(
      'div',
      { class: 'fields' },
      field('Scenario', chosen.element),
      field('Size', size, 'invitations, for many-pages'),
      field('Seed', number, 'the same seed gives the same people'),
      field('Opens at', start, 'empty for the present'),
    ),
    fillAnew,
  );
};

const importPanel = (session: Session): HTMLElement => {
  const file = h('input', { type: 'file', accept: 'application/json,.json' });
  const error = h('p', { role: 'alert', class: 'form-error' });
  const replace = confirmed('Import over this sandbox', {
    question: `Throw away what is in ${session.name}, and take what the file holds?`,
    yes: 'Yes, import',
    act: async () => {
      error.textContent = '';
      const chosen = file.files?.[0];
      try {
        if (chosen === undefined)
          throw new Error('Choose a file that was exported from a sandbox.');
        await session.after(putText(pathOf(session.name, 'import'), await chosen.text()));
        file.value = '';
        announce(`${session.name} is now what ${chosen.name} holds.`);
      } catch (problem) {
        error.textContent = sentenceOf(problem);
      }
    },
  });
  return h(
    'section',
    { class: 'panel', 'aria-label': 'Import a world' },
    h('h2', {}, 'Import'),
    field('World file', file, 'replaces all that is in this sandbox'),
    error,
    replace,
  );
};

/** Shows another one where the sandbox was filled from elsewhere. */
const scenarioPlace = (session: Session, signal: AbortSignal): HTMLElement => {
  const place = h('div', {}, scenarioPanel(session));
  const planOf = ({ scenario, seed }: Sandbox): string => `${scenario} ${seed}`;
  let shown = planOf(session.sandbox());
  session.changed.listen(() => {
    const plan = planOf(session.sandbox());
    if (plan !== shown) fill(place, scenarioPanel(session));
    shown = plan;
  }, signal);
  return place;
};

export const world: View = ({ session, signal }) => {
  const known = h('div', {}, factsOf(session.sandbox()));
  session.changed.listen(() => {
    fill(known, factsOf(session.sandbox()));
  }, signal);
  const download = h(
    'a',
    {
      class: 'button',
      href: addressOf(`${pathOf(session.name)}/export`),
      download: `${session.name}.world.json`,
    },
    'Export',
  );
  return h(
    'div',
    { class: 'split even' },
    h(
      'div',
      {},
      h(
        'section',
        { class: 'panel' },
        h('h2', {}, 'This sandbox'),
        known,
        h('div', { class: 'actions' }, resetButton(session), deleteButton(session)),
      ),
      scenarioPlace(session, signal),
    ),
    h(
      'div',
      {},
      snapshotPanel(session, signal),
      h(
        'section',
        { class: 'panel' },
        h('h2', {}, 'Export'),
        h(
          'p',
          {},
          'A file holds all that happened here, and no secret: keys are made anew where it is imported.',
        ),
        h('p', {}, download),
      ),
      importPanel(session),
    ),
  );
};
