// GET /_mock/docs/ and /_mock/docs/testers/: the documentation of both APIs to click through, with Swagger UI's own files,
// offline. That of the API is also below each sandbox, in the sandbox's edition.
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { dump } from 'js-yaml';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readEdition } from '../../spec/editions.ts';
import type { HostedSandbox } from '../sandboxes/hosted-sandbox.ts';
import { baseAddress } from '../web/base-address.ts';
import { writeReply } from '../web/write.ts';
import { fromExpress } from './admin-request.ts';
import { inSandbox } from './answer-admin.ts';
import type { AdminContext } from './context.ts';
import { describeTestersApi, writeTestersApi } from './describe.ts';
import { writeSeedSchema } from './seed-schema.ts';

type Description = { readonly value: object; readonly yaml: string };

const made = new Map<string, Description>();

/** Made once: it takes a tenth of a second and more, in which nobody else is answered. */
const once = (name: string, make: () => Description): Description => {
  const description = made.get(name) ?? make();
  made.set(name, description);
  return description;
};

type Link = { readonly href: string; readonly text: string };

/** One documentation page and the description that it shows. */
type Subject = {
  readonly title: string;
  /** Where its page is; ends in a slash. */
  readonly folder: string;
  /** Where its description is, without the ending that says in which form. */
  readonly file: string;
  /** What the paths of the description are below. */
  readonly base: string;
  readonly read: (of: HostedSandbox) => Promise<Description>;
  /** Whole `Authorization` values by scheme, filled in for trying out; none where the reader has to know them. */
  readonly credentials: (of: HostedSandbox) => Readonly<Record<string, string>>;
  /** To the page of the other one, from `/_mock/docs/`. */
  readonly link: Link;
};

const subjects: readonly Subject[] = [
  {
    title: 'Invitations API',
    folder: '/docs/',
    file: '/openapi',
    base: '',
    read: async ({ sandbox }) => {
      const { edition } = sandbox.readings();
      const value = await readEdition(edition);
      return once(edition, () => ({ value, yaml: dump(value, { noRefs: true }) }));
    },
    // Behind the admin token the page may know a key too; it is the same person who reads it.
    credentials: ({ callers }) => ({ ApiKeyAuth: `Api-Key ${callers.apiKeys.OWNER}` }),
    link: { href: 'testers/', text: "The testers' API: sandboxes, clock, messages, faults" },
  },
  {
    title: "Testers' API of invitations-mock",
    folder: '/docs/testers/',
    file: '/admin.openapi',
    base: '/_mock',
    read: () =>
      Promise.resolve(
        once('testers', () => ({ value: describeTestersApi(), yaml: writeTestersApi() })),
      ),
    // Where a token is needed, the browser has asked for it before it showed the page, and goes on sending it.
    credentials: () => ({}),
    link: { href: '', text: 'The Invitations API' },
  },
];

/** Beside the compiled server, or the package itself when the server runs from its sources. */
const places = ['../../swagger-ui/', '../../node_modules/swagger-ui-dist/'].map((place) =>
  fileURLToPath(new URL(place, import.meta.url)),
);

/** Beside the compiled server, or where the build puts them when the server runs from its sources. */
const documentPlaces = ['../../documents/', '../../dist/documents/'].map((place) =>
  fileURLToPath(new URL(place, import.meta.url)),
);

const documentPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;

/** From a page's folder to `/_mock`, where the descriptions are, and to the files of Swagger UI. */
const pathsFrom = (folder: string): { readonly root: string; readonly assets: string } => {
  const depth = folder.split('/').length - 2;
  return { root: '../'.repeat(depth), assets: '../'.repeat(depth - 1) };
};

const page = ({ title, folder, file }: Subject, links: readonly Link[]): string => {
  const { root, assets } = pathsFrom(folder);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${assets}favicon-32x32.png">
<link rel="stylesheet" href="${assets}swagger-ui.css">
<meta name="color-scheme" content="light dark">
<style>nav { display: flex; flex-wrap: wrap; gap: 0 2rem; max-width: 1460px; margin: auto; padding: 1rem 20px; font: 1rem/2 sans-serif; } .dark-mode { background: #1c2022; } .dark-mode nav a { color: #a5a3ff; }</style>
</head>
<body>
<nav>${links.map(({ href, text }) => `<a href="${href}">${text}</a>`).join(' ')}</nav>
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

const startScript = ({ folder, file, credentials }: Subject, hosted: HostedSandbox): string => {
  const known = Object.entries(credentials(hosted));
  const { root } = pathsFrom(folder);
  return `const credentials = ${JSON.stringify(known)};
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
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

type AnswerFor = (
  hosted: HostedSandbox,
  request: Request,
  response: Response,
) => void | Promise<void>;

/** Of the sandbox that the path names; without a name it is the default one. */
const ofSandbox =
  (context: AdminContext, answer: AnswerFor): RequestHandler =>
  async (request, response) => {
    const asked = fromExpress(request, context.trustProxy);
    const reached = await inSandbox(context, asked, (there) => there);
    if ('hosted' in reached) await answer(reached.hosted, request, response);
    else writeReply(response, reached);
  };

const serveSubject = (router: Router, subject: Subject, context: AdminContext, at = ''): void => {
  const { folder, file, base, read } = subject;
  const get = (path: string, answer: AnswerFor): void => {
    router.get(`${at}${path}`, ofSandbox(context, answer));
  };
  get(`${file}.json`, async (hosted, request, response) => {
    const { value } = await read(hosted);
    // The page tries things out on the server that it came from.
    const url = `${baseAddress(request, context.trustProxy)}${base}`;
    const servers = [{ url, description: 'This server.' }];
    send(response, 'json', JSON.stringify({ ...value, servers }));
  });
  get(`${file}.yaml`, async (hosted, _request, response) => {
    const { yaml } = await read(hosted);
    send(response, 'yaml', yaml);
  });
  get(folder.slice(0, -1), (_hosted, request, response) => {
    response.redirect(302, `${request.baseUrl}${request.path}/`);
  });
  get(folder, (_hosted, { params: { name } }, response) => {
    const { href, text } = subject.link;
    const root = at === '' ? pathsFrom(folder).root : '../../../';
    const links = [
      { href: `${root}#/${encodeURIComponent(String(name ?? ''))}`, text: 'Console' },
      { href: `${root}docs/${href}`, text },
    ];
    send(response, 'html', page(subject, links));
  });
  get(`${folder}start.js`, (hosted, _request, response) => {
    send(response, 'js', startScript(subject, hosted));
  });
};

const ofEach = '/sandboxes/:name';

export const serveDocs = (context: AdminContext): Router => {
  const router = express.Router({ strict: true });
  const [root = ''] = places.filter((place) => existsSync(place));
  for (const subject of subjects) serveSubject(router, subject, context);
  for (const subject of subjects.slice(0, 1)) serveSubject(router, subject, context, ofEach);
  const documents = documentPlaces.find((place) => existsSync(place));
  if (documents !== undefined) {
    router.use(
      '/documents',
      express.static(documents, {
        setHeaders: (response) => {
          response.set({
            'Content-Security-Policy': documentPolicy,
            'X-Content-Type-Options': 'nosniff',
          });
        },
      }),
    );
  }
  router.get('/seed.schema.json', (_request, response) => {
    send(response, 'json', writeSeedSchema());
  });
  for (const file of files) {
    router.get([`/docs/${file}`, `${ofEach}/docs/${file}`], (_request, response) => {
      response.set('X-Content-Type-Options', 'nosniff').sendFile(file, { root });
    });
  }
  return router;
};
