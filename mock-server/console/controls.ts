// Buttons and fields that several views use.
import { fill, h, type Child } from './dom.ts';
import { announce, complain, sentenceOf } from './notices.ts';

/** What it returns is waited for. */
type Act = () => unknown;

const run = async (button: HTMLButtonElement, act: Act): Promise<void> => {
  // A disabled button would lose the focus.
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  try {
    await act();
  } catch (error) {
    complain(error);
  } finally {
    button.removeAttribute('aria-disabled');
  }
};

export type Look = { readonly kind?: 'primary' | 'danger' | 'quiet'; readonly name?: string };

/** `name` is heard where the label alone does not tell it from its neighbours; it begins with the label. */
export const button = (label: Child, act: Act, { kind, name }: Look = {}): HTMLButtonElement => {
  const element = h('button', { type: 'button', class: kind, 'aria-label': name }, label);
  element.addEventListener('click', () => void run(element, act));
  return element;
};

/** A button that asks once more, in its own place. */
export const confirmed = (
  label: string,
  { question, yes, act, ...look }: Look & { question: string; yes: string; act: Act },
): HTMLElement => {
  const place = h('span', { class: 'confirmed' });
  const close = (): void => {
    fill(place, ask);
    place.removeAttribute('data-open');
  };
  const keep = button('Cancel', () => {
    close();
    ask.focus();
  });
  const sure = button(
    yes,
    async () => {
      await act();
      close();
      if (place.isConnected && !place.closest('main')?.contains(document.activeElement))
        ask.focus();
    },
    { kind: 'danger' },
  );
  const ask = button(
    label,
    () => {
      const asked = h('span', { role: 'group', 'aria-label': question }, question, ' ', sure, keep);
      place.setAttribute('data-open', '');
      fill(place, asked);
      keep.focus();
    },
    look,
  );
  place.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') keep.click();
  });
  fill(place, ask);
  return place;
};

/** Copies, or shows what is to be copied by hand where the browser allows no page to do it. */
export const copyButton = (
  label: string,
  what: string,
  text: string | (() => string | Promise<string>),
  look: Pick<Look, 'kind'> = {},
): HTMLElement => {
  const place = h('span', { class: 'copy' });
  const copy = async (): Promise<void> => {
    const value = typeof text === 'string' ? text : await text();
    try {
      await navigator.clipboard.writeText(value);
      announce(`Copied: ${what}.`);
    } catch {
      const area = h('textarea', { readonly: true, 'aria-label': what, rows: 3 }, value);
      fill(place, element, area);
      area.select();
      announce('The browser lets no page copy here: the text is selected, copy it by hand.');
    }
  };
  const element = button(label, copy, { ...look, name: `${label}: ${what}` });
  fill(place, element);
  return place;
};

let fields = 0;

/** The hint describes the control and is no part of its name. */
export const field = (label: string, control: HTMLElement, hint?: string): HTMLElement => {
  fields += 1;
  control.id = `field-${fields}`;
  const labelled = [h('label', { for: control.id }, label), control];
  if (hint === undefined) return h('div', { class: 'field' }, labelled);
  const id = `hint-${fields}`;
  control.setAttribute('aria-describedby', id);
  return h('div', { class: 'field' }, labelled, h('span', { class: 'hint', id }, hint));
};

/** [value, what is shown] of each choice. */
type Choices<Value extends string> = readonly (readonly [Value, string])[];

export type Select<Value extends string> = {
  readonly element: HTMLSelectElement;
  readonly value: () => Value;
};

export const select = <const Value extends string>(
  choices: Choices<Value>,
  chosen?: string,
): Select<Value> => {
  const options = choices.map(([value, label]) =>
    h('option', { value, selected: value === chosen }, label),
  );
  const element = h('select', {}, options);
  return {
    element,
    value: () => {
      const [value] = choices[element.selectedIndex] ?? [];
      if (value === undefined) throw new Error('Nothing is chosen.');
      return value;
    },
  };
};

/** What a field for a number holds; undefined where it is empty. */
export const numberIn = (input: HTMLInputElement, name: string): number | undefined => {
  const text = input.value.trim();
  if (text === '') return undefined;
  const number = Number(text);
  if (Number.isInteger(number)) return number;
  throw new Error(`${name} takes a whole number; "${text}" is none.`);
};

/** A form that says beneath itself what the server refused. */
export const form = (
  {
    submit,
    label,
    name,
    look,
  }: { submit: Act; label: string; name: string; look?: 'inline' | 'ending' },
  ...children: readonly Child[]
): HTMLFormElement => {
  const error = h('p', { role: 'alert', class: 'form-error' });
  const send = h('button', { type: 'submit', class: 'primary' }, label);
  const element = h('form', { 'aria-label': name, class: look }, children, h('p', {}, send), error);
  element.noValidate = true;
  const attempt = async (): Promise<void> => {
    error.textContent = '';
    try {
      await submit();
    } catch (problem) {
      error.textContent = sentenceOf(problem);
    }
  };
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void run(send, attempt);
  });
  return element;
};

/** One of a few, as native radio buttons that look like one control. */
export const segments = (
  { legend, choices, chosen }: { legend: string; choices: Choices<string>; chosen: string },
  choose: (value: string) => void,
): HTMLFieldSetElement => {
  const group = `segments-${legend.replaceAll(/\W+/g, '-')}`;
  const items = choices.map(([value, label]) => {
    const radio = h('input', { type: 'radio', name: group, value, checked: value === chosen });
    radio.addEventListener('change', () => {
      choose(value);
    });
    return h('label', {}, radio, h('span', { 'data-value': value }, label));
  });
  return h('fieldset', { class: 'segments' }, h('legend', {}, legend), items);
};

/** Teaches the next step where there is nothing to show. */
export const emptyState = (title: string, ...children: readonly Child[]): HTMLElement =>
  h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, title), children);

export const facts = (rows: readonly (readonly [string, Child])[]): HTMLElement =>
  h(
    'dl',
    { class: 'facts' },
    rows.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))),
  );
