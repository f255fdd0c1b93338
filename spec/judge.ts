// Judges exchanges by the contract. The quick way answers when all is well; the full way words what is not.

import { inspect } from './canary.ts';
import { unknownOperation } from './conform.ts';
import type { ExchangeRequest, ExchangeResponse } from './exchange.ts';
import type { Finding } from './finding.ts';
import { loadEdition } from './editions.ts';
import type { JsonObject } from './openapi-document.ts';
import { toOperations } from './operation.ts';
import type { DocumentedResponse, Operation } from './operation.ts';
import { toPrismOperations } from './prism-operations.ts';
import { clearsRequest, clearsResponse } from './quick.ts';
import { createRoutes } from './routes.ts';
import type { Path, Route, Routes } from './routes.ts';
import { judgeRequest, judgeResponse } from './verdict.ts';

type RequestLine = Pick<ExchangeRequest, 'method' | 'target'>;

/** Its functions depend on nothing but their arguments, and never throw. */
export type Judge = {
  readonly exchange: (request: ExchangeRequest, response: ExchangeResponse) => readonly Finding[];
  readonly request: (request: ExchangeRequest) => readonly Finding[];
  readonly response: (request: RequestLine, response: ExchangeResponse) => readonly Finding[];
};

/** Refuses to start, with an Error that explains, if a planted fault is not found. */
export const createJudge = async (document?: JsonObject): Promise<Judge> => {
  const contract = document ?? (await loadEdition());
  const operations = toOperations(toPrismOperations(contract));
  const routes = createRoutes(operations);
  inspect(operations, routes);
  return toJudge(routes);
};

const toJudge = (routes: Routes): Judge => ({
  exchange: (request, response) => {
    const route = routes.find(request.target);
    if (route === undefined) return unknownPath(routes, 'request', request);
    const ofRequest = ofKnownPath(route, request);
    if (findAnswering(route.path, request.method, response.status) === undefined) return ofRequest;
    const ofResponse = ofKnownPathResponse(route, request, response);
    if (ofRequest.length === 0) return ofResponse;
    return ofResponse.length === 0 ? ofRequest : [...ofRequest, ...ofResponse];
  },
  request: (request) => {
    const route = routes.find(request.target);
    return route === undefined
      ? unknownPath(routes, 'request', request)
      : ofKnownPath(route, request);
  },
  response: (request, response) => {
    const route = routes.find(request.target);
    return route === undefined
      ? unknownPath(routes, 'response', request)
      : ofKnownPathResponse(route, request, response);
  },
});

const clean: readonly Finding[] = Object.freeze([]);

/** HEAD is its GET without the body. */
const findOperation = ({ operations }: Path, method: string): Operation | undefined =>
  operations.get(method) ?? (method === 'HEAD' ? operations.get('GET') : undefined);

const ofKnownPath = (route: Route, request: ExchangeRequest): readonly Finding[] => {
  const operation = findOperation(route.path, request.method);
  if (operation === undefined) return unknownMethod(route, 'request', request.method);
  if (clearsRequest(operation, route, request)) return clean;
  return withoutThrowing('request', () => judgeRequest(operation, route, request));
};

const ofKnownPathResponse = (
  route: Route,
  { method }: RequestLine,
  response: ExchangeResponse,
): readonly Finding[] => {
  const operation = findAnswering(route.path, method, response.status);
  if (operation === undefined) return unknownMethod(route, 'response', method);
  const documented: DocumentedResponse | undefined = operation.responses.get(response.status);
  const bodyless = method === 'HEAD';
  if (documented !== undefined && clearsResponse(documented, response, bodyless)) return clean;
  return withoutThrowing('response', () =>
    judgeResponse(operation, documented, response, bodyless),
  );
};

/** A method that the path does not have is refused in the way that the path's operations document. */
const findAnswering = (path: Path, method: string, status: number): Operation | undefined => {
  const operation = findOperation(path, method);
  if (operation !== undefined || method === 'OPTIONS' || status < 400) return operation;
  return [...path.operations.values()].find(({ responses }) => responses.has(status));
};

const unknownMethod = (
  { path }: Route,
  side: 'request' | 'response',
  method: string,
): readonly Finding[] => {
  if (method === 'OPTIONS') {
    return [
      unknownOperation(side, 'information', 'OPTIONS is no part of the contract; not judged'),
    ];
  }
  const known = [...path.operations.keys()].join(', ');
  const message = `The contract has no ${method} on ${path.template}, only ${known}`;
  return [unknownOperation(side, 'warning', message)];
};

const unknownPath = (
  routes: Routes,
  side: 'request' | 'response',
  { method, target }: RequestLine,
): readonly Finding[] => {
  const pathname = target.split('?', 1).join();
  const slashed = routes.find(`${pathname}/`);
  const hint =
    slashed === undefined ? '' : `; with a slash at its end it is ${slashed.path.template}`;
  const message = `The contract has no path ${pathname}${hint}`;
  const severity = method === 'OPTIONS' ? 'information' : 'warning';
  return [unknownOperation(side, severity, message)];
};

/** A message that breaks the judge is itself something to tell about, and no reason to stop serving. */
const withoutThrowing = (
  side: 'request' | 'response',
  judge: () => readonly Finding[],
): readonly Finding[] => {
  try {
    return judge();
  } catch (error) {
    const message = `The ${side} could not be judged: ${String(error)}`;
    return [{ location: [side], severity: 'error', code: 'not-judged', message }];
  }
};
