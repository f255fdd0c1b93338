// Reads what a client of the testers' API sent, member by member, and says of all of it together what is wrong.
import type { Request } from 'express';
import type { Parsed } from '../../settings/setting.ts';
import { instant, oneOf } from '../../settings/values.ts';
import { readBody, type BodyFields, type BodyLimits } from '../web/body.ts';
import { parseIsoDuration } from '../web/iso-duration.ts';
import type { Reply } from '../web/reply.ts';
import { badRequest, problem } from './problem.ts';

export type Reader<Value> = (value: unknown) => Parsed<Value>;

export type Input = {
  /** Undefined where it is absent, or is not what it has to be; `refusal` says so then. */
  readonly read: <Value>(name: string, reader: Reader<Value>) => Value | undefined;
  /** The same for a member that has to be there; `placeholder` stands for it where it is wrong. */
  readonly need: <Value>(name: string, reader: Reader<Value>, placeholder: Value) => Value;
  /** What is wrong, in one answer; members that were never read are wrong too. */
  readonly refusal: () => Reply | undefined;
};

const show = (value: unknown): string => {
  const text = JSON.stringify(value);
  if (text.length <= 80) return text;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `${text.slice(0, 80)}…`;
};

/** `where` names the place in the body, as in `delivery.`; empty at its top. */
export const createInput = (
  fields: BodyFields,
  where = '',
): Input & { readonly faults: () => readonly string[] } => {
  const known: string[] = [];
  const wrong: string[] = [];
  const faults = (): readonly string[] => {
    const unknown = Object.keys(fields).filter((name) => !known.includes(name));
    const names = known.map((name) => `"${name}"`).join(', ') || 'none';
    return [
      ...wrong,
      ...unknown.map((name) => `"${where}${name}" is not known here; known are ${names}.`),
    ];
  };
  const read: Input['read'] = (name, reader) => {
    known.push(name);
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined) return undefined;
    const parsed = reader(value);
    if ('value' in parsed) return parsed.value;
    wrong.push(`"${where}${name}" is ${show(value)}, but it takes ${parsed.expected}.`);
    return undefined;
  };
  return {
    read,
    need: (name, reader, placeholder) => {
      if (!Object.hasOwn(fields, name)) wrong.push(`"${where}${name}" is missing.`);
      return read(name, reader) ?? placeholder;
    },
    faults,
    refusal: () => {
      const found = faults();
      return found.length === 0 ? undefined : badRequest(found.join(' '));
    },
  };
};

/** The query, of which each name counts once. */
export const readQuery = (request: Request): Input => {
  const { searchParams } = new URL(request.originalUrl, 'http://localhost');
  return createInput(Object.fromEntries(searchParams));
};

type Fields = { readonly fields: BodyFields } | { readonly refused: Reply };

/** A body's members; none where there is no body. */
export const readFields = async (request: Request, limits: BodyLimits): Promise<Fields> => {
  const { outcome } = await readBody(request, limits);
  switch (outcome.kind) {
    case 'fields':
      return { fields: outcome.fields };
    case 'not-an-object':
      return { refused: badRequest(`The body is a ${outcome.found}; it has to be an object.`) };
    case 'malformed':
      return { refused: badRequest(outcome.detail) };
    case 'unsupported':
      return { refused: problem(415, 'Unsupported Media Type', outcome.detail) };
    case 'too-large':
      return {
        refused: problem(413, 'Content Too Large', outcome.detail, { connection: 'close' }),
      };
    default:
      return outcome satisfies never;
  }
};

export const flag: Reader<boolean> = (value) =>
  typeof value === 'boolean' ? { value } : { expected: 'true or false' };

export const whole =
  (least: number, most: number): Reader<number> =>
  (value) => {
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
    return typeof number === 'number' &&
      Number.isInteger(number) &&
      number >= least &&
      number <= most
      ? { value: number }
      : { expected: `a whole number from ${least} to ${most}` };
  };

export const text =
  (least: number, most: number): Reader<string> =>
  (value) =>
    typeof value === 'string' && value.length >= least && value.length <= most
      ? { value }
      : { expected: `a text of ${least} to ${most} characters` };

export const choice = <Value extends string>(choices: readonly Value[]): Reader<Value> => {
  const parse = oneOf(choices);
  return (value) => parse(typeof value === 'string' ? value : '');
};

export const time: Reader<number> = (value) => instant(typeof value === 'string' ? value : '');

/** In milliseconds. */
export const duration: Reader<number> = (value) => {
  const parsed = typeof value === 'string' ? parseIsoDuration(value) : undefined;
  return parsed !== undefined && Math.abs(parsed) <= 10 * 366 * 86_400_000
    ? { value: parsed }
    : { expected: 'an ISO 8601 duration such as PT90S, PT2H or P30D, of ten years at most' };
};

/** A duration that does not go back. */
export const span: Reader<number> = (value) => {
  const parsed = duration(value);
  return 'value' in parsed && parsed.value < 0
    ? { expected: 'a duration that is not negative' }
    : parsed;
};

export const orNull =
  <Value>(reader: Reader<Value>): Reader<Value | null> =>
  (value) => {
    if (value === null) return { value: null };
    const parsed = reader(value);
    return 'value' in parsed ? parsed : { expected: `${parsed.expected}, or null` };
  };

/** An object, read by `read`; what is wrong in it is wrong with the whole. */
export const object =
  <Value>(read: (input: Input) => Value): Reader<Value> =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { expected: 'an object' };
    }
    const input = createInput(Object.fromEntries(Object.entries(value)));
    const result = read(input);
    const faults = input.faults();
    return faults.length === 0
      ? { value: result }
      : { expected: `another object: ${faults.join(' ')}` };
  };

export const list =
  <Value>(most: number, item: Reader<Value>): Reader<readonly Value[]> =>
  (value) => {
    if (!Array.isArray(value) || value.length > most) {
      return { expected: `a list of at most ${most}` };
    }
    const values: Value[] = [];
    for (const [index, one] of value.entries()) {
      const parsed = item(one);
      if (!('value' in parsed)) return { expected: `in its place ${index} ${parsed.expected}` };
      values.push(parsed.value);
    }
    return { value: values };
  };
