// The testers' API as an Express router, to be mounted at /_mock.
import { STATUS_CODES } from 'node:http';
import express, { type ErrorRequestHandler, type Router } from 'express';
import { writeReply } from '../web/write.ts';
import type { AdminContext } from './context.ts';
import { serveDocs, type DocsOptions } from './docs.ts';
import { guardAdmin, type GuardOptions } from './guard.ts';
import { problem } from './problem.ts';
import { adminRoutes } from './routes.ts';

/** What Express makes of a request for a file that cannot be met, such as a range beyond its end. */
const answerRefusedFile: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (!(error instanceof Error) || status < 400 || status > 499 || response.headersSent) {
    next(error);
    return;
  }
  const title = STATUS_CODES[status] ?? 'Bad Request';
  writeReply(response, problem(status, title, `The request cannot be met: ${error.message}.`));
};

export function createAdmin(options: AdminContext & GuardOptions & DocsOptions): Router {
  const router = express.Router();
  router.use(guardAdmin(options));
  for (const { method, path, operation } of adminRoutes) {
    router[method](path, async (request, response) => {
      writeReply(response, await operation(options, request));
    });
  }
  router.use(serveDocs(options));
  router.use((request, response) => {
    const known = adminRoutes.map(({ method, path }) => `${method.toUpperCase()} /_mock${path}`);
    const detail = `There is no ${request.method} ${request.originalUrl}. Known are ${[...known, 'GET /_mock/docs/'].join(', ')}.`;
    writeReply(response, problem(404, 'Not Found', detail));
  });
  router.use(answerRefusedFile);
  return router;
}
