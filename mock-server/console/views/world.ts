// The whole sandbox at once: its scenario, a reset, snapshots, export and import, its end.
import { addressOf, api, pathOf, putText } from '../api.ts';
import { confirmed, facts, field, form, numberIn, select } from '../controls.ts';
import { fill, h } from '../dom.ts';
import { announce } from '../notices.ts';
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
    name: 'Fill the sandbox from this scenario',
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

const importForm = (session: Session): HTMLElement => {
  const file = h('input', { type: 'file', accept: 'application/json,.json' });
  const submit = async (): Promise<void> => {
    const chosen = file.files?.[0];
    if (chosen === undefined) throw new Error('Choose a file that was exported from a sandbox.');
    await session.after(putText(pathOf(session.name, 'import'), await chosen.text()));
    file.value = '';
    announce(`${session.name} is now what ${chosen.name} holds.`);
  };
  return form(
    { submit, label: 'Import over this sandbox', name: 'Import a world' },
    field('World file', file, 'replaces all that is in this sandbox'),
  );
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
      scenarioPanel(session),
    ),
    h(
      'div',
      {},
      snapshotPanel(session, signal),
      h(
        'section',
        { class: 'panel' },
        h('h2', {}, 'Export and import'),
        h(
          'p',
          {},
          'A file holds all that happened here, and no secret: keys are made anew where it is imported.',
        ),
        h('p', {}, download),
        importForm(session),
      ),
    ),
  );
};
