// The testers' API as an Express router, to be mounted at /_mock.
import { STATUS_CODES } from 'node:http';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Router,
} from 'express';
import { defaultName } from '../sandboxes/registry.ts';
import { StoreError } from '../stores/store.ts';
import { toSentence } from '../web/quote.ts';
import { writeReply } from '../web/write.ts';
import type { AdminContext, SandboxContext } from './context.ts';
import { serveConsole } from './console.ts';
import { serveDocs, type DocsOptions } from './docs.ts';
import { guardAdmin, type GuardOptions } from './guard.ts';
import { notFound, problem } from './problem.ts';
import { adminRoutes, sandboxRoutes, type SandboxRoute } from './routes.ts';

/** Nothing has happened of what could not be kept. */
const answerUnkept: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!(error instanceof StoreError) || response.headersSent) {
    next(error);
    return;
  }
  const { reason, message } = error;
  const words = `${message} Nothing of what was asked for has happened.`;
  const reply =
    reason === 'full'
      ? problem(507, 'Insufficient Storage', words)
      : problem(503, 'Service Unavailable', words, { 'retry-after': '1' });
  writeReply(response, reply);
};

/** What Express makes of a request for a file that cannot be met, such as a range beyond its end. */
const answerRefusedFile: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (!(error instanceof Error) || status < 400 || status > 499 || response.headersSent) {
    next(error);
    return;
  }
  const title = STATUS_CODES[status] ?? 'Bad Request';
  writeReply(
    response,
    problem(status, title, toSentence(`The request cannot be met: ${error.message}`)),
  );
};

const mostNames = 10;

const unknownSandbox = ({ registry }: AdminContext, name: string): ReturnType<typeof notFound> => {
  const names = registry.list().map(({ sandbox }) => sandbox.name);
  const shown = names.slice(0, mostNames).join(', ');
  const more = names.length > mostNames ? `, and ${names.length - mostNames} more` : '';
  return notFound(
    `There is no sandbox "${name}"; there are ${shown}${more}. PUT /_mock/sandboxes/${name} makes one.`,
  );
};

const serveSandboxRoute =
  (context: AdminContext, route: SandboxRoute): RequestHandler =>
  async (request: Request, response, next) => {
    const name = String(request.params['name'] ?? defaultName);
    const hosted = context.registry.find(name);
    if (hosted === undefined) {
      writeReply(response, unknownSandbox(context, name));
      return;
    }
    hosted.lastUsedAt = Date.now();
    const reached: SandboxContext = { ...context, hosted };
    if ('stream' in route) route.stream.stream(reached, request, response, next);
    else {
      const reply = await route.operation.answer(reached, request);
      await hosted.sandbox.kept();
      writeReply(response, reply);
    }
  };

const known = [
  ...[...adminRoutes, ...sandboxRoutes.filter(({ alsoForDefault }) => alsoForDefault === true)].map(
    ({ method, path }) => `${method.toUpperCase()} /_mock${path}`,
  ),
  'GET /_mock/docs/',
];

export const createAdmin = (options: AdminContext & GuardOptions & DocsOptions): Router => {
  const router = express.Router();
  router.use(guardAdmin(options));
  for (const { method, path, operation } of adminRoutes) {
    router[method](path, async (request, response) => {
      writeReply(response, await operation.answer(options, request));
    });
  }
  for (const route of sandboxRoutes) {
    const serve = serveSandboxRoute(options, route);
    router[route.method](`/sandboxes/:name${route.path}`, serve);
    if (route.alsoForDefault === true) router[route.method](route.path, serve);
  }
  router.use(serveConsole());
  router.use(serveDocs(options));
  router.use((request, response) => {
    const detail = `There is no ${request.method} ${request.originalUrl}. Known are ${known.join(', ')}, and under /_mock/sandboxes/NAME all that concerns one sandbox.`;
    writeReply(response, notFound(detail));
  });
  router.use(answerUnkept, answerRefusedFile);
  return router;
};
