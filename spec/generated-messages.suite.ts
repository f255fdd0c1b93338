// Messages for the property tests: the contract's examples, right as they are or changed in a way or two.

import fc from 'fast-check';

import { toGoodRequest, toGoodResponse } from './canary-messages.ts';
import type { ExchangeRequest, ExchangeResponse } from './exchange.ts';
import { loadEdition } from './editions.ts';
import { isJsonObject } from './openapi-document.ts';
import { toOperations } from './operation.ts';
import { toPrismOperations } from './prism-operations.ts';

export const operations = toOperations(toPrismOperations(await loadEdition()));

const id = '0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908';
const text = fc.oneof(
  fc.constantFrom(
    '',
    '~',
    'OWNER',
    'owner',
    'sent',
    '1',
    '-1',
    '1.5',
    '01',
    'true',
    'null',
    'last',
  ),
  fc.constantFrom('a@b.co', 'a@b', 'é@b.co', '@', `${'a'.repeat(260)}@b.co`, id, id.toUpperCase()),
  fc.constantFrom(
    'http://a/b',
    'HTTP://[::1]:1/?é',
    'urn:a:b',
    '//a',
    'http://a b',
    '%41',
    'a+b,c;d',
  ),
  fc.constantFrom(
    '2021-07-05T09:31:47Z',
    '2021-02-30T00:00:00Z',
    '2021-07-05 09:31:47+02',
    '\0',
    '\ud800',
  ),
  fc.string({ unit: 'binary' }),
);
const anyValue = fc.oneof(
  text,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e21, [], {}, [[]], { detail: 'x' }, [
    'x',
  ]),
  fc.jsonValue(),
);
const fieldNames = [
  'id',
  'email',
  'role',
  'state',
  'membership',
  'results',
  'count',
  'next',
  'detail',
];
const fieldName = fc.oneof(
  fc.constantFrom(...fieldNames, 'url', '__proto__', 'constructor', 'x'),
  text,
);

/** Leaves most messages with no fault or one: many faults hide each other. */
const edits = <Value>(
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<readonly (readonly [string, Value | undefined])[]> => {
  const edit = fc.tuple(fieldName, fc.option(value, { nil: undefined }));
  return fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(edit, { maxLength: 2 }));
};

const edit = <Value>(
  fields: object,
  changes: readonly (readonly [string, Value | undefined])[],
): Record<string, Value> => {
  const known = Object.entries(fields).filter(([name]) =>
    changes.every(([other]) => other !== name),
  );
  return Object.fromEntries([...known, ...changes.filter(([, value]) => value !== undefined)]);
};

const mediaType = fc.constantFrom(
  'application/json',
  'Application/JSON; charset=utf-8',
  'application/json; charset=utf-8',
  'application/json;x',
  'application/problem+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'text/plain',
  'text/json',
  'json',
  '/;',
  '',
);
const kept = Symbol('kept');
const keep = fc.constant<typeof kept>(kept);

const mostly = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | typeof kept> =>
  fc.oneof({ weight: 4, arbitrary: keep }, { weight: 1, arbitrary: value });

/** What has the most to go wrong comes up as often as all the rest. */
const mostOften = <Value>(
  values: readonly Value[],
  matter: (value: Value) => boolean,
): fc.Arbitrary<Value> =>
  fc.oneof(fc.constantFrom(...values.filter(matter)), fc.constantFrom(...values));

const requestChanges = fc.record({
  authorization: mostly(
    fc.constantFrom(undefined, '', 'Bearer', 'Bearer  x', 'bearer x', 'Api-Key k', 'Basic x'),
  ),
  type: mostly(fc.option(mediaType, { nil: undefined })),
  length: mostly(fc.constantFrom(undefined, '0', '5', 'x', ['1', '2'])),
  parameter: mostly(
    fc.oneof(fc.constantFrom('7', `${id},${id}`, '%E0%A4%A', '%41', `${id}%20`, '..'), text),
  ),
  query: mostly(
    fc.array(
      fc.tuple(
        fc.constantFrom('page', 'role', 'state', 'Role', 'x'),
        fc.oneof(fc.constantFrom('OWNER', 'sent', '2'), text),
      ),
      { maxLength: 3 },
    ),
  ),
  kind: fc.constantFrom('none', 'json', 'json', 'form', 'form', 'unreadable'),
  fields: edits(anyValue),
  other: mostly(anyValue),
});

