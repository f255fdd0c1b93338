// Any of a few, as native check boxes; none of them stands for all.
import { h } from '../dom.ts';

export type Checks<Value extends string> = {
  readonly element: HTMLElement;
  readonly values: () => Value[];
};

export const checks = <const Value extends string>(
  legend: string,
  choices: readonly (readonly [Value, string])[],
): Checks<Value> => {
  const boxes = choices.map(([value, label]) => {
    const box = h('input', { type: 'checkbox' });
    return { value, box, element: h('label', {}, box, h('span', {}, label)) };
  });
  return {
    element: h(
      'fieldset',
      { class: 'checks' },
      h('legend', {}, legend, h('span', { class: 'hint' }, ' none for all')),
      boxes.map(({ element }) => element),
    ),
    values: () => boxes.filter(({ box }) => box.checked).map(({ value }) => value),
  };
};
