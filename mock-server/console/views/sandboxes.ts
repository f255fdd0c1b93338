// The sandboxes of this server, and a form for another one.
import { api, bodyOf } from '../api.ts';
import { button, confirmed, emptyState, facts } from '../controls.ts';
import { fill, h, keyedList } from '../dom.ts';
import { announce, complain } from '../notices.ts';
import { hrefOf } from '../route.ts';
import type { Summary } from '../wire.ts';
import { plural, timeText, totalOf } from '../words.ts';
import { newSandbox } from './new-sandbox.ts';

const countsOf = ({ counts: { invitations } }: Summary): string => {
  const all = totalOf(invitations);
  const byState = Object.entries(invitations)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  return all === 0 ? 'No invitations' : `${plural(all, 'invitation')}: ${byState.join(', ')}`;
};

const marksOf = ({ counts, clock }: Summary): readonly HTMLElement[] => {
  const mark = (text: string): HTMLElement => h('span', { class: 'badge alarm' }, text);
  const { exchanges_with_findings: found, faults } = counts;
  return [
    ...(clock.frozen ? [h('span', { class: 'badge' }, '❄ frozen')] : []),
    ...(faults > 0 ? [mark(plural(faults, 'fault'))] : []),
    ...(found > 0 ? [mark(`${plural(found, 'exchange')} with findings`)] : []),
  ];
};

const card = (summary: Summary, reload: () => Promise<void>): HTMLElement => {
  const { name, scenario, own_world: isOwn, seed, delivery, clock, counts } = summary;
  const { expires_at: expiresAt } = summary;
  const remove = confirmed('Delete', {
    name: `Delete the sandbox ${name}`,
    question: `Delete ${name} and all that is in it?`,
    yes: 'Yes, delete',
    kind: 'quiet',
    act: async () => {
      await api.DELETE('/sandboxes/{name}', { params: { path: { name } } });
      await reload();
      announce(`Deleted: ${name}.`);
    },
  });
  return h(
    'li',
    { class: 'card' },
    h(
      'div',
      { class: 'card-head' },
      h('h2', {}, h('a', { href: hrefOf(name, 'invitations') }, name)),
      marksOf(summary),
    ),
    h('p', {}, countsOf(summary)),
    facts([
      ['Begins with', `${isOwn ? 'a seed file' : scenario}, seed ${seed}`],
      ['Delivery', delivery.mode],
      ['Clock', timeText(clock.now)],
      ['Kept', `${plural(counts.messages, 'message')}, ${plural(counts.exchanges, 'exchange')}`],
      ['Ends', expiresAt === null ? 'with the server' : timeText(expiresAt)],
    ]),
    name === 'default' ? null : remove,
  );
};

const lesson = (): HTMLElement =>
  emptyState(
    'One world so far',
    h(
      'p',
      {},
      'A sandbox is a world of its own: people, invitations, clock, outbox and faults. Make one for each tester, or for each test that runs beside others. Its API keys and JWTs lead to it; the address of the API stays the same.',
    ),
  );

export const sandboxes = (signal: AbortSignal): HTMLElement => {
  const list = h('ul', { class: 'cards', 'aria-label': 'Sandboxes' });
  const hint = h('div', {});
  const room = h('p', { class: 'muted' }, 'Loading…');
  const show = keyedList<Summary>(list, {
    keyOf: ({ name }) => name,
    render: (summary) => card(summary, load),
  });

  const load = async (): Promise<void> => {
    const { count, limit, sandboxes: all } = await bodyOf(api.GET('/sandboxes'));
    if (signal.aborted) return;
    show(all);
    room.textContent = `${count} of at most ${limit}. Times are UTC.`;
    fill(hint, count < 2 ? lesson() : null);
  };
  const loadSafely = (): void => {
    load().catch(complain);
  };

  // Each sandbox has a stream of its own, so the list of all is read when somebody looks.
  window.addEventListener('focus', loadSafely, { signal });
  loadSafely();
  return h(
    'div',
    { class: 'split' },
    h(
      'div',
      {},
      h('div', { class: 'bar' }, room, button('Refresh', load, { kind: 'quiet' })),
      list,
      hint,
    ),
    newSandbox(),
  );
};
