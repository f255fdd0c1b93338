// Which faults the canary plants: one that it forgets is one that a blind judge would let pass unnoticed.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { toRequestFaults, toResponseFaults, type Fault } from './canary-faults.ts';
import { toGoodRequest, toGoodResponse } from './canary-messages.ts';
import { loadEdition } from './editions.ts';
import { isJsonObject } from './openapi-document.ts';
import { toOperations, type DocumentedResponse, type Operation } from './operation.ts';
import { toPrismOperations } from './prism-operations.ts';

let operations: readonly Operation[];

beforeAll(async () => {
  operations = toOperations(toPrismOperations(await loadEdition()));
});

const find = (id: string): Operation => {
  const operation = operations.find((one) => one.id === id);
  if (operation === undefined) throw new Error(`There is no ${id}.`);
  return operation;
};

const findResponse = (id: string, status: number): DocumentedResponse => {
  const documented = find(id).responses.get(status);
  if (documented === undefined) throw new Error(`There is no ${status} of ${id}.`);
  return documented;
};

/** Name and place of each fault, by the groups that are planted together. */
const told = <Message>(faults: readonly Fault<Message>[]): readonly string[] =>
  faults.map(({ name, at }) => `${name}: ${at.join('.')}`);

const scheme = 'credentials of another scheme: request.header.authorization';
const id = 'a wrong id: request.path';
const unknownKind = ['a body of an unknown kind: request'];
const anonymous = ['no credentials: request'];
const types = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'];
const bodies = types.map((type) =>
  ['email', 'role'].map((name) => `a wrong "${name}" as ${type}: request.body.${name}`),
);
const queries = ['page', 'role', 'state', 'page_size'].map(
  (name) => `a wrong "${name}": request.query.${name}`,
);

describe('in requests', () => {
  test.each([
    ['invitations_list', [[scheme, ...queries], unknownKind, anonymous]],
    ['invitations_create', [[scheme], unknownKind, ...bodies, anonymous]],
    ['invitations_update', [[scheme, id], unknownKind, ...bodies, anonymous]],
    ['invitations_destroy', [[scheme, id], unknownKind, anonymous]],
    // The contract lists it without credentials too.
    ['invitations_accept_create', [[scheme, id], unknownKind, []]],
  ])('of %s', (name, expected) => {
    expect(toRequestFaults(find(name)).map(told)).toEqual(expected);
  });

  test('each is planted in the message alone that it is about', () => {
    const operation = find('invitations_update');
    const good = toGoodRequest(operation);
    const [[withScheme, withId] = [], [withKind] = [], [inJson] = [], [inForm] = []] =
      toRequestFaults(operation);
    expect(withScheme?.plant(good)).toEqual({
      ...good,
      headers: { ...good.headers, authorization: 'Digest canary' },
    });
    expect(withId?.plant(good)).toEqual({
      ...good,
      target: `/api/v1/invitations/${'~'.repeat(257)}/`,
    });
    expect(withKind?.plant(good)).toEqual({
      ...good,
      headers: { ...good.headers, 'content-type': 'text/canary' },
      body: { kind: 'unreadable' },
    });
    const sent = good.body.kind === 'json' && isJsonObject(good.body.value) ? good.body.value : {};
    expect(sent).toHaveProperty('role');
    expect(inJson?.plant(good)).toEqual({
      ...good,
      headers: { ...good.headers, 'content-type': 'application/json' },
      body: { kind: 'json', value: { ...sent, email: '~' } },
    });
    expect(inForm?.plant(good)).toMatchObject({
      headers: { ...good.headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: { kind: 'form', fields: { email: '~' } },
    });
    const form = { ...good, body: { kind: 'form' as const, fields: { role: 'ADMIN' } } };
    expect(inForm?.plant(form).body).toEqual({
      kind: 'form',
      fields: { role: 'ADMIN', email: '~' },
    });
  });
});

const type = 'a wrong media type: response.header.content-type';
const missing = (name: string): string => `no "${name}": response.header`;
const field = (name: string): string => `a wrong "${name}": response.body.${name}`;

describe('in responses', () => {
  test.each([
    [200, ['count', 'next', 'previous', 'results'].map(field)],
    [400, ['a wrong body: response.body']],
    [401, [missing('WWW-Authenticate'), 'a wrong body: response.body']],
    [429, [missing('Retry-After'), 'a wrong body: response.body']],
  ])('of a list with %i', (status, expected) => {
    const faults = told(toResponseFaults(findResponse('invitations_list', status)));
    expect([...faults].sort()).toEqual([missing('Allow'), type, ...expected].sort());
  });

  test('of an answer without a body', () => {
    const documented = findResponse('invitations_destroy', 204);
    const faults = toResponseFaults(documented);
    expect(told(faults)).toEqual([missing('Allow'), 'a body: response.body']);
    const good = toGoodResponse(find('invitations_destroy'), documented);
    expect(faults[1]?.plant(good)).toEqual({ ...good, body: '{}' });
  });

  test('each is planted in the message alone that it is about', () => {
    const documented = findResponse('invitations_list', 200);
    const good = toGoodResponse(find('invitations_list'), documented);
    const [withoutAllow, withType, withCount] = toResponseFaults(documented);
    expect(withoutAllow?.plant(good)).toEqual({
      ...good,
      headers: { ...good.headers, allow: undefined },
    });
    expect(withType?.plant(good)).toEqual({
      ...good,
      headers: { ...good.headers, 'content-type': 'canary/json' },
    });
    const spoiled = withCount?.plant(good).body ?? '';
    expect(JSON.parse(spoiled)).toEqual({ ...JSON.parse(good.body ?? ''), count: '~' });
  });
});
