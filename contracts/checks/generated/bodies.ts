// Bodies of an operation, drawn from its fields: right ones, and ones with a single thing wrong.
import fc from 'fast-check';
import { encode, json, raw, type Body, type Fields, type MediaType } from '../../body.ts';
import type { Described, Field } from './described.ts';
import { drawRight, madeOnce, violationsOf, type Make } from './values.ts';

/** By field; a form takes the texts among them. */
type Values = Readonly<Record<string, unknown>>;

export type MakeBody = (fresh: string) => { readonly body: Body; readonly values: Values };

const toFields = (values: Values): Fields =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );

const write = (values: Values, mediaType: MediaType): Body =>
  mediaType === 'application/json' ? json(values) : encode(mediaType, toFields(values));

type MakeValues = (fresh: string) => Values;

const drawValues = (
  fields: readonly Field[],
  drawOf: (field: Field) => fc.Arbitrary<Make>,
): fc.Arbitrary<MakeValues> =>
  fc
    .tuple(...fields.map(drawOf))
    .map(
      (makes) => (fresh: string) =>
        Object.fromEntries(fields.map(({ name }, index) => [name, makes[index]?.(fresh)])),
    );

export const drawRightBody = (
  { fields }: Described,
  mediaType: MediaType,
): fc.Arbitrary<MakeBody> =>
  drawValues(fields, drawRight).map((make) => (fresh) => {
    const values = make(fresh);
    return { values, body: write(values, mediaType) };
  });

/** Names that no edition of the schema has. */
const drawSurplus = madeOnce(() =>
  fc.dictionary(
    fc.constantFrom('x_colour', 'x_size', 'x_note', 'x_list'),
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.integer(),
      fc.constantFrom(null, true, [], {}),
    ),
    { minKeys: 1 },
  ),
);

export const drawSurplusBody = ({ fields }: Described): fc.Arbitrary<MakeBody> =>
  fc.tuple(drawValues(fields, drawRight), drawSurplus()).map(([make, more]) => (fresh) => {
    const values = make(fresh);
    return { values, body: json({ ...values, ...more }) };
  });

export type Fault = {
  readonly field: string;
  readonly constraint: string;
  readonly draw: () => fc.Arbitrary<MakeBody>;
};

/** Each violates one constraint of one field; the others are right. */
export const faultsOf = ({ fields, mediaTypes }: Described): readonly Fault[] =>
  fields.flatMap((field) =>
    violationsOf(field).map(({ constraint, draw, jsonOnly }) => ({
      field: field.name,
      constraint,
      draw: () =>
        fc
          .tuple(
            drawValues(fields, (one) => (one === field ? draw() : drawRight(one))),
            jsonOnly ? fc.constant('application/json' as const) : fc.constantFrom(...mediaTypes),
          )
          .map(([make, mediaType]): MakeBody => (fresh) => {
            const values = make(fresh);
            return { values, body: write(values, mediaType) };
          }),
    })),
  );

const drawText = (described: Described): fc.Arbitrary<(fresh: string) => string> =>
  drawRightBody(described, 'application/json').map((make) => (fresh) => make(fresh).body.text);

export const drawNoObject = (described: Described): fc.Arbitrary<MakeBody> =>
  fc
    .oneof(
      fc.constantFrom<(values: Values) => unknown>(
        (values) => [values],
        (values) => Object.values(values),
        (values) => JSON.stringify(values),
        () => [],
      ),
      fc
        .oneof(fc.integer(), fc.boolean(), fc.string({ minLength: 1, maxLength: 20 }))
        .map((value) => () => value),
    )
    .chain((change) =>
      drawRightBody(described, 'application/json').map((make): MakeBody => (fresh) => {
        const { values } = make(fresh);
        return { values: {}, body: json(change(values)) };
      }),
    );

/** What is left of an object when its end is cut off, is no JSON. */
export const drawCutOff = (described: Described): fc.Arbitrary<MakeBody> =>
  fc
    .tuple(drawText(described), fc.double({ min: 0, max: 0.99, noNaN: true }))
    .map(([make, share]): MakeBody => (fresh) => {
      const whole = make(fresh);
      const length = 1 + Math.floor((whole.length - 1) * share);
      return { values: {}, body: raw(whole.slice(0, length), 'application/json') };
    });

const otherMediaTypes = [
  'text/plain',
  'application/xml',
  'text/csv',
  'application/octet-stream',
  'image/png',
] as const;

export const drawOtherMediaType = (described: Described): fc.Arbitrary<MakeBody> =>
  fc
    .tuple(drawText(described), fc.constantFrom(...otherMediaTypes))
    .map(([make, mediaType]): MakeBody => (fresh) => ({
      values: {},
      body: raw(make(fresh), mediaType),
    }));
