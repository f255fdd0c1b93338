// GET /_mock/docs/ and /_mock/docs/testers/: the documentation of both APIs to click through, with Swagger UI's own files,
// offline.
import express, { type Response, type Router } from 'express';
import { load } from 'js-yaml';

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { baseAddress } from '../web/base-address.ts';
import { writeTestersApi } from './describe.ts';

export type DocsOptions = {
  /** The text of the contract, in YAML. */
  readonly readContract: () => Promise<string>;
  readonly trustProxy: boolean;
  /** Whole `Authorization` values that are filled in for trying out; empty where the reader has to know them. */
  readonly tryOutWith: () => Readonly<Record<'ApiKeyAuth' | 'JWTAuth', string | null>>;
};

/** One documentation page and the description that it shows. */
type Subject = {
  readonly title: string;
  /** Where its page is; ends in a slash. */
  readonly folder: string;
  /** Where its description is, without the ending that says in which form. */
  readonly file: string;
  /** What the paths of the description are below. */
  readonly base: string;
  readonly read: () => Promise<string>;
  readonly credentials: () => Readonly<Record<string, string | null>>;
  /** To the page of the other one. */
  readonly link: { readonly href: string; readonly text: string };
};

const toSubjects = (options: DocsOptions): readonly Subject[] => [
  {
    title: 'Invitations API',
    folder: '/docs/',
    file: '/openapi',
    base: '',
    read: options.readContract,
    credentials: options.tryOutWith,
    link: { href: 'testers/', text: "The testers' API: sandboxes, clock, messages, faults" },
  },
  {
    title: "Testers' API of invitations-mock",
    folder: '/docs/testers/',
    file: '/admin.openapi',
    base: '/_mock',
    read: () => Promise.resolve(writeTestersApi()),
    // Where a token is needed, the browser has asked for it before it showed the page, and goes on sending it.
    credentials: () => ({}),
    link: { href: '../', text: 'The Invitations API' },
  },
];

/** Beside the compiled server, or the package itself when the server runs from its sources. */
const places = ['../../swagger-ui/', '../../node_modules/swagger-ui-dist/'].map((place) =>
  fileURLToPath(new URL(place, import.meta.url)),
);

const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;

/** From a page's folder to `/_mock`, where the descriptions are, and to the files of Swagger UI. */
const pathsFrom = (folder: string): { readonly root: string; readonly assets: string } => {
  const depth = folder.split('/').length - 2;
  return { root: '../'.repeat(depth), assets: '../'.repeat(depth - 1) };
};

const page = ({ title, folder, file, link }: Subject): string => {
  const { root, assets } = pathsFrom(folder);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${assets}favicon-32x32.png">
<link rel="stylesheet" href="${assets}swagger-ui.css">
<style>nav { padding: 1rem; font: 1rem/1.5 sans-serif; text-align: center; }</style>
</head>
<body>
<nav><a href="${link.href}">${link.text}</a></nav>
<div id="docs"></div>
<noscript>This page needs JavaScript. What it shows is at <a href="${root.slice(0, -1)}${file}.json">${file.slice(1)}.json</a>.</noscript>
<script src="${assets}swagger-ui-bundle.js"></script>
<script src="start.js"></script>
</body>
</html>
`;
};

const securityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const startScript = ({ folder, file, credentials }: Subject): string => {
  const known = Object.entries(credentials()).filter(([, value]) => value !== null);
  const { root } = pathsFrom(folder);
  return `const credentials = ${JSON.stringify(known)};
const docs = SwaggerUIBundle({
  url: '${root.slice(0, -1)}${file}.json',
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
};

const send = (response: Response, type: string, text: string): void => {
  response.set({ 'Content-Security-Policy': securityPolicy, 'X-Content-Type-Options': 'nosniff' });
  response.type(type).send(text);
};

const serveSubject = (router: Router, subject: Subject, trustProxy: boolean): void => {
  const { folder, file, base, read } = subject;
  router.get(`${file}.json`, async (request, response) => {
    const description: unknown = load(await read());
    // The page tries things out on the server that it came from.
    const url = `${baseAddress(request, trustProxy)}${base}`;
    const servers = [{ url, description: 'This server.' }];
    send(response, 'json', JSON.stringify(Object.assign({}, description, { servers })));
  });
  router.get(`${file}.yaml`, async (_request, response) => {
    send(response, 'yaml', await read());
  });
  router.get(folder.slice(0, -1), (request, response) => {
    response.redirect(302, `${request.baseUrl}${folder}`);
  });
  router.get(folder, (_request, response) => {
    send(response, 'html', page(subject));
  });
  router.get(`${folder}start.js`, (_request, response) => {
    send(response, 'js', startScript(subject));
  });
};

export const serveDocs = (options: DocsOptions): Router => {
  const router = express.Router({ strict: true });
  const [root = ''] = places.filter((place) => existsSync(place));
  for (const subject of toSubjects(options)) serveSubject(router, subject, options.trustProxy);
  for (const file of files) {
    router.get(`/docs/${file}`, (_request, response) => {
      response.set('X-Content-Type-Options', 'nosniff').sendFile(file, { root });
    });
  }
  return router;
};
