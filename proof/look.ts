// What a fault asks the fake on the side, as the OWNER, to know what it is about.
import { operations } from '../contracts/operations.ts';
import {
  askAs,
  editQuery,
  objectIn,
  omit,
  queryOf,
  resultsOf,
  setting,
  type Json,
} from './edit.ts';
import { idIn, type Tools } from './fault.ts';
import type { Ask, Reply } from './mutant.ts';

const listPath = operations.invitations_list.path;

const lookingAs = (ask: Ask, { world }: Tools): Ask => {
  const accepting = { ...omit(ask.headers, 'content-type'), accept: 'application/json' };
  return askAs({ method: 'GET', path: listPath, body: '', headers: accepting }, 'OWNER', world);
};

/** The answer to a GET of that invitation. */
export const lookUp = (id: string, ask: Ask, tools: Tools): Promise<Reply> =>
  tools.next({ ...lookingAs(ask, tools), path: `${listPath}${id}/` });

export const invitationOf = async (id: string, ask: Ask, tools: Tools): Promise<Json> =>
  objectIn(await lookUp(id, ask, tools));

/** Every invitation that the caller would get with these filters, on all pages. */
export const everything = async (ask: Ask, { next }: Tools): Promise<readonly Json[]> => {
  const found: Json[] = [];
  for (let page = 1; ; page += 1) {
    const reply = await next(
      editQuery({ ...ask, method: 'GET', body: '' }, (query) => {
        query.set('page', String(page));
      }),
    );
    found.push(...resultsOf(reply));
    if (typeof objectIn(reply)['next'] !== 'string') return found;
  }
};

/** The list with other items in it: filters and order as `choose` has them, cut into pages as ever. */
export const relist = async (
  ask: Ask,
  tools: Tools,
  ignored: readonly string[],
  choose: (items: readonly Json[]) => readonly Json[],
): Promise<Reply> => {
  const usual = await tools.next(ask);
  if (usual.status !== 200) return usual;
  const wider = editQuery(ask, (query) => {
    for (const name of [...ignored, 'page']) query.delete(name);
  });
  const items = choose(await everything(wider, tools));
  const size = tools.world.pageSize;
  const last = Math.max(1, Math.ceil(items.length / size));
  const asked = queryOf(ask).get('page') ?? '1';
  const number = asked === 'last' ? last : Number(asked);
  const link = (page: number): string | null => {
    if (page < 1 || page > last) return null;
    const { path } = editQuery(ask, (query) => {
      query.set('page', String(page));
    });
    return `http://${ask.headers['host'] ?? ''}${path}`;
  };
  const results = items.slice((number - 1) * size, number * size);
  const page = { count: items.length, next: link(number + 1), previous: link(number - 1), results };
  return { ...usual, body: JSON.stringify(page) };
};

/** The invitation of the OWNER's organization for an address, letter case ignored. */
export const invitationFor = async (email: string, ask: Ask, tools: Tools): Promise<Json> => {
  const looking = lookingAs(ask, tools);
  const items = await everything({ ...looking, path: listPath }, tools);
  return items.find((item) => String(item['email']).toLowerCase() === email.toLowerCase()) ?? {};
};

/** Carried out, but for these fields, of which the answer tells what was there before. */
export const answeringBefore =
  (...names: readonly string[]) =>
  async (ask: Ask, tools: Tools): Promise<Reply> => {
    const before = await invitationOf(idIn(ask), ask, tools);
    const reply = await tools.next(ask);
    const old = Object.fromEntries(names.map((name) => [name, before[name]]));
    return reply.status === 200 ? setting(old)(reply) : reply;
  };

/** Makes room for what the fake refuses: the invitation in the way is deleted, then the request made once more. */
export const replaceExisting = async (email: string, ask: Ask, tools: Tools): Promise<Reply> => {
  const { id } = await invitationFor(email, ask, tools);
  if (typeof id === 'string') {
    await tools.next({ ...lookingAs(ask, tools), method: 'DELETE', path: `${listPath}${id}/` });
  }
  return tools.next(ask);
};
