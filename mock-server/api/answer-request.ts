// The order of checks, from a request to a reply: what is asked for, who asks, in which organization, how, and for what.
import type { Met } from '../sandbox/faults.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Authorization } from '../web/authorization.ts';
import { isUuid, type Readings } from '../../spec/vocabulary.ts';
import { hasScope, type Caller } from '../../domain/caller.ts';
import type { BodyLimits, ReadBody } from '../web/body.ts';
import type { HttpRequest } from '../web/exchange-port.ts';
import type { OnFault } from '../web/failure.ts';
import { acceptsJson } from '../web/negotiate.ts';
import { replyDetail, replyJson, type Reply } from '../web/reply.ts';
import { authenticate, type Authentication, type VerifyToken } from './authenticate.ts';
import type { Context, Operation } from './context.ts';
import { faultReply, isSpared } from './fault-reply.ts';
import type { Route } from './routes.ts';

/** A sandbox as the API reaches it. */
export type Reached = { readonly sandbox: Sandbox; readonly verifyToken: VerifyToken };

export type ApiOptions = {
  /**
   * Does the work in the sandbox that credentials belong to; in the default one where they belong to none. What it gives
   * comes once it is kept, unless the sandbox says otherwise. May reject with a `StoreError`.
   */
  readonly enter: <Given>(
    authorization: Authorization | undefined,
    request: HttpRequest,
    work: (reached: Reached) => Given | Promise<Given>,
  ) => Given | Promise<Given>;
  /** The default one, as it was known last. */
  readonly standard: () => Sandbox;
  readonly newId: () => string;
  /** How many invitations a sandbox takes. */
  readonly invitationLimit: number;
  /** Why there is no memory for another invitation; undefined where there is. */
  readonly whyFull: () => string | undefined;
  readonly bodyLimits: BodyLimits;
  readonly onFault: OnFault;
};

export type Answered = {
  readonly reply: Reply;
  readonly sandbox: Sandbox;
  readonly caller: Caller | null;
  readonly operation: Operation | null;
  /** Undefined when what was checked before the body decided. */
  readonly body: ReadBody | undefined;
  readonly fault: Met | undefined;
};

/** As the family names them: https://www.iana.org/assignments/http-authschemes, and `Api-Key`. [authentication.challenge] */
const challenge = { 'www-authenticate': 'Bearer realm="api", Api-Key realm="api"' } as const;

/** What the family tells of a path to whoever asks with OPTIONS. */
const describe = (route: Route): Reply =>
  replyJson(200, {
    name: 'Invitations API',
    description: `${route.path} answers to ${route.allow}.`,
    renders: ['application/json'],
    parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  });

/** A method that the path does not have. */
const otherMethod = (method: string, route: Route, { options }: Readings): Reply => {
  if (method === 'OPTIONS' && options === 'described') return describe(route);
  const detail = `The method ${method} is not allowed here; allowed are ${route.allow}.`;
  return replyDetail(405, detail, 'errors.method-not-allowed');
};

const notAcceptable = replyDetail(
  406,
  'The Accept header admits no media type that this API answers in; that is application/json.',
  'errors.not-acceptable',
);
const scopeRequired = replyDetail(
  403,
  'The JWT has no organization scope. Ask for one with the scope of an organization that you are a member of.',
  'scope.required-elsewhere',
);
const noSuchObject = replyDetail(
  404,
  'An id is a UUID; nothing has this one.',
  'errors.id-not-a-uuid',
);

/** A request on its way through the checks. */
export type RoutedRequest = {
  readonly route: Route;
  readonly request: HttpRequest;
  /** Undefined where the path has none. */
  readonly id: string | undefined;
  readonly authorization: Authorization | undefined;
};

/** Who asks for what; what the checks before have found. */
type Admitted = {
  readonly sandbox: Sandbox;
  readonly operation: Operation;
  readonly caller: Caller;
  readonly fault: Met | undefined;
};

const queryOf = (target: string): string => {
  const mark = target.indexOf('?');
  return mark < 0 ? '' : target.slice(mark + 1);
};

const run = (
  options: ApiOptions,
  { route, request, id }: RoutedRequest,
  { sandbox, operation, caller, fault }: Admitted,
): Answered | Promise<Answered> => {
  let body: ReadBody | undefined;
  const answered = (reply: Reply): Answered => ({ sandbox, operation, caller, fault, reply, body });
  const uuid = isUuid(id) ? id.toLowerCase() : undefined;
  if (id !== undefined && route.hasUuids && uuid === undefined) return answered(noSuchObject);
  const contextOf = <Who extends Caller>(who: Who): Context<Who> => ({
    sandbox,
    caller: who,
    id: uuid ?? id ?? '',
    query: queryOf(request.target),
    base: request.base,
    newId: options.newId,
    invitationLimit: options.invitationLimit,
    whyFull: options.whyFull,
    readBody: () => request.readBody(options.bodyLimits).then((read) => (body = read)),
  });
  const answer = (): Reply | Promise<Reply> => {
    if (!operation.needsScope) return operation.run(contextOf(caller));
    return hasScope(caller) ? operation.run(contextOf(caller)) : scopeRequired;
  };
  const reply = answer();
  return reply instanceof Promise ? reply.then(answered) : answered(reply);
};

/** [order.negotiation-before-credentials] and all that follow. At once, where nothing has to be waited for. */
export const answerRequest = (
  options: ApiOptions,
  asked: RoutedRequest & Reached,
): Answered | Promise<Answered> => {
  const { route, request, authorization, sandbox, verifyToken } = asked;
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const operation = Object.hasOwn(route.operations, method) ? route.operations[method] : undefined;
  const meet = (caller: Caller | null, isRefused: boolean): Met | undefined =>
    sandbox.faults.areSet() && !isSpared(request)
      ? sandbox.faults.meet({
          operation: operation?.operationId ?? null,
          method: request.method,
          role: caller?.scope?.role ?? 'none',
          isRefused,
        })
      : undefined;
  const unread = { sandbox, operation: operation ?? null, body: undefined };
  const refused = (reply: Reply, caller: Caller | null): Answered => {
    const fault = meet(caller, true);
    return { ...unread, reply: faultReply(fault) ?? reply, caller, fault };
  };

  const readings = sandbox.readings();
  const isAcceptable =
    acceptsJson(request.headers.accept) || readings['errors.not-acceptable'] === 'ignored';
  if (!isAcceptable && readings['order.negotiation'] === 'before-credentials') {
    return refused(notAcceptable, null);
  }
  const goOn = (authentication: Authentication): Answered | Promise<Answered> => {
    if (authentication.kind === 'refused') {
      return refused(replyDetail(401, authentication.detail, authentication.rule, challenge), null);
    }
    const { caller } = authentication;
    if (!isAcceptable) return refused(notAcceptable, caller);
    if (route.needsScope && !hasScope(caller)) return refused(scopeRequired, caller);
    // [order.scope-before-rate] [order.rate-before-method]
    const fault = meet(caller, false);
    const instead = faultReply(fault);
    if (instead !== undefined) {
      return request
        .readBody(options.bodyLimits)
        .then((body) => ({ ...unread, reply: instead, caller, body, fault }));
    }
    if (operation === undefined) {
      return { ...unread, reply: otherMethod(method, route, readings), caller, fault };
    }
    return run(options, asked, { sandbox, operation, caller, fault });
  };
  const pending = authenticate(sandbox, authorization, verifyToken);
  return pending instanceof Promise ? pending.then(goOn) : goOn(pending);
};
