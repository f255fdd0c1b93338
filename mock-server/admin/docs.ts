// GET /_mock/docs/: the API's documentation to click through, with Swagger UI's own files, offline.
import express, { type Response, type Router } from 'express';
import { load } from 'js-yaml';

import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { baseAddress } from '../web/base-address.ts';

export type DocsOptions = {
  /** The text of the contract, in YAML. */
  readonly readContract: () => Promise<string>;
  readonly trustProxy: boolean;
  /** Whole `Authorization` values that are filled in for trying out; empty where the reader has to know them. */
  readonly tryOutWith: () => Readonly<Record<'ApiKeyAuth' | 'JWTAuth', string | null>>;
};

const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Invitations API</title>
<link rel="icon" href="favicon-32x32.png">
<link rel="stylesheet" href="swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<noscript>This page needs JavaScript. The contract itself is at <a href="../openapi.json">openapi.json</a>.</noscript>
<script src="swagger-ui-bundle.js"></script>
<script src="start.js"></script>
</body>
</html>
`;

const securityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

function startScript(tryOutWith: ReturnType<DocsOptions['tryOutWith']>): string {
  const known = Object.entries(tryOutWith).filter(([, value]) => value !== null);
  return `const credentials = ${JSON.stringify(known)};
const docs = SwaggerUIBundle({
  url: '../openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  validatorUrl: null,
  onComplete: () => {
    // Both schemes use one header, so only one of them is filled in.
    for (const [scheme, value] of credentials.slice(0, 1)) docs.preauthorizeApiKey(scheme, value);
  },
});
`;
}

function send(response: Response, type: string, text: string): void {
  response.set({ 'Content-Security-Policy': securityPolicy, 'X-Content-Type-Options': 'nosniff' });
  response.type(type).send(text);
}

export function serveDocs({ readContract, trustProxy, tryOutWith }: DocsOptions): Router {
  const router = express.Router({ strict: true });
  // Its main module would load the whole page's code into this process; the folder is all that is needed.
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  router.get('/openapi.json', async (request, response) => {
    const contract: unknown = load(await readContract());
    // The page tries things out on the server that it came from.
    const servers = [{ url: baseAddress(request, trustProxy), description: 'This server.' }];
    send(response, 'json', JSON.stringify(Object.assign({}, contract, { servers })));
  });
  router.get('/openapi.yaml', async (_request, response) => {
    send(response, 'yaml', await readContract());
  });
  router.get(['/', '/docs'], (request, response) => {
    response.redirect(302, `${request.baseUrl}/docs/`);
  });
  router.get('/docs/', (_request, response) => {
    send(response, 'html', page);
  });
  router.get('/docs/start.js', (_request, response) => {
    send(response, 'js', startScript(tryOutWith()));
  });
  for (const file of files) {
    router.get(`/docs/${file}`, (_request, response) => {
      response.set('X-Content-Type-Options', 'nosniff').sendFile(file, { root: assets });
    });
  }
  return router;
}
