// What the description of the testers' API says of the whole of it.
import type { JsonObject } from '../../spec/openapi-document.ts';
import type { Tag } from './endpoint.ts';

export const about = {
  info: {
    title: "Testers' API of invitations-mock",
    version: '1.0.0',
    description: `What testers and programs steer the fake with: worlds of their own, time, deliveries, messages, faults, traffic.
It lives under \`/_mock\`, which cannot meet a path of the Invitations API. It is not part of that API; a deployment
does not have it.

**Sandboxes.** A sandbox is one isolated world: people, invitations, clock, deliveries, messages, faults, traffic.
Credentials choose the sandbox of a request to the Invitations API: every API key and every JWT belongs to one.
Requests without valid credentials go to the sandbox \`default\`, which exists from the start and never ends. The
paths without a sandbox in them (\`/traffic\`, \`/tokens\`, \`/jwks.json\`) are those of \`default\`.

**Who may.** On a loopback address every program of the machine may, without credentials; pages of foreign web
sites may not. On any other address the admin token is needed, as a bearer token or as the password of basic
authentication with any user name.

**Values.** Times are ISO 8601 in UTC, of the sandbox's clock unless said otherwise. Durations are ISO 8601 too:
\`PT90S\`, \`P1D\`. Members of a body that are not known are refused, so that a misspelt one is noticed.

**Errors** are problem documents (RFC 9457). \`detail\` says what was wrong and what would be right.
`,
    license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
  },
  servers: [
    {
      url: 'http://127.0.0.1:4010/_mock',
      description: 'A server on this machine, at its default port.',
    },
  ],
  security: [{ AdminBearer: [] }, { AdminBasic: [] }, {}],
};

const tagWords: Readonly<Record<Tag, string>> = {
  sandboxes: 'Make, fill, keep, carry and remove isolated worlds.',
  'time and delivery': "A sandbox's clock, and when and whether its messages arrive.",
  contents: 'What is in a sandbox, seen from outside. Looking counts as no request and as no read.',
  messages: 'The outbox, which holds every message that an invitation led to.',
  faults: 'Errors, delays and broken connections on demand.',
  traffic: 'What was asked and answered, and what was found wrong in it.',
  identity: 'JWTs for people of a sandbox, and the key to verify them with.',
  process: 'Whether the process runs and takes requests.',
};

export const tags = Object.entries(tagWords).map(([name, description]) => ({ name, description }));

export const securitySchemes = {
  AdminBearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'The admin token, which was given with `--admin-token` or printed at the start.',
  },
  AdminBasic: {
    type: 'http',
    scheme: 'basic',
    description:
      "The admin token as the password, for a browser's own prompt. The user name does not count.",
  },
};

const refusals = {
  BadRequest:
    'The body or a parameter is refused. `detail` names what was wrong and what would be right.',
  Unauthorized:
    'The server has an admin token, as each that listens beyond the loopback address, and it is missing or wrong.',
  Forbidden:
    'The request comes from a page of a foreign web site, or was sent to a name that is no loopback name.',
  NoSuchSandbox: 'There is no such sandbox. `detail` names those that there are.',
  TooLarge: 'The body is larger than is taken.',
  UnsupportedMediaType: 'The body is of a kind that is not read.',
  StoreAway: 'What keeps the sandboxes cannot be used now. `Retry-After` says when to ask again.',
  StoreFull: 'What keeps the sandboxes has no room; nothing has happened.',
} as const;

const challenge = {
  headers: {
    'WWW-Authenticate': {
      required: true,
      description: 'The challenge, which names both schemes.',
      schema: { type: 'string', minLength: 1 },
      example: 'Basic realm="mock", Bearer realm="mock"',
    },
  },
};

const inPath = (name: string, description: string, schema: JsonObject, example: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string', ...schema },
  example,
});

export const sharedParts = (content: JsonObject) => ({
  parameters: {
    SandboxName: inPath(
      'name',
      'Names the sandbox.',
      { pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' },
      'alice',
    ),
    Id: inPath(
      'id',
      'Names it by its id; a snapshot by its label too: of several with one label the newest is meant.',
      { minLength: 1, maxLength: 128 },
      '5f0e7c1a-9b34-4c0e-8a55-2d1f6b7c8e90',
    ),
    InvitationId: inPath(
      'invitation',
      'Names the invitation.',
      { format: 'uuid' },
      '0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908',
    ),
  },
  responses: Object.fromEntries(
    Object.entries(refusals).map(([name, description]) => [
      name,
      { description, ...(name === 'Unauthorized' ? challenge : {}), content },
    ]),
  ),
});
