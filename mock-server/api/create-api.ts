// The Invitations API: its routes, what is no route of it, and what went wrong on the way.
import { parseAuthorization } from '../web/authorization.ts';
import type { HttpRequest, Serve } from '../web/exchange-port.ts';
import { answerFailure } from '../web/failure.ts';
import { answerRequest, type Answered, type ApiOptions } from './answer-request.ts';
import { createFinishExchange, type FinishOptions } from './finish-exchange.ts';
import { onceKept } from './once-kept.ts';
import { findRoute } from './routes.ts';
import { answerUnrouted } from './unrouted.ts';

export const createApi = (options: ApiOptions & FinishOptions): Serve => {
  const finishExchange = createFinishExchange(options);

  const answerElsewhere = (request: HttpRequest, path: string) => {
    const { sandbox } = options.select(parseAuthorization(request.headers.authorization));
    const { reply, allow } = answerUnrouted(request, path, sandbox.readings());
    const nobody = { caller: null, operation: null, body: undefined, fault: undefined };
    const answered: Answered = { reply, sandbox, ...nobody };
    return { answered, allow };
  };

  return async (request, wire) => {
    const startedAt = performance.now();
    try {
      const mark = request.target.indexOf('?');
      const path = mark < 0 ? request.target : request.target.slice(0, mark);
      const found = findRoute(path);
      if (found === undefined) {
        const { answered, allow } = answerElsewhere(request, path);
        await finishExchange({ request, wire, answered, allow, startedAt });
        return;
      }
      const { route, id } = found;
      const pending = answerRequest(options, { route, request, id });
      const kept = onceKept(pending instanceof Promise ? await pending : pending);
      const answered = kept instanceof Promise ? await kept : kept;
      const finishing = finishExchange({
        request,
        wire,
        answered,
        allow: route.allow,
        startedAt,
      });
      if (finishing !== undefined) await finishing;
    } catch (error) {
      answerFailure(request, wire, error, options.onFault);
    }
  };
};
