// Makes the body of a good answer bad: cut short, no JSON any more, or JSON that breaks the contract.
import type { FaultEffect, Violation } from '../sandbox/fault-rule.ts';
import { violations } from '../sandbox/fault-rule.ts';
import { createRandom, type Random } from '../sandbox/random.ts';
import type { Reply } from '../web/reply.ts';

type BodyEffect = Extract<FaultEffect, { readonly kind: 'body' }>;

/** `words` say what was done to it. */
export type Spoilt = { readonly reply: Reply; readonly words: string };

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pick = <Item>(items: readonly Item[], random: Random): Item | undefined =>
  items[Math.floor(random() * items.length)];

/** One of its invitations where it is a page that has some; otherwise the whole. */
const findPlace = (
  body: Fields,
  random: Random,
): { readonly path: string; readonly fields: Fields } => {
  const { results } = body;
  if (!Array.isArray(results)) return { path: '', fields: body };
  const index = Math.floor(random() * results.length);
  const item: unknown = results[index];
  return isFields(item) ? { path: `results.${index}.`, fields: item } : { path: '', fields: body };
};

/** Changes `fields` and names what is wrong with them now; undefined where they have nothing to break in this way. */
const breakers: Readonly<
  Record<
    Violation,
    (fields: Fields, random: Random) => readonly [name: string, words: string] | undefined
  >
> = {
  'missing-field': (fields, random) => {
    const name = pick(Object.keys(fields), random);
    if (name === undefined) return undefined;
    Reflect.deleteProperty(fields, name);
    return [name, 'is missing'];
  },
  'wrong-type': (fields, random) => {
    // Null says nothing of what the contract expects there.
    const name = pick(
      Object.keys(fields).filter((one) => fields[one] !== null),
      random,
    );
    if (name === undefined) return undefined;
    const wrong = typeof fields[name] === 'number' ? 'a text' : 4711;
    fields[name] = wrong;
    return [name, `is ${JSON.stringify(wrong)}`];
  },
  'unknown-state': (fields) => {
    if (!('state' in fields)) return undefined;
    fields['state'] = 'lost';
    return ['state', 'is "lost"'];
  },
  'extra-field': (fields) => {
    fields['unheard_of'] = true;
    return ['unheard_of', 'is no field of the contract'];
  },
};

/** The contract lets the fields of invalid input come and go, so that only their values can break it. [errors.invalid-body] */
const suits = (violation: Violation, { status }: Reply): boolean =>
  status !== 400 || violation === 'wrong-type';

const violate = (
  body: string,
  wanted: readonly Violation[],
  random: Random,
): (Omit<Spoilt, 'reply'> & { readonly body: string }) | undefined => {
  for (const violation of wanted) {
    const value: unknown = JSON.parse(body);
    if (!isFields(value)) return undefined;
    const { path, fields } = findPlace(value, random);
    const broken = breakers[violation](fields, random);
    if (broken !== undefined) {
      const [name, words] = broken;
      return {
        body: JSON.stringify(value),
        words: `body violates the contract: "${path}${name}" ${words}`,
      };
    }
  }
  return undefined;
};

/** All of them, from one on that chance picks. */
const inAnyOrder = (random: Random): readonly Violation[] => {
  const start = Math.floor(random() * violations.length);
  return [...violations.slice(start), ...violations.slice(0, start)];
};

/** What was kept for the judge beside the body belongs to another body than this one. */
const withBody = ({ status, headers, rule }: Reply, body: string): Reply => ({
  status,
  headers,
  body,
  ...(rule === undefined ? {} : { rule }),
});

/** Undefined where the answer has nothing that could be spoilt in this way. */
export const spoil = (reply: Reply, effect: BodyEffect, seed: number): Spoilt | undefined => {
  const { body } = reply;
  if (body === undefined) return undefined;
  switch (effect.body) {
    case 'truncated':
      return { reply: withBody(reply, body.slice(0, body.length / 2)), words: 'body truncated' };
    case 'malformed':
      return { reply: withBody(reply, body.replace('{', '{,')), words: 'body malformed: "{,"' };
    case 'violating': {
      const random = createRandom(seed);
      const { violation } = effect;
      const wanted = violation === null ? inAnyOrder(random) : [violation];
      const suiting = wanted.filter((one) => suits(one, reply));
      const violated = violate(body, suiting, random);
      return violated && { reply: withBody(reply, violated.body), words: violated.words };
    }
    default:
      return effect satisfies never;
  }
};