export const aRequest = fc
  .tuple(
    mostOften(operations, ({ id: name }) => /list|create/.test(name)),
    requestChanges,
  )
  .map(([operation, it]): { operation: string; request: ExchangeRequest } => {
    const good = toGoodRequest(operation);
    const parameter = it.parameter === kept ? id : it.parameter.replaceAll(/[/?#]/g, '');
    const query = it.query === kept ? '' : `?${new URLSearchParams(it.query).toString()}`;
    const example =
      good.body.kind === 'json' && isJsonObject(good.body.value) ? good.body.value : {};
    const type =
      it.kind === 'form' ? 'application/x-www-form-urlencoded' : good.headers['content-type'];
    const fields = edit(example, it.fields);
    const bodies: Record<string, ExchangeRequest['body']> = {
      json: { kind: 'json', value: it.other === kept ? fields : it.other },
      form: { kind: 'form', fields: toTexts(fields) },
      unreadable: { kind: 'unreadable' },
    };
    const headers = {
      ...good.headers,
      'content-type': it.type === kept ? type : it.type,
      ...(it.authorization === kept ? {} : { authorization: it.authorization }),
      ...(it.length === kept ? {} : { 'content-length': it.length }),
    };
    const target = operation.path.replace(/\{[^{}]*\}/, () => parameter || '-') + query;
    const hasBody = operation.contents !== undefined || it.type !== kept;
    return {
      operation: operation.id,
      request: {
        ...good,
        headers,
        target,
        body: (hasBody ? bodies[it.kind] : undefined) ?? { kind: 'none' },
      },
    };
  });

const toTexts = (fields: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

const answers = operations.flatMap((operation) =>
  [...operation.responses.values()].map((documented) => ({ operation, documented })),
);
const someHeader = fc.constantFrom<ExchangeResponse['headers'][string]>(
  undefined,
  '',
  'GET',
  'GET, PUT',
  'get',
  '30',
  'soon',
  30,
  ['GET', 'PUT'],
  'Mon, 02 Jan 2006 15:04:05 GMT',
);
const responseChanges = fc.record({
  allow: mostly(someHeader),
  challenge: mostly(someHeader),
  retry: mostly(someHeader),
  type: mostly(fc.option(mediaType, { nil: undefined })),
  fields: edits(anyValue),
  item: edits(anyValue),
  other: mostly(anyValue),
  text: mostly(fc.constantFrom(undefined, '', '{', '\ufeff{}', 'text', '[[[[', ' null ')),
  bodyless: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.boolean()),
  pieces: fc.boolean(),
});

export type GeneratedAnswer = {
  readonly operation: string;
  readonly response: ExchangeResponse;
  readonly bodyless: boolean;
};

export const anAnswer = fc
  .tuple(
    mostOften(answers, ({ documented }) => documented.body?.page !== undefined),
    responseChanges,
  )
  .map(([{ operation, documented }, it]): GeneratedAnswer => {
    const good = toGoodResponse(operation, documented);
    const headers = {
      ...good.headers,
      ...(it.allow === kept ? {} : { allow: it.allow }),
      ...(it.challenge === kept ? {} : { 'www-authenticate': it.challenge }),
      ...(it.retry === kept ? {} : { 'retry-after': it.retry }),
      ...(it.type === kept ? {} : { 'content-type': it.type }),
    };
    const answer = { operation: operation.id, bodyless: it.bodyless };
    const example: unknown = good.body === undefined ? undefined : JSON.parse(good.body);
    if (it.text !== kept || (it.bodyless && it.pieces) || !isJsonObject(example)) {
      const body = it.text === kept ? undefined : it.text;
      return {
        ...answer,
        response: { status: good.status, headers, ...(body === undefined ? {} : { body }) },
      };
    }
    const value: unknown = it.other === kept ? edit(example, it.fields) : it.other;
    return {
      ...answer,
      response: { status: good.status, headers, ...toBody(value, it.item, it.pieces) },
    };
  });

const toBody = (
  value: unknown,
  changes: readonly (readonly [string, unknown])[],
  pieces: boolean,
): Pick<ExchangeResponse, 'body' | 'fragment' | 'page'> => {
  if (!isJsonObject(value) || !Array.isArray(value['results'])) {
    const body = JSON.stringify(value);
    const fragment = changes.length > 0 ? { text: body, value } : { text: body };
    return pieces ? { body, fragment } : { body };
  }
  const results: readonly unknown[] = value['results'];
  const items = results.map((item) => ({
    text: JSON.stringify(isJsonObject(item) ? edit(item, changes) : item),
  }));
  const [head = '', tail = ''] = JSON.stringify({ ...value, results: ['~~'] }).split('"~~"');
  const body = head + items.map((item) => item.text).join(',') + tail;
  return pieces ? { body, page: { head, items, tail } } : { body };
};
