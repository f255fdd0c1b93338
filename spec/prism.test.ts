// The judge against an untouched Prism, with Prism's own reading of the contract: what Prism finds, the judge finds.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http/dist/utils/operations.js';
import {
  validateInput,
  validateOutput,
  validateSecurity,
} from '@stoplight/prism-http/dist/validator/index.js';
import fc from 'fast-check';

import type { ExchangeHeaders, ExchangeRequestBody } from './exchange.ts';
import { aRequest, anAnswer } from './generated-messages.suite.ts';
import { createJudge, type Judge } from './judge.ts';
import { loadEdition } from './editions.ts';
import type { PrismOperation } from './prism-operations.ts';
import { toPrismOperations } from './prism-operations.ts';

const runs = { numRuns: 400 };
let judge: Judge;

beforeAll(async () => {
  judge = await createJudge();
});
const untouched = await getHttpOperationsFromSpec({ ...(await loadEdition()) });

const find = (name: string): PrismOperation => {
  const operation = untouched.find(({ iid }) => iid === name);
  if (operation === undefined) throw new Error(`Prism does not know ${name}`);
  return operation;
};

const toTexts = (headers: ExchangeHeaders): Record<string, string> => {
  const sent = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sent.map(([name, value]) => [name, String(value)]));
};

const toBody = (body: ExchangeRequestBody): unknown => {
  if (body.kind === 'json') return body.value;
  return body.kind === 'form' ? new URLSearchParams(body.fields).toString() : undefined;
};

/** What Prism can be shown: its multipart parser throws, and it is given no bytes that nobody could read. */
const canBeShown = (headers: ExchangeHeaders, { kind }: ExchangeRequestBody): boolean => {
  const isForm = String(headers['content-type']).startsWith('application/x-www-form-urlencoded');
  return kind !== 'unreadable' && isForm === (kind === 'form');
};

/** Ids are made from the place of a `$ref`; which schemas bear the one draft's name depends on the order. */
const withoutMarks = (value: unknown): unknown => {
  const meaningless = ['id', 'x-stoplight', '$schema', '__bundled__'];
  const text = JSON.stringify(value, (name, part: unknown) =>
    meaningless.includes(name) && (name !== 'id' || typeof part === 'string') ? undefined : part,
  );
  return JSON.parse(text);
};

describe('Prism', () => {
  test('finds nothing in a request that the judge finds right', () => {
    const property = fc.property(aRequest, ({ operation, request }) => {
      const { body, headers, target } = request;
      if (!canBeShown(headers, body) || judge.request(request).length > 0) return;
      const { searchParams } = new URL(target, 'http://example.com');
      // A URL would take two dots for a step back.
      const [pathname = ''] = target.split('?');
      const element = {
        method: 'get' as const,
        url: { path: pathname, query: Object.fromEntries(searchParams) },
        headers: toTexts(headers),
        body: toBody(body),
      };
      const resource = find(operation);
      expect(validateSecurity({ resource, element })).toHaveProperty('_tag', 'Right');
      expect(validateInput({ resource, element })).toHaveProperty('_tag', 'Right');
    });
    fc.assert(property, runs);
  });

  test('finds nothing in a response that the judge finds right', () => {
    const property = fc.property(anAnswer, ({ operation, response }) => {
      const { method, path } = find(operation);
      const line = { method: method.toUpperCase(), target: path };
      if (judge.response(line, response).length > 0) return;
      const { status, headers, body } = response;
      const value: unknown = body === undefined || body === '' ? undefined : JSON.parse(body);
      const element = { statusCode: status, headers: toTexts(headers), body: value };
      expect(validateOutput({ resource: find(operation), element })).toHaveProperty(
        '_tag',
        'Right',
      );
    });
    fc.assert(property, runs);
  });

  test('reads the contract as the judge does', async () => {
    const own = toPrismOperations(await loadEdition());
    expect(withoutMarks(own)).toEqual(withoutMarks(untouched));
  });
});
