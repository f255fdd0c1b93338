// Plants known faults and throws if one of them is not found: a judge that sees nothing is worse than none.
// Prism, for one, finds nothing at all where a schema does not compile. The quick way has to see each fault by itself;
// the full way, which is dear, has to see all faults of a message at once.

import { toRequestFaults, toResponseFaults } from './canary-faults.ts';
import type { Fault } from './canary-faults.ts';
import { toGoodRequest, toGoodResponse } from './canary-messages.ts';
import type { ExchangeRequest, ExchangeResponse } from './exchange.ts';
import type { Finding } from './finding.ts';
import type { DocumentedResponse, Operation } from './operation.ts';
import { clearsRequest, clearsResponse } from './quick.ts';
import type { Routes } from './routes.ts';
import { judgeRequest, judgeResponse } from './verdict.ts';

type Ways<Message> = {
  readonly name: string;
  /** What the quick way leaves to the full one is looked at by that alone. */
  readonly quick: boolean;
  readonly clears: (message: Message) => boolean;
  readonly judge: (message: Message) => readonly Finding[];
};

export const inspect = (operation: Operation, routes: Routes): void => {
  inspectRequests(operation, routes);
  for (const documented of operation.responses.values()) inspectResponses(operation, documented);
};

const inspectRequests = (operation: Operation, routes: Routes): void => {
  const toRoute = (target: string) => {
    const route = routes.find(target);
    if (route?.path.template === operation.path) return route;
    throw new Error(`"${target}" is not found to be ${operation.path}. Are two paths alike?`);
  };
  const ways: Ways<ExchangeRequest> = {
    name: `The request of "${operation.id}"`,
    quick: operation.quick,
    clears: (request) => clearsRequest(operation, toRoute(request.target), request),
    judge: (request) => judgeRequest(operation, toRoute(request.target), request),
  };
  const good = toGoodRequest(operation);
  inspectWays(ways, good, toRequestFaults(operation));
};

const inspectResponses = (operation: Operation, documented: DocumentedResponse): void => {
  const ways: Ways<ExchangeResponse> = {
    name: `The answer ${documented.status} of "${operation.id}"`,
    quick: documented.quick,
    clears: (response) => clearsResponse(documented, response, false),
    judge: (response) => judgeResponse(operation, documented, response, false),
  };
  inspectWays(ways, toGoodResponse(operation, documented), [toResponseFaults(documented)]);
};

const inspectWays = <Message>(
  { name, quick, clears, judge }: Ways<Message>,
  good: Message,
  groups: readonly (readonly Fault<Message>[])[],
): void => {
  const isRight = quick ? clears(good) : judge(good).length === 0;
  if (!isRight) {
    const reasons = judge(good).map(({ message }) => message);
    throw new Error(
      `${name}, made from the contract's examples, is found wrong: ` +
        `${reasons.join('; ') || 'only by the quick way, see spec/quick.ts'}. Correct the contract.`,
    );
  }
  for (const faults of groups) {
    const blind = faults.find(({ plant }) => clears(plant(good)));
    if (blind !== undefined) throw unseen(name, 'quick', blind.name);
    const worst = faults.reduce((message, { plant }) => plant(message), good);
    const found = faults.length === 0 ? [] : judge(worst);
    const missed = faults.find(({ at }) => !found.some(({ location }) => isBelow(location, at)));
    if (missed !== undefined) throw unseen(name, 'full', missed.name);
  }
};

const isBelow = (location: readonly string[], at: readonly string[]): boolean =>
  at.every((segment, depth) => location[depth] === segment);

const unseen = (name: string, way: string, fault: string): Error =>
  new Error(
    `${name} with ${fault} was found right on the ${way} way: the judge is blind. ` +
      'Look for a schema that means nothing in spec/openapi.yaml, or for another Prism than the pinned one.',
  );
