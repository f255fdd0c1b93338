// Fields and forms: what is wrong with a field is said beneath it.
import { Refusal } from './api.ts';
import { run, type Act } from './controls.ts';
import { h, type Child } from './dom.ts';
import { sentenceOf } from './notices.ts';

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
  member?: string,
): Select<Value> => {
  const options = choices.map(([value, label]) =>
    h('option', { value, selected: value === chosen }, label),
  );
  const element = h('select', { 'data-member': member }, options);
  return {
    element,
    value: () => {
      const [value] = choices[element.selectedIndex] ?? [];
      if (value === undefined) throw new Error('Nothing is chosen.');
      return value;
    },
  };
};

/** What is wrong with single fields, by what each is called in the body that is sent: its `data-member`. */
export class WrongFields extends Error {
  readonly fields: Readonly<Record<string, string>>;

  constructor(fields: Readonly<Record<string, string>>) {
    super(Object.values(fields).join(' '));
    this.fields = fields;
  }
}

/** What a field for a number holds; undefined where it is empty. */
export const numberIn = (input: HTMLInputElement, name: string): number | undefined => {
  const text = input.value.trim();
  if (text === '') return undefined;
  const number = Number(text);
  if (Number.isInteger(number)) return number;
  const words = `${name} takes a whole number; "${text}" is none.`;
  throw new WrongFields({ [input.dataset['member'] ?? '']: words });
};

/** The member that a refusal of the testers' API begins with: `"delivery.delay" is "x", but it takes …` */
const memberIn = (sentence: string): string =>
  /^"([^"[.]+\.)*([^"[.]+)[^"]*" is /.exec(sentence)?.[2] ?? '';

const faultsOf = (problem: unknown): Readonly<Record<string, string>> => {
  if (problem instanceof WrongFields) return problem.fields;
  const sentence = sentenceOf(problem);
  return { [problem instanceof Refusal ? memberIn(sentence) : '']: sentence };
};

const clearFaults = (element: HTMLElement): void => {
  for (const said of element.querySelectorAll('.field-error')) said.remove();
  for (const control of element.querySelectorAll('[aria-invalid]')) {
    control.removeAttribute('aria-invalid');
    control.removeAttribute('aria-errormessage');
  }
};

/** Beneath the field where there is one of that member, and focuses the first; gives back what belongs to none. */
const showFaults = (element: HTMLElement, problem: unknown): string => {
  const others: string[] = [];
  let isFirst = true;
  for (const [member, words] of Object.entries(faultsOf(problem))) {
    const control = [...element.querySelectorAll<HTMLElement>('[data-member]')].find(
      (one) => one.dataset['member'] === member && one.checkVisibility(),
    );
    if (control === undefined) {
      others.push(words);
      continue;
    }
    const id = `${control.id}-error`;
    control.after(h('span', { class: 'field-error', role: 'alert', id }, words));
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-errormessage', id);
    if (isFirst) control.focus();
    isFirst = false;
  }
  return others.join(' ');
};

/** Where what belongs to no field is said, and what does something and says what was refused. */
export type Attempts = {
  readonly place: HTMLElement;
  readonly attempt: (act: Act) => Promise<void>;
};

/** `element` gives what has the fields in it. */
export const attempts = (element: () => HTMLElement): Attempts => {
  const place = h('p', { role: 'alert', class: 'form-error' });
  return {
    place,
    attempt: async (act) => {
      place.textContent = '';
      clearFaults(element());
      try {
        await act();
      } catch (problem) {
        place.textContent = showFaults(element(), problem);
      }
    },
  };
};

type FormOptions = {
  readonly submit: Act;
  readonly label: string;
  readonly name: string;
  readonly look?: 'inline' | 'ending';
};

/** A form that says beneath its fields, or beneath itself, what was refused. */
export const form = (
  { submit, label, name, look }: FormOptions,
  ...children: readonly Child[]
): HTMLFormElement => {
  const { place, attempt } = attempts(() => element);
  const send = h('button', { type: 'submit', class: 'primary' }, label);
  const element = h('form', { 'aria-label': name, class: look }, children, h('p', {}, send), place);
  element.noValidate = true;
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    void run(send, () => attempt(submit));
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
