// The testers' API as an Express router, to be mounted at /_mock.
import express, { type Router } from 'express';
import { writeReply } from '../web/write.ts';
import type { AdminContext } from './context.ts';
import { serveDocs, type DocsOptions } from './docs.ts';
import { guardAdmin, type GuardOptions } from './guard.ts';
import { problem } from './problem.ts';
import { adminRoutes } from './routes.ts';

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
  return router;
}
