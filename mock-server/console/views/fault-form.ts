// A fault from choices: which requests, how often, what happens; in words and as JSON while it is chosen.
import { fill, h } from '../dom.ts';
import { form } from '../forms.ts';
import { sentenceOf } from '../notices.ts';
import type { FaultRule } from '../wire.ts';
import { effectPart, frequencyPart, latencyPart, requestsPart, restPart } from './fault-parts.ts';
import { faultText } from './fault-words.ts';

export const faultForm = (add: (fault: FaultRule) => Promise<void>): HTMLElement => {
  const parts = [requestsPart(), frequencyPart(), effectPart(), latencyPart(), restPart()];
  const words = h('p', { role: 'status', class: 'fault-words' });
  const json = h('pre', { tabindex: 0, 'aria-label': 'This fault as JSON' });
  const read = (): FaultRule =>
    parts.reduce<FaultRule>((fault, part) => ({ ...fault, ...part.read() }), {});
  const show = (): void => {
    for (const { adapt } of parts) adapt();
    try {
      const fault = read();
      fill(words, faultText(fault));
      fill(json, JSON.stringify(fault, null, 2));
    } catch (error) {
      fill(words, sentenceOf(error));
      fill(json);
    }
  };
  const element = form(
    { submit: () => add(read()), label: 'Add this fault', name: 'Make a fault' },
    parts.map(({ fields }) => h('div', { class: 'fields' }, fields)),
    h('div', { class: 'fault-preview' }, words, json),
  );
  element.addEventListener('input', show);
  show();
  return h('section', { class: 'panel' }, h('h2', {}, 'Make a fault'), element);
};
