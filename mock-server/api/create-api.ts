// The Invitations API: its routes, what is no route of it, and what went wrong on the way.
import { parseAuthorization } from '../web/authorization.ts';
import { StoreError } from '../stores/store.ts';
import type { HttpRequest, Serve, Wire } from '../web/exchange-port.ts';
import { answerFailure } from '../web/failure.ts';
import { answerRequest, type Answered, type ApiOptions, type Reached } from './answer-request.ts';
import { createFinishExchange, type FinishOptions } from './finish-exchange.ts';
import { onceKept, refuseUnkept } from './once-kept.ts';
import { findRoute } from './routes.ts';
import { answerUnrouted } from './unrouted.ts';

const nobody = { caller: null, operation: null, body: undefined, fault: undefined } as const;

const answerElsewhere = ({ sandbox }: Reached, request: HttpRequest, path: string) => {
  const { reply, allow } = answerUnrouted(request, path, sandbox.readings());
  const answered: Answered = { reply, sandbox, ...nobody };
  return { answered, allow };
};

export const createApi = (options: ApiOptions & FinishOptions): Serve => {
  const finishExchange = createFinishExchange(options);

  /** Nothing of what was asked for has happened. */
  const answerUnkept = (
    request: HttpRequest,
    wire: Wire,
    startedAt: number,
    error: StoreError,
  ): ReturnType<typeof finishExchange> => {
    const answered = { reply: refuseUnkept(error), sandbox: options.standard(), ...nobody };
    return finishExchange({ request, wire, answered, allow: 'OPTIONS', startedAt });
  };

  return async (request, wire) => {
    const startedAt = performance.now();
    try {
      const mark = request.target.indexOf('?');
      const path = mark < 0 ? request.target : request.target.slice(0, mark);
      const found = findRoute(path);
      const authorization = parseAuthorization(request.headers.authorization);
      if (found === undefined) {
        const { answered, allow } = await options.enter(authorization, request, (reached) =>
          answerElsewhere(reached, request, path),
        );
        await finishExchange({ request, wire, answered, allow, startedAt });
        return;
      }
      const { route, id } = found;
      const pending = options.enter(authorization, request, ({ sandbox, verifyToken }) =>
        answerRequest(options, { sandbox, verifyToken, route, request, id, authorization }),
      );
      const kept = onceKept(pending instanceof Promise ? await pending : pending);
      const answered = kept instanceof Promise ? await kept : kept;
      const finishing = finishExchange({ request, wire, answered, allow: route.allow, startedAt });
      if (finishing !== undefined) await finishing;
    } catch (error) {
      if (error instanceof StoreError && !wire.hasBegun()) {
        await answerUnkept(request, wire, startedAt, error);
        return;
      }
      answerFailure(request, wire, error, options.onFault);
    }
  };
};
