// The choices that a fault is made of: which requests, how often, what happens, how late.
import { checks } from './checks.ts';
import { h } from '../dom.ts';
import { field, numberIn, select, WrongFields } from '../forms.ts';
import type { FaultRule } from '../wire.ts';
import { operationWords } from './fault-words.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const callers = [
  ['OWNER', 'OWNER'],
  ['ADMIN', 'ADMIN'],
  ['CONTRIB', 'CONTRIB'],
  ['VIEWER', 'VIEWER'],
  ['none', 'without a role'],
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
  ['none', 'nothing but a delay'],
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
  ['any', 'any of these four, by chance'],
] as const;

const latencies = [
  ['none', 'at once'],
  ['fixed', 'always by the same'],
  ['uniform', 'between two times'],
  ['lognormal', 'mostly a little, seldom much'],
] as const;

const number = (member: string, value = ''): HTMLInputElement =>
  h('input', { value, inputmode: 'decimal', 'data-member': member });

/** Of a field that cannot stay empty. */
const needed = (input: HTMLInputElement, name: string): number => {
  const value = Number(input.value.trim());
  if (input.value.trim() !== '' && Number.isFinite(value)) return value;
  throw new WrongFields({ [input.dataset['member'] ?? '']: `${name} takes a number.` });
};

export type Part = {
  readonly fields: readonly HTMLElement[];
  readonly read: () => FaultRule;
  /** Hides what the choices before it leave without meaning. */
  readonly adapt: () => void;
};

const some = <Value>(name: 'operations' | 'methods' | 'roles', values: readonly Value[]) =>
  values.length === 0 ? {} : { [name]: values };

export const requestsPart = (): Part => {
  const operations = checks('Operations', Object.entries(operationWords));
  const verbs = checks(
    'Methods',
    methods.map((one) => [one, one] as const),
  );
  const roles = checks('Asked by', callers);
  return {
    fields: [operations.element, verbs.element, roles.element],
    read: () => ({
      ...some('operations', operations.values()),
      ...some('methods', verbs.values()),
      ...some('roles', roles.values()),
    }),
    adapt: () => undefined,
  };
};

export const frequencyPart = (): Part => {
  const frequency = select(frequencies);
  const count = number('count', '3');
  const seed = number('seed');
  const countField = field('How many', count);
  const seedField = field('Seed of the chance', seed, 'may be empty');
  return {
    fields: [field('How often', frequency.element), countField, seedField],
    read: () => {
      const chosen = frequency.value();
      if (chosen === 'always') return {};
      const value = needed(count, 'How many');
      if (chosen !== 'probability') return { [chosen]: value };
      const drawnFrom = numberIn(seed, 'Seed of the chance');
      return { probability: value / 100, ...(drawnFrom !== undefined && { seed: drawnFrom }) };
    },
    adapt: () => {
      countField.hidden = frequency.value() === 'always';
      seedField.hidden = frequency.value() !== 'probability';
    },
  };
};

const bodyOf = (chosen: (typeof bodies)[number][0]): FaultRule => {
  if (chosen === 'truncated' || chosen === 'malformed') return { body: chosen };
  return chosen === 'any' ? { body: 'violating' } : { body: 'violating', violation: chosen };
};

const statusOf = (chosen: (typeof statuses)[number][0]): NonNullable<FaultRule['status']> => {
  const codes = { '429': 429, '500': 500, '502': 502, '503': 503, '504': 504 } as const;
  return codes[chosen];
};

export const effectPart = (): Part => {
  const effect = select(effects);
  const status = select(statuses, '503');
  const after = number('retry_after');
  const connection = select(connections);
  const body = select(bodies);
  const shown = {
    status: [field('Status', status.element), field('Retry-After', after, 'seconds; may be empty')],
    connection: [field('How', connection.element)],
    body: [field('The body', body.element)],
  };
  return {
    fields: [field('What happens', effect.element), ...Object.values(shown).flat()],
    read: () => {
      const chosen = effect.value();
      if (chosen === 'none') return {};
      if (chosen === 'connection') return { connection: connection.value() };
      if (chosen === 'body') return bodyOf(body.value());
      const wait = numberIn(after, 'Retry-After');
      return { status: statusOf(status.value()), ...(wait !== undefined && { retry_after: wait }) };
    },
    adapt: () => {
      for (const [kind, fields] of Object.entries(shown)) {
        for (const one of fields) one.hidden = kind !== effect.value();
      }
    },
  };
};

export const latencyPart = (): Part => {
  const kind = select(latencies);
  const [ms, least, most] = [
    number('ms', '2000'),
    number('min_ms', '100'),
    number('max_ms', '3000'),
  ];
  const [median, sigma] = [number('median_ms', '300'), number('sigma', '1')];
  const shown = {
    fixed: [field('Milliseconds', ms)],
    uniform: [field('At least, ms', least), field('At most, ms', most)],
    lognormal: [field('Median, ms', median), field('Spread', sigma, 'sigma, 0 to 5')],
  };
  return {
    fields: [field('Late', kind.element), ...Object.values(shown).flat()],
    read: () => {
      const chosen = kind.value();
      if (chosen === 'none') return {};
      if (chosen === 'fixed') {
        return { latency: { kind: chosen, ms: needed(ms, 'Milliseconds') } };
      }
      if (chosen === 'uniform') {
        const bounds = { min_ms: needed(least, 'At least'), max_ms: needed(most, 'At most') };
        return { latency: { kind: chosen, ...bounds } };
      }
      const curve = { median_ms: needed(median, 'Median'), sigma: needed(sigma, 'Spread') };
      return { latency: { kind: chosen, ...curve } };
    },
    adapt: () => {
      for (const [name, fields] of Object.entries(shown)) {
        for (const one of fields) one.hidden = name !== kind.value();
      }
    },
  };
};

/** In small pieces, and under a name. */
export const restPart = (): Part => {
  const [bytes, every] = [number('bytes'), number('every_ms')];
  const id = h('input', { 'data-member': 'id', autocomplete: 'off' });
  return {
    fields: [
      field('In pieces of', bytes, 'bytes; empty for in one'),
      field('A piece every', every, 'milliseconds'),
      field('Name', id, 'in the traffic; may be empty'),
    ],
    read: () => ({
      ...(id.value.trim() !== '' && { id: id.value.trim() }),
      ...(bytes.value.trim() !== '' && {
        drip: { bytes: needed(bytes, 'In pieces of'), every_ms: needed(every, 'A piece every') },
      }),
    }),
    adapt: () => undefined,
  };
};
