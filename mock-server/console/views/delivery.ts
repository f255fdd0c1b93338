// When messages leave, where their links lead, and which of them bounce.
import { api } from '../api.ts';
import { button } from '../controls.ts';
import { fill, h } from '../dom.ts';
import { field, form, numberIn, select } from '../forms.ts';
import { announce } from '../notices.ts';
import { hrefOf } from '../route.ts';
import type { Session } from '../session.ts';
import type { BounceRule, Sandbox } from '../wire.ts';
import { plural } from '../words.ts';

export const deliveryChoices = [
  ['at-once', 'at once: the next read sees it'],
  ['after-delay', 'after a delay'],
  ['after-reads', 'after a number of reads'],
  ['by-hand', 'by hand'],
] as const;

type RuleRow = { readonly element: HTMLElement; readonly read: () => BounceRule | null };

const ruleRow = ({ pattern, reason }: BounceRule, remove: (row: RuleRow) => void): RuleRow => {
  const matches = h('input', { value: pattern, placeholder: 'bounce*', spellcheck: 'false' });
  const because = h('input', { value: reason ?? '', placeholder: 'the words of a mail server' });
  const element = h(
    'li',
    { class: 'fields bounce' },
    field('Address matches', matches),
    field('Reason', because),
  );
  const row = {
    element,
    read: () => {
      if (matches.value === '') return null;
      return { pattern: matches.value, ...(because.value === '' ? {} : { reason: because.value }) };
    },
  };
  element.append(
    button(
      'Remove',
      () => {
        remove(row);
      },
      { name: `Remove the rule ${pattern === '' ? 'without a pattern' : pattern}` },
    ),
  );
  return row;
};

const ruleEditor = (
  rules: readonly BounceRule[],
): {
  element: HTMLElement;
  read: () => BounceRule[];
} => {
  const list = h('ul', { class: 'plain', 'aria-label': 'Bounce rules' });
  let rows: readonly RuleRow[] = [];
  const show = (): void => {
    fill(
      list,
      rows.map(({ element }) => element),
    );
  };
  const remove = (row: RuleRow): void => {
    rows = rows.filter((one) => one !== row);
    show();
    add.focus();
  };
  const add = button('Add a rule', () => {
    const row = ruleRow({ pattern: '' }, remove);
    rows = [...rows, row];
    show();
    row.element.querySelector('input')?.focus();
  });
  rows = rules.map((rule) => ruleRow(rule, remove));
  show();
  const hint = '* stands for anything; the first rule that matches counts; letter case does not.';
  return {
    element: h(
      'fieldset',
      {},
      h('legend', {}, 'Addresses that bounce'),
      h('p', { class: 'hint' }, hint),
      list,
      add,
    ),
    read: () => rows.flatMap((row) => row.read() ?? []),
  };
};

const waitingText = (session: Session): readonly (Node | string)[] => {
  const { waiting, mode } = session.sandbox().delivery;
  if (waiting === 0) return ['No message waits to leave.'];
  const link = h('a', { href: hrefOf(session.name, 'invitations') }, 'deliver or bounce each');
  const how = mode === 'by-hand' ? [': ', link, '.'] : ['.'];
  return [`${plural(waiting, 'message waits', 'messages wait')} to leave`, ...how];
};

type Part = {
  readonly fields: readonly HTMLElement[];
  readonly read: () => Partial<Settings>;
};

type Settings = Sandbox['delivery'];

/** When messages leave; what another choice needs is hidden. */
const modePart = (delivery: Settings): Part => {
  const mode = select(deliveryChoices, delivery.mode);
  const delay = h('input', { value: delivery.delay, 'data-member': 'delay', spellcheck: 'false' });
  const reads = h('input', { value: delivery.reads, 'data-member': 'reads', inputmode: 'numeric' });
  const delayField = field('Delay', delay, 'a duration such as PT2S, PT10M, P1D');
  const readsField = field('Reads', reads, 'of the API, before the message has left');
  const showFields = (): void => {
    delayField.hidden = mode.value() !== 'after-delay';
    readsField.hidden = mode.value() !== 'after-reads';
  };
  mode.element.addEventListener('change', showFields);
  showFields();
  return {
    fields: [field('Messages leave', mode.element), delayField, readsField],
    read: () => {
      const wanted = mode.value();
      const count = numberIn(reads, 'Reads');
      return {
        mode: wanted,
        ...(wanted === 'after-delay' && { delay: delay.value.trim() }),
        ...(wanted === 'after-reads' && count !== undefined && { reads: count }),
      };
    },
  };
};

const linkPart = ({ accept_url: template }: Settings): Part => {
  const link = h('input', {
    value: template ?? '',
    'data-member': 'accept_url',
    placeholder: 'where the server has it lead',
    spellcheck: 'false',
    inputmode: 'url',
  });
  const hint = 'of your page, with {id}, {email}, {organization}, {role}, {sandbox}';
  return {
    fields: [field('Accept link', link, hint)],
    read: () => ({ accept_url: link.value.trim() === '' ? null : link.value.trim() }),
  };
};

export const deliveryPanel = (session: Session, signal: AbortSignal): HTMLElement => {
  const { delivery } = session.sandbox();
  const mode = modePart(delivery);
  const link = linkPart(delivery);
  const rules = ruleEditor(delivery.bounce_rules);
  const waiting = h('p', { class: 'waiting' });
  const showWaiting = (): void => {
    fill(waiting, waitingText(session));
  };
  const submit = async (): Promise<void> => {
    const body = { ...mode.read(), ...link.read(), bounce_rules: rules.read() };
    const params = { path: session.path };
    await session.after(api.PATCH('/sandboxes/{name}/delivery', { params, body }));
    announce('The delivery is saved.');
  };
  session.changed.listen(showWaiting, signal);
  showWaiting();
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, 'Delivery'),
    waiting,
    form(
      { submit, label: 'Save the delivery', name: 'Delivery' },
      h('div', { class: 'fields' }, mode.fields),
      link.fields,
      rules.element,
    ),
  );
};
