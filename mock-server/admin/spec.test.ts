// The testers' API and its spec: the same operations, and of each operation every answer that the spec documents.
// `running().ask` judges each exchange, so that an answer has not only its status but its whole shape.
import { Agent } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { dereference, isJsonObject, type JsonObject } from '../../spec/openapi-document.ts';
import { judgeAdmin } from '../judged.suite.ts';
import {
  anAddress,
  askAt,
  invitations,
  listOf,
  memberOf,
  noSuchId,
  running,
  textOf,
  type AskOptions,
} from '../running.suite.ts';
import { describeTestersApi } from './describe.ts';
import { readEvents } from './event-reader.suite.ts';
import { adminRoutes, sandboxRoutes } from './routes.ts';

const fake = running({ validation: 'off' });
/** Has no memory for more than there is. */
const guarded = running({ validation: 'off', host: '0.0.0.0', memoryLimit: 1_000 });
/** Has room for no other sandbox. */
const full = running({ validation: 'off', sandboxLimit: 1 });
/** Has memory for some sandboxes with little in them. */
const tight = running({ validation: 'off', memoryLimit: 450_000 });

type Operation = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly statuses: readonly number[];
  /** Of its JSON body. */
  readonly examples: readonly (readonly [string, unknown])[];
};

const members = (value: unknown): readonly (readonly [string, JsonObject])[] => {
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  return entries.filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]));
};

const examplesOf = (operation: JsonObject): Operation['examples'] => {
  const content = memberOf(memberOf(operation, 'requestBody'), 'content');
  const examples = memberOf(memberOf(content, 'application/json'), 'examples');
  return members(examples).map(([name, { value }]) => [name, value]);
};

const { paths, components } = dereference(describeTestersApi());
/** Of the store, whatever is asked: `stores/restart.test.ts` fills one. */
const isOfStore = ({ description }: JsonObject): boolean =>
  description === memberOf(memberOf(memberOf(components, 'responses'), 'StoreFull'), 'description');
const operations: readonly Operation[] = members(paths).flatMap(([path, methods]) =>
  members(methods).map(([method, operation]) => ({
    id: textOf(operation, 'operationId'),
    method: method.toUpperCase(),
    path,
    statuses: members(operation['responses'])
      .filter(([, response]) => !isOfStore(response))
      .map(([status]) => Number(status)),
    examples: examplesOf(operation),
  })),
);
const cases = operations.flatMap(({ id, statuses }) =>
  statuses.map((status) => [id, status] as const),
);

/** A sandbox in which there is one of each. */
type World = {
  readonly name: string;
  readonly sandbox: unknown;
  readonly invitation: string;
  readonly message: string;
  readonly snapshot: string;
  readonly person: string;
};

const aWorld = async (name: string): Promise<World> => {
  const at = `/_mock/sandboxes/${name}`;
  const { json: sandbox } = await fake.ask('PUT', at, { json: { scenario: 'empty' } });
  const as = textOf(memberOf(memberOf(sandbox, 'credentials'), 'OWNER'), 'api_key');
  const invite = async (): Promise<string> => {
    const json = { email: anAddress(), role: 'VIEWER' };
    return textOf((await fake.ask('POST', invitations, { as, json })).json, 'id');
  };
  await invite();
  const { json: sent } = await fake.ask('GET', `${at}/messages`);
  await fake.ask('PATCH', `${at}/delivery`, { json: { mode: 'by-hand' } });
  const invitation = await invite();
  const { json: snapshot } = await fake.ask('POST', `${at}/snapshots`, { json: { label: 'one' } });
  const message = textOf(listOf(sent, 'messages')[0], 'id');
  const { json: people } = await fake.ask('GET', `${at}/people`);
  const person = textOf(listOf(people, 'people')[0], 'id');
  return { name, sandbox, invitation, message, snapshot: textOf(snapshot, 'id'), person };
};

let common: Promise<World> | undefined;
/** For what is refused before anything is changed. */
const commonWorld = (): Promise<World> => (common ??= aWorld('common'));

const find = (id: string): Operation => {
  const operation = operations.find((one) => one.id === id);
  if (operation === undefined) throw new Error(`The spec has no operation "${id}".`);
  return operation;
};

const addressOf = ({ path }: Operation, world: World, change: Partial<World> = {}): string => {
  const { name, invitation, message, snapshot, person } = { ...world, ...change };
  const [ids = snapshot] = [
    ...(path.includes('/messages/') ? [message] : []),
    ...(path.includes('/people/') ? [person] : []),
  ];
  const filled = path.replace('{name}', name).replace('{invitation}', invitation);
  return `/_mock${filled.replace('{id}', ids)}`;
};

const emailOf = ({ sandbox }: World, who: string): string =>
  textOf(memberOf(memberOf(memberOf(sandbox, 'credentials'), who), 'user'), 'email');

const exported = async ({ name }: World): Promise<unknown> =>
  (await fake.ask('GET', `/_mock/sandboxes/${name}/export`)).json;

