// The testers' API as an Express router, to be mounted at /_mock.
import { STATUS_CODES } from 'node:http';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Router,
} from 'express';
import { toSentence } from '../web/quote.ts';
import { writeReply } from '../web/write.ts';
import { fromExpress } from './admin-request.ts';
import {
  answerOperation,
  answerServer,
  inSandbox,
  tellUnkept,
  unknownOperation,
} from './answer-admin.ts';
import type { AdminContext } from './context.ts';
import { serveConsole } from './console.ts';
import { serveDocs } from './docs.ts';
import { guardAdmin, type GuardOptions } from './guard.ts';
import { notFound, problem } from './problem.ts';
import { adminRoutes, sandboxRoutes, type SandboxRoute } from './routes.ts';

const answerUnkept: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const reply = response.headersSent ? undefined : tellUnkept(error);
  if (reply === undefined) next(error);
  else writeReply(response, reply);
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

const serveSandboxRoute =
  (context: AdminContext, route: SandboxRoute): RequestHandler =>
  async (request: Request, response, next) => {
    const asked = fromExpress(request, context.trustProxy);
    if (!('stream' in route)) {
      writeReply(response, await answerOperation(context, route.operation, asked));
      return;
    }
    const reached = await inSandbox(context, asked, (there) => there);
    if (!('hosted' in reached)) {
      writeReply(response, reached);
      return;
    }
    await reached.hosted.sandbox.traffic.refresh();
    route.stream.stream(reached, asked, response, next);
  };

export type AdminOptions = AdminContext &
  GuardOptions & {
    /** Absent where nobody asked for it. */
    readonly serveMcp?: RequestHandler | undefined;
  };

const noMcp: RequestHandler = (_request, response) => {
  writeReply(
    response,
    notFound('The Model Context Protocol is not spoken here; start the server with --mcp.'),
  );
};

export const createAdmin = (options: AdminOptions): Router => {
  const router = express.Router();
  router.use(guardAdmin(options));
  for (const { method, path, operation } of adminRoutes) {
    router[method](path, async (request, response) => {
      const asked = fromExpress(request, options.trustProxy);
      writeReply(response, await answerServer(options, operation, asked));
    });
  }
  for (const route of sandboxRoutes) {
    const serve = serveSandboxRoute(options, route);
    router[route.method](`/sandboxes/:name${route.path}`, serve);
    if (route.alsoForDefault === true) router[route.method](route.path, serve);
  }
  router.all('/mcp', options.serveMcp ?? noMcp);
  router.use(serveConsole());
  router.use(serveDocs(options));
  router.use((request, response) => {
    writeReply(response, unknownOperation(request.method, request.originalUrl));
  });
  router.use(answerUnkept, answerRefusedFile);
  return router;
};
