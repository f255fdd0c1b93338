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

/** The fields as `drawOf` draws each, and something else that is drawn; `toBody` makes a body of both. */
const drawBody = <T>(
  fields: readonly Field[],
  more: fc.Arbitrary<T>,
  toBody: (values: Values, more: T) => Body,
  drawOf: (field: Field) => fc.Arbitrary<Make> = drawRight,
): fc.Arbitrary<MakeBody> =>
  fc.tuple(fc.tuple(...fields.map(drawOf)), more).map(([makes, drawn]): MakeBody => (fresh) => {
    const made = fields.map(({ name }, index) => [name, makes[index]?.(fresh)] as const);
    const values = Object.fromEntries(made);
    return { values, body: toBody(values, drawn) };
  });

/** Nothing that a target is to take. */
const withoutValues = (draw: fc.Arbitrary<MakeBody>): fc.Arbitrary<MakeBody> =>
  draw.map((make) => (fresh) => ({ ...make(fresh), values: {} }));

export const drawRightBody = ({ fields }: Described, mediaType: MediaType) =>
  drawBody(fields, fc.constant(mediaType), write);

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

export const drawSurplusBody = ({ fields }: Described) =>
  drawBody(fields, drawSurplus(), (values, more) => json({ ...values, ...more }));

/** Each violates one constraint of one field; the others are right. */
export const faultsOf = ({ fields, mediaTypes }: Described) =>
  fields.flatMap((field) =>
    violationsOf(field).map(({ constraint, draw, jsonOnly }) => ({
      ...{ field: field.name, constraint },
      draw: () => {
        const some = jsonOnly ? (['application/json'] as const) : mediaTypes;
        const drawOf = (one: Field) => (one === field ? draw() : drawRight(one));
        return drawBody(fields, fc.constantFrom(...some), write, drawOf);
      },
    })),
  );

export const drawNoObject = ({ fields }: Described) => {
  const changes = fc.constantFrom<(values: Values) => unknown>(
    (values) => [values],
    (values) => Object.values(values),
    (values) => JSON.stringify(values),
    () => [],
  );
  const scalars = fc
    .oneof(fc.integer(), fc.boolean(), fc.string({ minLength: 1, maxLength: 20 }))
    .map((value) => () => value);
  const change = fc.oneof(changes, scalars);
  return withoutValues(drawBody(fields, change, (values, to) => json(to(values))));
};

/** What is left of an object when its end is cut off, is no JSON. */
export const drawCutOff = ({ fields }: Described) => {
  const share = fc.double({ min: 0, max: 0.99, noNaN: true });
  const cut = (values: Values, left: number): Body => {
    const { text } = json(values);
    return raw(text.slice(0, 1 + Math.floor((text.length - 1) * left)), 'application/json');
  };
  return withoutValues(drawBody(fields, share, cut));
};

const otherMediaTypes = fc.constantFrom(
  ...['text/plain', 'application/xml', 'text/csv', 'application/octet-stream', 'image/png'],
);

export const drawOtherMediaType = ({ fields }: Described) =>
  withoutValues(
    drawBody(fields, otherMediaTypes, (values, mediaType) => raw(json(values).text, mediaType)),
  );