/** Where an operation needs a body to succeed. */
const bodies: Readonly<Record<string, (world: World) => unknown>> = {
  deliveries_create: () => ({ outcome: 'bounced', reason: 'The mailbox is full.' }),
  world_import: exported,
  faults_replace: () => ({
    faults: [{ first: 1, status: 429, latency: { kind: 'fixed', ms: 1 } }],
  }),
  people_create: () => ({ email: anAddress('new') }),
  tokens_create: (world) => ({ email: emailOf(world, 'OWNER'), organization: true }),
  default_tokens_create: () => ({ email: fake.server.credentials.inviteeEmail }),
};

type Attempt = (operation: Operation, world: World) => Promise<number>;

const status = async (
  to: typeof fake,
  { method }: Operation,
  target: string,
  asked: AskOptions = {},
): Promise<number> => (await to.ask(method, target, asked)).status;

const succeed: Attempt = async (operation, world) => {
  const json = await bodies[operation.id]?.(world);
  return status(fake, operation, addressOf(operation, world), json === undefined ? {} : { json });
};

const makeAnother: Attempt = async (operation, world) => {
  const json = await bodies[operation.id]?.(world);
  const target = addressOf(operation, world, { name: `${world.name}-another` });
  return status(fake, operation, target, json === undefined ? {} : { json });
};

/** Without a body it is a parameter that is not known, with one it is a member. */
const askNonsense: Attempt = (operation, world) =>
  operation.statuses.includes(415)
    ? status(fake, operation, addressOf(operation, world), { json: { email: 5, nonsense: 1 } })
    : status(fake, operation, `${addressOf(operation, world)}?nonsense=1`);

