// A fault from choices: which requests, how often, what happens; in words and as JSON while it is chosen.
import { fill, h } from '../dom.ts';
import { field, form, numberIn, select } from '../forms.ts';
import { sentenceOf } from '../notices.ts';
import type { FaultRule } from '../wire.ts';
import { faultText, operationWords } from './fault-words.ts';

const operations = [['', 'every request'], ...operationWords] as const;

const callers = [
  ['', 'anybody'],
  ['OWNER', 'OWNER'],
  ['ADMIN', 'ADMIN'],
  ['CONTRIB', 'CONTRIB'],
  ['VIEWER', 'VIEWER'],
  ['none', 'somebody without a role'],
] as const;

const frequencies = [
  ['always', 'each time'],
  ['first', 'only the first times'],
  ['every', 'one in every …'],
  ['probability', 'by chance, in percent'],
] as const;

const effects = [
  ['status', 'an error is answered'],
  ['connection', 'the connection breaks'],
  ['body', 'the body is spoilt'],
  ['late', 'nothing but a delay'],
] as const;

const statuses = [
  ['429', '429 too many requests'],
  ['500', '500 server error'],
  ['502', '502 bad gateway'],
  ['503', '503 unavailable'],
  ['504', '504 gateway timeout'],
] as const;

const connections = [
  ['reset-before', 'reset before the answer'],
  ['reset-during', 'reset in the middle of the answer'],
  ['hang', 'no answer ever'],
] as const;

const bodies = [
  ['truncated', 'cut off'],
  ['malformed', 'no JSON'],
  ['missing-field', 'a field is missing'],
  ['wrong-type', 'a field has another type'],
  ['unknown-state', 'a state that there is not'],
  ['extra-field', 'a field too many'],
] as const;

const number = (value: string): HTMLInputElement => h('input', { value, inputmode: 'numeric' });

type Part = {
  readonly fields: readonly HTMLElement[];
  readonly read: () => FaultRule;
  /** Hides what the choices before it leave without meaning. */
  readonly adapt: () => void;
};

const requestsPart = (): Part => {
  const operation = select(operations);
  const caller = select(callers);
  return {
    fields: [field('Which requests', operation.element), field('Asked by', caller.element)],
    read: () => ({
      ...(operation.value() === ''
        ? {}
        : { operations: [operation.value()].filter((one) => one !== '') }),
      ...(caller.value() === '' ? {} : { roles: [caller.value()].filter((one) => one !== '') }),
    }),
    adapt: () => undefined,
  };
};

const frequencyPart = (): Part => {
  const frequency = select(frequencies);
  const count = number('3');
  const countField = field('How many', count);
  return {
    fields: [field('How often', frequency.element), countField],
    read: () => {
      const chosen = frequency.value();
      if (chosen === 'always') return {};
      const value = numberIn(count, 'How many');
      if (value === undefined) throw new Error('How many takes a number.');
      return chosen === 'probability' ? { probability: value / 100 } : { [chosen]: value };
    },
    adapt: () => {
      countField.hidden = frequency.value() === 'always';
    },
  };
};

const bodyOf = (chosen: (typeof bodies)[number][0]): FaultRule =>
  chosen === 'truncated' || chosen === 'malformed'
    ? { body: chosen }
    : { body: 'violating', violation: chosen };

const statusOf = (chosen: (typeof statuses)[number][0]): NonNullable<FaultRule['status']> => {
  const codes = { '429': 429, '500': 500, '502': 502, '503': 503, '504': 504 } as const;
  return codes[chosen];
};

const effectPart = (): Part => {
  const effect = select(effects);
  const status = select(statuses, '503');
  const after = number('');
  const connection = select(connections);
  const body = select(bodies);
  const late = number('');
  const shown = {
    status: [field('Status', status.element), field('Retry-After', after, 'seconds; may be empty')],
    connection: [field('How', connection.element)],
    body: [field('The body', body.element)],
    late: [],
  };
  const read = (): FaultRule => {
    const ms = numberIn(late, 'Late by');
    const wait = numberIn(after, 'Retry-After');
    const latency = ms === undefined ? {} : { latency: { kind: 'fixed' as const, ms } };
    const chosen = effect.value();
    if (chosen === 'connection') return { ...latency, connection: connection.value() };
    if (chosen === 'body') return { ...latency, ...bodyOf(body.value()) };
    if (chosen === 'late') {
      if (ms === undefined) throw new Error('Late by takes a number of milliseconds.');
      return latency;
    }
    const retry = wait === undefined ? {} : { retry_after: wait };
    return { ...latency, status: statusOf(status.value()), ...retry };
  };
  return {
    fields: [
      field('What happens', effect.element),
      ...Object.values(shown).flat(),
      field('Late by', late, 'milliseconds; may be empty'),
    ],
    read,
    adapt: () => {
      for (const [kind, fields] of Object.entries(shown)) {
        for (const one of fields) one.hidden = kind !== effect.value();
      }
    },
  };
};

export const faultForm = (add: (fault: FaultRule) => Promise<void>): HTMLElement => {
  const parts = [requestsPart(), frequencyPart(), effectPart()];
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
