// GET /_mock/: the console's built files. They are a client of the testers' API like any other.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Response, type Router } from 'express';
import { writeReply } from '../web/write.ts';
import { problem } from './problem.ts';

/**
 * No script and no style but the page's own, and no text that could become markup: even where the page's code has a
 * mistake, what a client put into a field of the API stays text.
 */
const securityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Beside the compiled server, or where the build puts it when the server runs from its sources. */
const builtPlaces = ['../../console/', '../../dist/console/'].map((place) =>
  fileURLToPath(new URL(place, import.meta.url)),
);

const setHeaders = (response: Response, path: string): void => {
  // The name of an asset changes with its content.
  const isAsset = /[\\/]assets[\\/][^\\/]+$/.test(path);
  response.set({
    'Cache-Control': isAsset ? 'max-age=31536000, immutable' : 'no-cache',
    'Content-Security-Policy': securityPolicy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
};

/** The first of `places` that holds the page is served; each ends in a slash. */
export const serveConsole = (places: readonly string[] = builtPlaces): Router => {
  const router = express.Router();
  const folder = places.find((place) => existsSync(`${place}index.html`));
  if (folder !== undefined) {
    router.use(express.static(folder, { cacheControl: false, setHeaders }));
    return router;
  }
  router.get('/', (request, response) => {
    const detail = `The console has not been built. Run "npm run build" and start again; what it does can be done with curl too, see ${request.baseUrl}/docs/testers/.`;
    writeReply(response, problem(404, 'Not Found', detail));
  });
  return router;
};
