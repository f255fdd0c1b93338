// What a sandbox begins with: another scenario, or a seed file of one's own, for the whole sandbox anew.
import { addressOf, api, bodyOf, pathOf } from '../api.ts';
import { confirmed } from '../controls.ts';
import { fill, h } from '../dom.ts';
import { attempts, field, numberIn, select } from '../forms.ts';
import { announce, complain } from '../notices.ts';
import type { Session } from '../session.ts';
import type { Sandbox } from '../wire.ts';
import { scenarioChoices } from './new-sandbox.ts';
import { seedText } from './seed-text.ts';

const scenarioPanel = (session: Session): HTMLElement => {
  const { scenario, seed } = session.sandbox();
  const chosen = select(scenarioChoices, scenario);
  const input = (member: string, more: Readonly<Record<string, string | number>>) =>
    h('input', { 'data-member': member, spellcheck: 'false', ...more });
  const size = input('scenario_size', {
    inputmode: 'numeric',
    placeholder: 'as the scenario has it',
  });
  const number = input('seed', { value: seed, inputmode: 'numeric' });
  const start = input('start_time', { placeholder: '2026-01-31T09:00:00Z' });
  const { place, attempt } = attempts(() => panel);
  const fillAnew = confirmed('Fill anew', {
    name: 'Fill anew from this scenario',
    question: 'Throw away what is in it and begin from this scenario?',
    yes: 'Yes, fill anew',
    act: () =>
      attempt(async () => {
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
      }),
  });
  const panel = h(
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
    place,
    fillAnew,
  );
  return panel;
};

/** What a seed file leaves out has the server's own setting. */
const seedPanel = (session: Session): HTMLElement => {
  const text = seedText();
  const params = { path: session.path };
  const showOwn = async (): Promise<void> => {
    const own = await bodyOf(api.GET('/sandboxes/{name}/seed', { params }));
    text.set(`${JSON.stringify(own, null, 2)}\n`);
  };
  if (session.sandbox().own_world) showOwn().catch(complain);
  const { place, attempt } = attempts(() => panel);
  const replace = confirmed('Begin from this file', {
    question: `Throw away what is in ${session.name}, and begin from this file?`,
    yes: 'Yes, begin',
    act: () =>
      attempt(async () => {
        await session.after(text.send(session.name, true));
        announce(`${session.name} begins from the seed file.`);
      }),
  });
  const href = addressOf(`${pathOf(session.name)}/seed`);
  const download = `${session.name}.seed.json`;
  const panel = h(
    'section',
    { class: 'panel', 'aria-label': 'A world of your own' },
    h('h2', {}, 'A world of your own'),
    h('p', { class: 'hint' }, 'A seed file says it in a few lines; a reset goes back to it.'),
    text.elements,
    place,
    h(
      'div',
      { class: 'actions' },
      replace,
      h('a', { class: 'button', href, download }, 'Download what this sandbox began with'),
    ),
  );
  return panel;
};

/** Shows another one where the sandbox was filled from elsewhere. */
export const beginningPlace = (session: Session, signal: AbortSignal): HTMLElement => {
  const place = h('div', {}, scenarioPanel(session), seedPanel(session));
  const planOf = ({ scenario, seed, own_world: isOwn }: Sandbox): string =>
    `${scenario} ${seed} ${isOwn}`;
  let shown = planOf(session.sandbox());
  session.changed.listen(() => {
    const plan = planOf(session.sandbox());
    if (plan !== shown) fill(place, scenarioPanel(session), seedPanel(session));
    shown = plan;
  }, signal);
  return place;
};
