// The Invitations API as Express takes it: its routes, what is no route of it, and what went wrong on the way.
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { parseAuthorization } from '../web/authorization.ts';
import { answerFailure } from '../web/failure.ts';
import { answerRequest, type ApiOptions } from './answer-request.ts';
import { findRoute, routes, type Route } from './routes.ts';
import { answerUnrouted } from './unrouted.ts';
import { createWatch, type WatchOptions } from './watch.ts';

export type Api = {
  readonly router: Router;
  /** For requests that nothing else took. */
  readonly fallback: RequestHandler;
  readonly onError: ErrorRequestHandler;
};

/** Where an id cannot even be decoded it is none; the checks before it are still made. [errors.id-not-a-uuid] */
const undecodable = '%';

type Serve = (route: Route, request: Request, response: Response, id?: string) => Promise<void>;

const createErrorHandler =
  (serve: Serve, onFault: ApiOptions['onFault']): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const route = error instanceof URIError ? findRoute(request.path) : undefined;
    if (route !== undefined && !response.headersSent) {
      serve(route, request, response, undecodable).catch(next);
      return;
    }
    answerFailure(request, response, error, onFault);
  };

export const createApi = (options: ApiOptions & WatchOptions): Api => {
  const watch = createWatch(options);
  const router = express.Router({ strict: true, caseSensitive: true });

  const serve: Serve = async (route, request, response, id) => {
    const startedAt = performance.now();
    const answered = await answerRequest(options, route, request, id);
    const pending = watch(request, response, answered, route.allow, startedAt);
    if (pending !== undefined) await pending;
  };

  for (const route of routes) {
    router.route(route.path).all((request, response) => {
      const { id } = request.params;
      return serve(route, request, response, typeof id === 'string' ? id : undefined);
    });
  }

  return {
    router,
    fallback: (request, response) => {
      const startedAt = performance.now();
      const { reply, allow } = answerUnrouted(request);
      const { sandbox } = options.select(parseAuthorization(request.headers.authorization));
      const nobody = { caller: null, operation: null, body: undefined, fault: undefined };
      const answered = { reply, sandbox, ...nobody };
      return watch(request, response, answered, allow, startedAt);
    },
    onError: createErrorHandler(serve, options.onFault),
  };
};
