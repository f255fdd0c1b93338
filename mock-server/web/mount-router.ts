// An Express router as what a server hands requests to; what fails in it ends as everything that fails.
import express from 'express';
import { answerFailure, type OnFault } from './failure.ts';
import type { Handle } from './http-server.ts';
import { toWire } from './node-port.ts';

/** `path` is what the routes of the router are below. */
export const mountRouter = (path: string, router: express.Router, onFault: OnFault): Handle => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.use(path, router);
  const onError: express.ErrorRequestHandler = (error: unknown, request, response, _next) => {
    const { method, originalUrl: target } = request;
    answerFailure({ method, target }, toWire(response), error, onFault);
  };
  app.use(onError);
  return app;
};