const findNone: Attempt = async (operation, world) => {
  const json = await bodies[operation.id]?.(world);
  const asked = json === undefined ? {} : { json };
  const [, own = ''] = /\{name\}\/[^{]*\{(\w+)\}/.exec(operation.path) ?? [];
  if (own !== '') {
    const none = { invitation: noSuchId, message: noSuchId, snapshot: noSuchId, person: noSuchId };
    const found = await status(fake, operation, addressOf(operation, world, none), asked);
    if (found !== 404) return found;
  }
  return operation.path.includes('{name}')
    ? status(fake, operation, addressOf(operation, world, { name: 'nobody' }), asked)
    : status(fake, operation, addressOf(operation, world), {
        json: { email: 'owner@service-accounts.invalid' },
      });
};

/** A length is believed, so that nobody has to send as much. */
const sendTooMuch: Attempt = (operation, world) =>
  status(fake, operation, addressOf(operation, world), {
    body: '{}',
    headers: { 'content-type': 'application/json', 'content-length': '70000000' },
  });

const findNoMemory: Attempt = async (operation, world) => {
  const json = await bodies[operation.id]?.(world);
  const as = `Bearer ${guarded.server.adminToken ?? ''}`;
  const target = addressOf(operation, world, { name: 'default' });
  return status(guarded, operation, target, json === undefined ? { as } : { as, json });
};

const usual: Readonly<Record<number, Attempt>> = {
  200: succeed,
  201: succeed,
  204: succeed,
  400: askNonsense,
  401: (operation, world) => status(guarded, operation, addressOf(operation, world)),
  403: (operation, world) =>
    status(fake, operation, addressOf(operation, world), {
      headers: { origin: 'https://evil.example' },
    }),
  404: findNone,
  413: sendTooMuch,
  507: findNoMemory,
  415: (operation, world) =>
    status(fake, operation, addressOf(operation, world), {
      body: 'text',
      headers: { 'content-type': 'text/plain' },
    }),
};

/** Streams do not end, so that they are read and judged here. */
const follow: Attempt = async (operation, world) => {
  const { response, next, close } = await readEvents(
    `${fake.server.url}${addressOf(operation, world)}`,
  );
  const received = await next();
  close();
  const { statusCode = 0, headers } = response;
  const judged = { method: 'GET', headers: {}, body: undefined };
  const target = addressOf(operation, world);
  const text = `event: ${received?.event ?? ''}\n`;
  await judgeAdmin({ ...judged, target, answer: { status: statusCode, headers, text } });
  const list = JSON.stringify({ count: 1, exchanges: [received?.data] });
  await judgeAdmin({
    ...judged,
    target: target.replace('/stream', ''),
    answer: { status: 200, headers: { 'content-type': 'application/json' }, text: list },
  });
  return statusCode;
};

const beTooMany =
  (most: number): Attempt =>
  async (operation, world) => {
    const target = `${addressOf(operation, world)}${operation.id === 'messages_list' ? '?wait=60&to=nobody@example.com' : ''}`;
    const readers: { readonly close: () => void }[] = [];
    const agent = new Agent();
    const ask = askAt(fake.server.url, agent);
    const waiting: Promise<unknown>[] = [];
    for (let count = 0; count < most; count += 1) {
      if (operation.id === 'messages_list') {
        waiting.push(ask('GET', target).catch(() => undefined));
      } else {
        readers.push(await readEvents(`${fake.server.url}${target}`));
      }
    }
    // Those that wait have no answer that could be waited for; one that is refused shows that all others are there.
    const tries = await Promise.race([ask('GET', target), ...waiting]);
    for (const { close } of readers) close();
    agent.destroy();
    return Number(memberOf(tries, 'status'));
  };

/** A snapshot is taken, others take what memory is left, and then its world has none. */
const restoreMuch: Attempt = async (operation) => {
  const at = '/_mock/sandboxes/default';
  const { json } = await tight.ask('POST', `${at}/snapshots`);
  await tight.ask('POST', `${at}/seed`, { json: { scenario: 'empty' } });
  const put = await tight.ask('PUT', '/_mock/sandboxes/another', { json: { scenario: 'empty' } });
  const as = textOf(memberOf(memberOf(put.json, 'credentials'), 'OWNER'), 'api_key');
  let last = 201;
  while (last === 201) {
    const invitation = { email: anAddress(), role: 'VIEWER' };
    last = (await tight.ask('POST', invitations, { as, json: invitation })).status;
  }
  return status(tight, operation, `${at}/snapshots/${textOf(json, 'id')}/restore`);
};

const special: Readonly<Record<string, Attempt>> = {
  'sandboxes_put 201': makeAnother,
  'world_import 201': makeAnother,
  'traffic_stream 200': follow,
  'traffic_stream 429': beTooMany(50),
  'messages_list 429': beTooMany(100),
  'snapshots_restore 507': restoreMuch,
  'sandboxes_put 409': (operation) => status(full, operation, '/_mock/sandboxes/another'),
  'sandboxes_put 412': (operation, world) =>
    status(fake, operation, addressOf(operation, world), { headers: { 'if-none-match': '*' } }),
  'world_import 409': async (operation, world) =>
    status(full, operation, '/_mock/sandboxes/another/import', { json: await exported(world) }),
  'sandboxes_destroy 409': (operation, world) =>
    status(fake, operation, addressOf(operation, world, { name: 'default' })),
  'snapshots_create 409': async (operation, world) => {
    for (let count = 0; count < 20; count += 1) await succeed(operation, world);
    return succeed(operation, world);
  },
  'people_create 409': (operation, world) =>
    status(fake, operation, addressOf(operation, world), {
      json: { email: emailOf(world, 'OWNER') },
    }),
  'deliveries_create 409': async (operation, world) => {
    await succeed(operation, world);
    return succeed(operation, world);
  },
  'tokens_create 409': (operation, world) =>
    status(fake, operation, addressOf(operation, world), {
      json: { email: emailOf(world, 'INVITEE'), organization: true },
    }),
  'default_tokens_create 409': (operation, world) =>
    status(fake, operation, addressOf(operation, world), {
      json: { email: fake.server.credentials.inviteeEmail, organization: true },
    }),
};

test('the spec has the operations that the server has, and no other', () => {
  const toTemplate = (path: string): string => path.replaceAll(/:(\w+)/g, '{}');
  const served = [
    ...adminRoutes,
    ...sandboxRoutes.flatMap(({ method, path, alsoForDefault }) => [
      { method, path: `/sandboxes/:name${path}` },
      ...(alsoForDefault === true ? [{ method, path }] : []),
    ]),
  ].map(({ method, path }) => `${method.toUpperCase()} ${toTemplate(path)}`);
  const described = operations.map(
    ({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`,
  );
  expect(served.toSorted()).toEqual(described.toSorted());
});

describe('as the spec documents', () => {
  // What a server says while it stops is asked in `stopping.test.ts`.
  test.each(cases.filter(([, code]) => code !== 503))('%s answers %i', async (id, code) => {
    const operation = find(id);
    const own = special[`${id} ${code}`];
    const attempt = own ?? usual[code];
    if (attempt === undefined) throw new Error(`How does ${id} come to answer ${code}?`);
    const isAlike = own === undefined && [400, 401, 403, 413, 415, 507].includes(code);
    const world = await (isAlike ? commonWorld() : aWorld(`${id.replaceAll('_', '-')}-${code}`));
    expect(await attempt(operation, world)).toBe(code);
  });
});

// The world in the spec is cut down to what can be read, and nobody of its people is in it.
const examples = operations.flatMap(({ id, examples: bodiesOf }) =>
  bodiesOf.map(([name, value]) => [name, id, value] as const),
);

test.each(examples.filter(([name]) => name !== 'smallWorld'))(
  'the example %s of %s is taken',
  async (name, id, value) => {
    const operation = find(id);
    const world = await aWorld(name.toLowerCase());
    const answered = await status(fake, operation, addressOf(operation, world), { json: value });
    // The person of the example is new, and a member nowhere.
    expect(answered).toBe(name === 'scopedToken' ? 409 : operation.statuses[0]);
  },
);
