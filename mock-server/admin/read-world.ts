// Reads a world's file as it was sent, in slices, and says what is wrong with one that no export wrote.
import { isUtf8 } from 'node:buffer';
import * as v from 'valibot';
import { anApiKey } from '../../fixtures/api-key.ts';
import type { Callers, Person } from '../../fixtures/scenario.ts';
import type { Event } from '../../domain/events.ts';
import { createHistoryCheck } from '../sandboxes/check-history.ts';
import type { SandboxPlan } from '../sandboxes/sandbox-plan.ts';
import type { WorldImage } from '../sandboxes/world-image.ts';
import type { Reply } from '../web/reply.ts';
import type { AdminRequest } from './admin-request.ts';
import { toSettings } from './delivery.ts';
import { readJsonInSlices } from './json-slices.ts';
import { withOptions } from './plan.ts';
import { badRequest, tooLarge, unsupported } from './problem.ts';
import { tellUnknown } from './schema/object.ts';
import { mostTold, tellIssues } from './schema/words.ts';
import { checkBody, isForm, refuseForm } from './takes.ts';
import { toEvent, WorldEvent } from './world-event.ts';
import { mostEvents, WaitingMessage, World, type WorldDocument } from './world-file.ts';

const mostBytes = 64 * 1_024 * 1_024;
/** So many mistakes are looked for; a file that has more is no world's. */
const mostMistakes = 100;

const findPeople = (history: readonly Event[]): ReadonlyMap<string, Person> => {
  const people = new Map<string, Person>();
  for (const event of history) {
    if (event.type !== 'UserRegistered') continue;
    const { userId, name, email } = event;
    people.set(userId, { userId, name, email });
  }
  return people;
};

/** Whoever was removed since is still known by id: nobody can log in as one of them. */
const toCallers = (
  ids: WorldDocument['callers'],
  history: readonly Event[],
  keyFor: (label: string) => string,
): Callers => {
  const people = findPeople(history);
  const find = (userId: string): Person => people.get(userId) ?? { userId, name: '', email: '' };
  const { OWNER, ADMIN, CONTRIB, VIEWER } = ids.people;
  return {
    organizationId: ids.organization,
    people: {
      OWNER: find(OWNER),
      ADMIN: find(ADMIN),
      CONTRIB: find(CONTRIB),
      VIEWER: find(VIEWER),
    },
    apiKeys: {
      OWNER: keyFor('owner'),
      ADMIN: keyFor('admin'),
      CONTRIB: keyFor('contrib'),
      VIEWER: keyFor('viewer'),
    },
    outsider: {
      ...find(ids.outsider.user),
      organizationId: ids.outsider.organization,
      apiKey: keyFor('outsider'),
    },
    invitee: find(ids.invitee),
  };
};

type Found = { readonly told: string[]; count: number };

const tellFound = ({ told, count }: Found): string => {
  const rest = `And ${count < mostMistakes ? '' : 'at least '}${count - told.length} more.`;
  return [...told, ...(count > told.length ? [rest] : [])].join(' ');
};

/** Takes the items of one list, and keeps what is made of those that are right. False once enough is wrong. */
const createTaker = <Schema extends v.GenericSchema>(
  name: string,
  schema: Schema,
  found: Found,
  keep: (item: v.InferOutput<Schema>) => string | undefined,
): ((items: readonly unknown[]) => boolean) => {
  let place = 0;
  const note = (sentence: () => string): void => {
    found.count += 1;
    if (found.told.length < mostTold) found.told.push(sentence());
  };
  return (items) => {
    for (const item of items) {
      const where = `${name}[${place}]`;
      const { success, output, issues } = v.safeParse(schema, item);
      if (!success) note(() => tellIssues(issues.slice(0, 1), where));
      else if (found.count === 0) {
        const misfit = keep(output);
        if (misfit !== undefined) note(() => `${where}: ${misfit}.`);
      }
      place += 1;
      if (found.count >= mostMistakes || place > mostEvents) return false;
    }
    return true;
  };
};

const known = Object.keys(World.entries);

type Read = { readonly document: WorldDocument; readonly history: readonly Event[] };

const readDocument = async (
  bytes: Buffer,
  depth: number,
  keyFor: (label: string) => string,
): Promise<Read | Reply> => {
  const history: Event[] = [];
  const waiting: WorldDocument['waiting'] = [];
  const unknown: string[] = [];
  const found: Found = { told: [], count: 0 };
  const checkEvent = createHistoryCheck();
  const takeEvents = createTaker('events', WorldEvent, found, (fact) => {
    const event = toEvent(fact, keyFor);
    history.push(event);
    return checkEvent(event);
  });
  const takeWaiting = createTaker('waiting', WaitingMessage, found, (message) => {
    waiting.push(message);
    return undefined;
  });
  const sliced = await readJsonInSlices(bytes, {
    lists: ['events', 'waiting'],
    depth,
    onItems: (list, items) => (list === 'events' ? takeEvents(items) : takeWaiting(items)),
    onName: (name) => known.includes(name) || unknown.push(name) < mostMistakes,
  });
  if (sliced.kind === 'malformed') return badRequest(sliced.detail);
  if (unknown.length > 0) return badRequest(tellUnknown(unknown, known, mostMistakes));
  if (found.count > 0) return badRequest(tellFound(found));
  if (sliced.kind === 'ended') return badRequest(`"events" takes a list of at most ${mostEvents}.`);
  const document = checkBody(World, sliced.rest);
  if ('refused' in document) return document.refused;
  return { document: { ...document.value, waiting }, history };
};

/** `secret` is that of the sandbox that takes the world in. */
export const readWorld = async (
  request: AdminRequest,
  { standard, secret, depth }: { standard: SandboxPlan; secret: string; depth: number },
): Promise<WorldImage | Reply> => {
  if (isForm(request)) return refuseForm(request);
  const type = String(request.headers['content-type'] ?? '')
    .split(';', 1)[0]
    ?.trim()
    .toLowerCase();
  if (type !== undefined && type !== '' && type !== 'application/json') {
    return unsupported(`The media type "${type}" is not supported; use application/json.`);
  }
  const bytes = await request.readBytes(mostBytes);
  if (bytes === 'too-large') return tooLarge(mostBytes);
  if (!isUtf8(bytes)) return badRequest('The body is not valid UTF-8.');
  const keyFor = (label: string): string => anApiKey(secret, label);
  const read = await readDocument(bytes.length === 0 ? Buffer.from('{}') : bytes, depth, keyFor);
  if ('status' in read) return read;
  const { document, history } = read;
  const callers = toCallers(document.callers, history, keyFor);
  const plan = withOptions(standard, document.plan);
  const { now, frozen, offset_ms: offset } = document.clock;
  return {
    plan,
    callers,
    pageSize: plan.pageSize,
    clock: { now, frozen, offset },
    delivery: toSettings(document.delivery, standard.delivery),
    waiting: (document.waiting ?? []).map(({ invitation, since }) => ({
      invitationId: invitation,
      since,
    })),
    history,
  };
};
