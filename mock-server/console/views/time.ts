// The clock of the sandbox, and the deliveries that depend on it.
import { api, bodyOf } from '../api.ts';
import { button } from '../controls.ts';
import { fill, h } from '../dom.ts';
import { field, form, select, WrongFields } from '../forms.ts';
import { announce } from '../notices.ts';
import type { Session } from '../session.ts';
import type { View } from '../view.ts';
import type { Clock, ClockChange } from '../wire.ts';
import { spanText, timeText } from '../words.ts';
import { deliveryPanel } from './delivery.ts';

const steps = [
  ['+1 minute', 'PT1M'],
  ['+1 hour', 'PT1H'],
  ['+1 day', 'P1D'],
  ['+1 week', 'P7D'],
] as const;

const offsetText = ({ offset_ms: offset, frozen }: Clock): string => {
  const runs = frozen ? 'It stands still.' : 'It runs.';
  if (Math.abs(offset) < 1_000) return `${runs} It shows the present.`;
  const side = offset > 0 ? 'ahead of' : 'behind';
  return `${runs} It is ${spanText(Math.abs(offset))} ${side} the present.`;
};

const setClock = async (session: Session, body: ClockChange): Promise<void> => {
  const params = { path: session.path };
  const { now, frozen } = await session.after(
    bodyOf(api.PATCH('/sandboxes/{name}/clock', { params, body })),
  );
  announce(`The clock ${frozen ? 'stands at' : 'runs from'} ${timeText(now)}.`);
};

const stepUnits = [
  ['PT%M', 'minutes'],
  ['PT%H', 'hours'],
  ['P%D', 'days'],
  ['P%W', 'weeks'],
  ['', 'as ISO 8601'],
] as const;

/** A number of units, or an ISO 8601 duration as it stands. */
const advanceForm = (session: Session): HTMLElement => {
  const amount = h('input', {
    value: '1',
    'data-member': 'advance',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  const unit = select(stepUnits, 'P%D');
  const submit = (): Promise<void> => {
    const text = amount.value.trim();
    const pattern = unit.value();
    if (pattern !== '' && !/^\d+$/.test(text)) {
      const units = unit.element.selectedOptions[0]?.text ?? 'units';
      const advance = `Advance by takes a whole number of ${units}; "${text}" is none.`;
      throw new WrongFields({ advance });
    }
    return setClock(session, { advance: pattern === '' ? text : pattern.replace('%', text) });
  };
  return form(
    { submit, label: 'Advance', name: 'Advance the clock', look: 'inline' },
    h(
      'div',
      { class: 'fields' },
      field('Advance by', amount, 'a number, or a duration such as P1DT12H'),
      field('Unit', unit.element),
    ),
  );
};

/** The picker's value has no zone; here it is UTC. */
const setForm = (session: Session): HTMLElement => {
  const shown = session.sandbox().clock.now.slice(0, 19);
  const picker = h('input', { type: 'datetime-local', step: 1, value: shown });
  const moment = h('input', {
    value: `${shown}Z`,
    'data-member': 'now',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  picker.addEventListener('input', () => {
    if (picker.value !== '') moment.value = `${picker.value.padEnd(19, ':00')}Z`;
  });
  const submit = (): Promise<void> => setClock(session, { now: moment.value.trim() });
  return form(
    { submit, label: 'Set', name: 'Set the clock', look: 'inline' },
    h(
      'div',
      { class: 'fields' },
      field('Day and time (UTC)', picker),
      field('Set to', moment, 'the same in ISO 8601'),
    ),
  );
};

/** What the clock shows, moved on by this page between two readings of it. */
const face = (
  session: Session,
  signal: AbortSignal,
): { element: HTMLElement; show: () => void } => {
  const element = h('time', { class: 'face' });
  let readAt = performance.now();
  const show = (): void => {
    const { now, frozen } = session.sandbox().clock;
    const passed = frozen ? 0 : performance.now() - readAt;
    element.textContent = timeText(new Date(Date.parse(now) + passed).toISOString());
  };
  session.changed.listen(() => {
    readAt = performance.now();
    show();
  }, signal);
  const ticking = setInterval(show, 250);
  signal.addEventListener('abort', () => {
    clearInterval(ticking);
  });
  show();
  return { element, show };
};

export const time: View = ({ session, signal }) => {
  const state = h('p', { class: 'muted' });
  const toggle = button(
    'Freeze',
    async () => {
      await setClock(session, { frozen: !session.sandbox().clock.frozen });
    },
    { kind: 'primary' },
  );
  const showState = (): void => {
    const { clock } = session.sandbox();
    fill(state, offsetText(clock));
    toggle.textContent = clock.frozen ? 'Let it run' : 'Freeze';
  };
  session.changed.listen(showState, signal);
  showState();
  // What is shown is read anew once, for the session may have been opened long ago.
  const clock = face(session, signal);
  void session.refresh().catch(() => undefined);
  return h(
    'div',
    { class: 'split even' },
    h(
      'section',
      { class: 'panel' },
      h('h2', {}, 'Clock (UTC)'),
      clock.element,
      state,
      h(
        'div',
        { class: 'actions' },
        toggle,
        steps.map(([label, advance]) =>
          button(label, () => setClock(session, { advance }), {
            name: `${label}: advance the clock`,
          }),
        ),
        button('Back to the present', () => setClock(session, { now: null, frozen: false })),
      ),
      advanceForm(session),
      setForm(session),
      h(
        'p',
        { class: 'hint' },
        'Deliveries, the expiry of JWTs and all times in answers follow this clock.',
      ),
    ),
    deliveryPanel(session, signal),
  );
};
