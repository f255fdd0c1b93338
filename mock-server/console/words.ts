// How times, states and payloads are written on the page.
import { h, type Child } from './dom.ts';
import type { InvitationState } from './wire.ts';

/** An ISO time without its T and its milliseconds; the page says once that times are UTC. */
export const timeText = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

export const time = (iso: string): HTMLTimeElement =>
  h('time', { datetime: iso, title: `${iso} on the sandbox's clock` }, timeText(iso));

const marks: Readonly<Record<InvitationState, string>> = {
  pending: '○',
  sent: '➤',
  bounced: '↩',
  accepted: '✓',
};

const isState = (name: string): name is InvitationState => Object.hasOwn(marks, name);

export const states: readonly InvitationState[] = Object.keys(marks).filter(isState);

export const totalOf = (counts: Readonly<Record<InvitationState, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** A shape and a word, so that colour is not all that tells them apart. */
export const stateChip = (state: InvitationState): HTMLElement => {
  const mark = h('span', { 'aria-hidden': 'true' }, `${marks[state]} `);
  return h('span', { class: `chip ${state}` }, mark, state);
};

const kindOfStatus = (status: number): string => {
  if (status >= 500 || status === 0) return 'fault';
  if (status >= 400) return 'refusal';
  return 'fine';
};

/** 0 stands for a connection that broke. */
export const statusChip = (status: number): HTMLElement =>
  h('span', { class: `chip ${kindOfStatus(status)}` }, status === 0 ? 'broken' : status);

/** JSON with line breaks; anything else as it is. */
export const prettyBody = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
};

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** What stands between backticks is code. */
export const withCode = (sentence: string): readonly Child[] =>
  sentence.split('`').map((part, index) => (index % 2 === 1 ? h('code', {}, part) : part));

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** In the largest unit that it fills: 26 hours are `1.1 days`. */
export const spanText = (ms: number): string => {
  const [unit, size] = units.find(([, one]) => ms >= one) ?? units[3];
  return plural(Math.round((ms / size) * 10) / 10, unit);
};

/** How long ago on the sandbox's clock; the time itself is behind it. */
export const since = (what: string, iso: string, now: number): HTMLElement => {
  const age = now - Date.parse(iso);
  const title = `${timeText(iso)} on the sandbox's clock`;
  return h(
    'time',
    { datetime: iso, title },
    `${what} ${age < 1_000 ? 'just now' : `${spanText(age)} ago`}`,
  );
};
