// The order of checks, from a request to a reply: what is asked for, who asks, in which organization, how, and for what.
import type { Request } from 'express';
import type { Met } from '../sandbox/faults.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { parseAuthorization, type Authorization } from '../web/authorization.ts';
import { isUuid } from '../../spec/vocabulary.ts';
import { hasScope, type Caller } from '../../domain/caller.ts';
import { baseAddress } from '../web/base-address.ts';
import { readBody, type BodyLimits, type ReadBody } from '../web/body.ts';
import type { OnFault } from '../web/failure.ts';
import { acceptsJson } from '../web/negotiate.ts';
import { replyDetail, replyJson, type Reply } from '../web/reply.ts';
import { authenticate, type VerifyToken } from './authenticate.ts';
import type { Operation } from './context.ts';
import { faultReply } from './fault-reply.ts';
import type { Route } from './routes.ts';

/** A sandbox as the API reaches it. */
export type Reached = { readonly sandbox: Sandbox; readonly verifyToken: VerifyToken };

export type ApiOptions = {
  /** The sandbox that credentials belong to; the default one where they belong to none. */
  readonly select: (authorization: Authorization | undefined) => Reached;
  readonly newId: () => string;
  /** How many invitations a sandbox takes. */
  readonly invitationLimit: number;
  readonly bodyLimits: BodyLimits;
  readonly trustProxy: boolean;
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

const methodNotAllowed = (method: string, route: Route): Reply => {
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

const run = async (
  options: ApiOptions,
  sandbox: Sandbox,
  operation: Operation,
  caller: Caller,
  request: Request,
  id: string | undefined,
  fault: Met | undefined,
): Promise<Answered> => {
  let body: ReadBody | undefined;
  const answered = (reply: Reply): Answered => ({ reply, sandbox, caller, operation, body, fault });
  if (id !== undefined && !isUuid(id)) return answered(noSuchObject);
  const { originalUrl } = request;
  const mark = originalUrl.indexOf('?');
  const context = {
    sandbox,
    id: id?.toLowerCase() ?? '',
    query: mark < 0 ? '' : originalUrl.slice(mark + 1),
    base: baseAddress(request, options.trustProxy),
    newId: options.newId,
    invitationLimit: options.invitationLimit,
    readBody: async () => (body ??= await readBody(request, options.bodyLimits)),
  };
  if (!operation.needsScope) return answered(await operation.run({ ...context, caller }));
  if (!hasScope(caller)) return answered(scopeRequired);
  return answered(await operation.run({ ...context, caller }));
};

/** [order.negotiation-before-credentials] and all that follow; `id` is undefined where the path has none. */
export const answerRequest = async (
  options: ApiOptions,
  route: Route,
  request: Request,
  id: string | undefined,
): Promise<Answered> => {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const operation = Object.hasOwn(route.operations, method) ? route.operations[method] : undefined;
  const authorization = parseAuthorization(request.headers.authorization);
  const { sandbox, verifyToken } = options.select(authorization);
  const meet = (caller: Caller | null, isRefused: boolean): Met | undefined =>
    sandbox.faults.areSet()
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

  if (!acceptsJson(request)) return refused(notAcceptable, null);
  const pending = authenticate(sandbox, authorization, verifyToken);
  const authentication = pending instanceof Promise ? await pending : pending;
  if (authentication.kind === 'refused') {
    return refused(replyDetail(401, authentication.detail, authentication.rule, challenge), null);
  }
  const { caller } = authentication;
  if (route.needsScope && !hasScope(caller)) return refused(scopeRequired, caller);
  // [order.scope-before-rate] [order.rate-before-method]
  const fault = meet(caller, false);
  const instead = faultReply(fault);
  if (instead !== undefined) {
    const body = await readBody(request, options.bodyLimits);
    return { ...unread, reply: instead, caller, body, fault };
  }
  if (operation === undefined) {
    const reply = method === 'OPTIONS' ? describe(route) : methodNotAllowed(method, route);
    return { ...unread, reply, caller, fault };
  }
  return run(options, sandbox, operation, caller, request, id, fault);
};
