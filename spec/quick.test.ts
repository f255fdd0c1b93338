// The quick way against the full way, over generated messages, right and wrong: it clears nothing that the full way
// finds something in.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { toGoodRequest, toGoodResponse } from './canary-messages.ts';
import { aRequest, anAnswer, operations } from './generated-messages.suite.ts';
import type { Operation } from './operation.ts';
import { clearsRequest, clearsResponse } from './quick.ts';
import { createRoutes } from './routes.ts';
import type { Route } from './routes.ts';
import { judgeRequest, judgeResponse } from './verdict.ts';

const runs = { numRuns: 1000 };
const routes = createRoutes(operations);

const find = (target: string): Route => {
  const route = routes.find(target);
  if (route === undefined) throw new Error(`${target} is no path of the contract`);
  return route;
};

const toOperation = (name: string): Operation => {
  const operation = operations.find(({ id }) => id === name);
  if (operation === undefined) throw new Error(`${name} is no operation of the contract`);
  return operation;
};

describe('the quick way', () => {
  test('clears no request in which the full way finds something', () => {
    let cleared = 0;
    const property = fc.property(aRequest, ({ operation: name, request }) => {
      const operation = toOperation(name);
      const route = find(request.target);
      const clears = clearsRequest(operation, route, request);
      if (clears) expect(judgeRequest(operation, route, request)).toEqual([]);
      cleared += clears ? 1 : 0;
    });
    fc.assert(property, runs);
    expect(cleared).toBeGreaterThan(runs.numRuns / 20);
    expect(cleared).toBeLessThan(runs.numRuns * 0.8);
  });

  test('clears no response in which the full way finds something, at first or again', () => {
    let cleared = 0;
    const property = fc.property(anAnswer, ({ operation: name, response, bodyless }) => {
      const operation = toOperation(name);
      const documented = operation.responses.get(response.status);
      if (documented === undefined) throw new Error(`${response.status} is not documented`);
      const first = clearsResponse(documented, response, bodyless);
      expect(clearsResponse(documented, response, bodyless)).toBe(first);
      if (first) expect(judgeResponse(operation, documented, response, bodyless)).toEqual([]);
      cleared += first ? 1 : 0;
    });
    fc.assert(property, runs);
    expect(cleared).toBeGreaterThan(runs.numRuns / 20);
    expect(cleared).toBeLessThan(runs.numRuns * 0.8);
  });

  test.each(operations.map((operation) => [operation.id, operation] as const))(
    'clears what the contract gives as examples of %s',
    (_id, operation) => {
      const request = toGoodRequest(operation);
      expect(clearsRequest(operation, find(request.target), request)).toBe(true);
      for (const documented of operation.responses.values()) {
        const response = toGoodResponse(operation, documented);
        expect(clearsResponse(documented, response, false)).toBe(true);
      }
    },
  );
});
