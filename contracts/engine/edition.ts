// Which edition of the contract a target is of, by what it answers. Nothing is written for it.
import { editions, lackingIn, newestEdition, type Edition } from '../../spec/vocabulary.ts';
import { isRecord, type Json } from '../invitation.ts';
import { parse } from './reply.ts';
import { pathOf } from '../operations.ts';
import { roles, type Settings } from '../settings.ts';
import { CouldNotRun } from './could-not-run.ts';
import type { Line } from './line.ts';
import type { Reply } from './reply.ts';

/** What was seen of a target: whether it has a field of the newest edition, or heeds a parameter; by name. */
export type Sightings = ReadonlyMap<string, boolean>;

const list = 'invitations_list';
const fieldsOf = (edition: Edition): readonly string[] => lackingIn(edition, 'Invitation');
const ofUser = (name: string): string => `user.${name}`;
const parametersOf = (edition: Edition): readonly string[] => lackingIn(edition, list);
const laterFields = [...new Set(editions.flatMap(fieldsOf))];

const fits = (edition: Edition, sightings: Sightings): boolean => {
  const ofUsers = lackingIn(edition, 'User').map(ofUser);
  const lacking = [...fieldsOf(edition), ...parametersOf(edition), ...ofUsers];
  return [...sightings].every(([name, isThere]) => isThere !== lacking.includes(name));
};

/** The newest that goes with all that was seen; where none does, something is amiss, and the newest has to tell it. */
export const toEdition = (sightings: Sightings): Edition =>
  editions.findLast((edition) => fits(edition, sightings)) ?? newestEdition;

/** Whether more that is seen could lead to another edition. */
export const isOpen = (sightings: Sightings): boolean =>
  editions.some((one) => fits(one, sightings) && parametersOf(one).length > 0) &&
  !sightings.has('page_size');

const itemsIn = (value: unknown): readonly Json[] => {
  if (!isRecord(value)) return [];
  const results = value['results'];
  if (Array.isArray(results)) return results.filter(isRecord);
  return 'email' in value && 'id' in value ? [value] : [];
};

/** In answers with invitations or users: what any of them has. */
export const sightFields = (texts: readonly string[]): Sightings => {
  const items = texts.flatMap((text) => itemsIn(parse(text)));
  const users = items.filter((item) => 'picture_url' in item);
  const invitations = items.filter((item) => 'state' in item);
  const isIn = (some: readonly Json[], name: string): boolean => some.some((item) => name in item);
  return new Map([
    ...(users.length === 0 ? [] : [[ofUser('type'), isIn(users, 'type')] as const]),
    ...(invitations.length === 0
      ? []
      : laterFields.map((name) => [name, isIn(invitations, name)] as const)),
  ]);
};

type Looking = { readonly line: Line; readonly authorization: string };

/** What the newest editions tell of users alone; the caller is one that is there. */
const sightUser = async ({ line, authorization }: Looking): Promise<Sightings> => {
  const headers = { accept: 'application/json', authorization };
  const path = pathOf('users_current_retrieve');
  const { status, text } = await line({ method: 'GET', path, headers });
  const user = status === 200 ? parse(text) : undefined;
  return new Map(isRecord(user) && 'url' in user ? [[ofUser('type'), 'type' in user]] : []);
};

const resultsOf = async (query: string, { line, authorization }: Looking) => {
  const path = `${pathOf(list)}${query}`;
  const headers = { accept: 'application/json', authorization };
  const reply: Reply = await line({ method: 'GET', path, headers });
  return { text: reply.text, ids: itemsIn(parse(reply.text)).map(({ id }) => String(id)) };
};

/** What each parameter does to a list of several; none of it shows in a shorter one. */
const sightParameters = async (length: number, looking: Looking): Promise<Sightings> => {
  if (length < 2) return new Map();
  const ask = async (query: string) => (await resultsOf(query, looking)).ids;
  const [up, down] = [await ask('?ordering=email'), await ask('?ordering=-email')];
  return new Map([
    ['page_size', (await ask('?page_size=1')).length === 1],
    ['ordering', up.join() !== down.join()],
  ]);
};

/** Of the list, with what was seen before; a target that does not answer shows nothing. */
export const look = async (looking: Looking, before: Sightings = new Map()): Promise<Sightings> => {
  try {
    const { text, ids } = await resultsOf('', looking);
    const fields = sightFields([text]);
    const seen = new Map([
      ...(await sightUser(looking)),
      ...fields,
      ...[...before].filter(([, isThere]) => isThere || fields.size === 0),
    ]);
    return isOpen(seen) && seen.size > 0
      ? new Map([...seen, ...(await sightParameters(ids.length, looking))])
      : seen;
  } catch (error) {
    if (error instanceof CouldNotRun) return before;
    throw error;
  }
};

/** With the eyes of the most permissive role. */
export const toLooking = ({ credentials }: Settings, line: Line): Looking => {
  const role = roles.find((one) => credentials.has(one)) ?? 'OWNER';
  return { line, authorization: credentials.get(role) ?? '' };
};

/** By reads alone; where the list is empty they show nothing, and it is the newest. */
export const findEdition = async (settings: Settings, line: Line): Promise<Edition> =>
  settings.edition ?? toEdition(await look(toLooking(settings, line)));
