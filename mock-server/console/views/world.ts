// The whole sandbox at once: its scenario, a reset, snapshots, export and import, its end.
import { addressOf, api, pathOf, putText } from '../api.ts';
import { confirmed, facts } from '../controls.ts';
import { fill, h } from '../dom.ts';
import { attempts, field } from '../forms.ts';
import { announce } from '../notices.ts';
import type { Session } from '../session.ts';
import type { View } from '../view.ts';
import type { Sandbox } from '../wire.ts';
import { plural, timeText } from '../words.ts';
import { beginningPlace } from './beginning.ts';
import { snapshotPanel } from './snapshots.ts';

const factsOf = ({
  scenario,
  own_world: isOwn,
  scenario_size: size,
  seed,
  organization,
  page_size: page,
  counts,
  created_at: created,
  expires_at: ends,
  start_time: start,
}: Sandbox): HTMLElement => {
  const named = size === null ? scenario : `${scenario}, ${size} invitations`;
  const text = isOwn ? 'a seed file' : named;
  return facts([
    ['Begins with', `${text}, seed ${seed}`],
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

const importPanel = (session: Session): HTMLElement => {
  const file = h('input', { type: 'file', accept: 'application/json,.json' });
  const { place, attempt } = attempts(() => file);
  const replace = confirmed('Import over this sandbox', {
    question: `Throw away what is in ${session.name}, and take what the file holds?`,
    yes: 'Yes, import',
    act: () =>
      attempt(async () => {
        const chosen = file.files?.[0];
        if (chosen === undefined)
          throw new Error('Choose a file that was exported from a sandbox.');
        await session.after(putText(pathOf(session.name, 'import'), await chosen.text()));
        file.value = '';
        announce(`${session.name} is now what ${chosen.name} holds.`);
      }),
  });
  return h(
    'section',
    { class: 'panel', 'aria-label': 'Import a world' },
    h('h2', {}, 'Import'),
    field('World file', file, 'from Export; replaces all that is in this sandbox'),
    place,
    replace,
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
      beginningPlace(session, signal),
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
