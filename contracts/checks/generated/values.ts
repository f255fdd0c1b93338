// Values for a field, drawn by its schema: right ones, and ones that violate one constraint. An address is made when it is
// needed, so that it is of this run and nobody's yet; hence functions of a fresh one.
import fc from 'fast-check';
import type { Field } from './described.ts';

/** Undefined: the field is left out. */
export type Make = (fresh: string) => unknown;

export type Violation = {
  readonly constraint: string;
  readonly draw: () => fc.Arbitrary<Make>;
  /** A form has nothing but texts, and takes an empty one for none. */
  readonly jsonOnly: boolean;
};

const always =
  (value: unknown): Make =>
  () =>
    value;

export const enumOf = ({ schema }: Pick<Field, 'schema'>): readonly string[] =>
  Array.isArray(schema['enum']) ? schema['enum'].map(String) : [];

const isEmail = ({ schema }: Field): boolean => schema['format'] === 'email';

/** What comes of other values is only known of these: free text takes a number, and much else. */
const isStrict = (field: Field): boolean => isEmail(field) || enumOf(field).length > 0;

export const drawRight = (field: Field): fc.Arbitrary<Make> => {
  const choices = enumOf(field);
  return choices.length > 0
    ? fc.constantFrom(...choices).map(always)
    : fc.constant((fresh: string) => fresh);
};

const split = (email: string): readonly [string, string] => {
  const at = email.lastIndexOf('@');
  return [email.slice(0, at), email.slice(at + 1)];
};

/** What draws texts takes longer to be made than all that is drawn with it. */
export const madeOnce = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const drawWord = madeOnce(() => fc.stringMatching(/^[a-z]{1,12}$/));

/** No reading of what an address is has room for any of these. */
const drawNoEmail = madeOnce((): fc.Arbitrary<Make> =>
  fc.oneof(
    drawWord().map(always),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((text) => {
      const withoutAt = text.replaceAll(/[@＠﹫]/g, '');
      return always(withoutAt.trim() === '' ? 'x' : withoutAt);
    }),
    fc
      .constantFrom<(local: string, domain: string) => string>(
        (local, domain) => `${local}.${domain}`,
        (_local, domain) => `@${domain}`,
        (local) => `${local}@`,
        (local, domain) => `${local}@@${domain}`,
        (local, domain) => `a ${local}@${domain}`,
        (local, domain) => `${local}@a ${domain}`,
        (local, domain) => `${local}@${domain},${local}@a.${domain}`,
        (local, domain) => `${local}@.${domain}`,
      )
      .map((change) => (fresh: string) => change(...split(fresh))),
  ),
);

/** Longer than the limit by labels of a domain, each within its own. */
const drawTooLong = (field: Field, limit: number): fc.Arbitrary<Make> =>
  fc.integer({ min: 1, max: 100 }).map((surplus) => (fresh: string) => {
    if (!isEmail(field)) return 'x'.repeat(limit + surplus);
    const [local, domain] = split(fresh);
    const labels = `${'x'.repeat(50)}.`.repeat(Math.ceil((limit + surplus) / 50));
    const missing = limit + surplus - local.length - 1 - domain.length;
    const padding = labels.slice(-missing).replace(/^\./, 'x');
    return `${local}@${padding}${domain}`;
  });

const drawOutside = (choices: readonly string[]): fc.Arbitrary<Make> =>
  fc
    .oneof(
      fc.constantFrom(...choices).map((choice) => choice.toLowerCase()),
      fc.tuple(fc.constantFrom(...choices), drawWord()).map((parts) => parts.join('')),
      fc.constantFrom(...choices).map((choice) => choice.slice(1)),
      drawWord(),
    )
    .map((text) => (choices.includes(text) ? `${text}x` : text))
    .map(always);

const violation = (jsonOnly: boolean) => (constraint: string, draw: Violation['draw']) => ({
  ...{ constraint, draw, jsonOnly },
});
const json = violation(true);
const text = violation(false);

const otherTypes = (field: Field): fc.Arbitrary<Make> =>
  fc
    .oneof(fc.boolean(), fc.constantFrom({}, []), ...(isStrict(field) ? [fc.integer()] : []))
    .map(always);

const nestings = (field: Field): fc.Arbitrary<Make> =>
  fc.tuple(drawRight(field), fc.boolean()).map(
    ([make, isList]) =>
      (fresh: string) =>
        isList ? [make(fresh)] : { [field.name]: make(fresh) },
  );

/** One for each constraint that the schema puts on the field. */
export const violationsOf = (field: Field): readonly Violation[] => {
  const { schema, isRequired } = field;
  const choices = enumOf(field);
  const limit = schema['maxLength'];
  return [
    ...(isRequired ? [text('missing', () => fc.constant(always(undefined)))] : []),
    ...(schema['nullable'] === true ? [] : [json('null', () => fc.constant(always(null)))]),
    json('of another type', () => otherTypes(field)),
    json('nested', () => nestings(field)),
    ...(isStrict(field) ? [json('empty', () => fc.constant(always('')))] : []),
    ...(typeof limit === 'number' ? [text('too long', () => drawTooLong(field, limit))] : []),
    ...(isEmail(field) ? [text('of the wrong format', drawNoEmail)] : []),
    ...(choices.length > 0 ? [text('outside the enumeration', () => drawOutside(choices))] : []),
  ];
};

/** Of query parameters only these are refused by what their schema says. */
export const wrongParameter = ({
  schema,
  ...field
}: Field): (() => fc.Arbitrary<string>) | undefined => {
  const choices = enumOf({ schema, ...field });
  if (choices.length > 0) return () => drawOutside(choices).map((make) => String(make('')));
  // The family knows one word for a page.
  return schema['type'] === 'integer'
    ? () => drawWord().filter((value) => value !== 'last' && !/^(inf|infinity|nan)$/.test(value))
    : undefined;
};
