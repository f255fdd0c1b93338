// Going through the list of a target whose page size and whose other invitations nobody knows beforehand.
import type { Answer } from './client.ts';
import { disappoint, expectPage, pathIn } from '../expect.ts';
import type { Invitation, Page } from '../invitation.ts';
import { NotExercised } from '../not-exercised.ts';
import { roles, type Caller, type Role } from '../settings.ts';
import type { Arranging } from './arrange.ts';
import type { Base } from './base.ts';

export type Query = Readonly<Record<string, string | number>>;

const mostPages = 250;

const attempts = 3;

/** Once more where others, who add and delete on the same target, may have come between two of our requests. */
export const undisturbed = async (body: () => Promise<void>): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await body();
      return;
    } catch (error) {
      if (attempt === attempts || error instanceof NotExercised) throw error;
    }
  }
};

export const idsOf = (pages: readonly Page[]): readonly string[] =>
  pages.flatMap(({ results }) => results.map(({ id }) => id));

/** As many creates as we allow ourselves in search of a second page. */
const mostCreates = 300;
/** With pages of at most this size there is a third one too. */
const smallPage = 20;

export type Crowd = {
  /** Filtered by this role the list has two pages at least, or three if its pages are small. */
  readonly role: Role;
  /** By that role. */
  readonly query: Query;
  /** Made by us, in this order, all of that role: the newest of the list. */
  readonly mine: readonly Invitation[];
};

export const createListing = (kit: Arranging & Base) => {
  const { createInvitation, once, request, send } = kit;

  const list = (query: Query = {}, as: Caller = 'OWNER'): Promise<Answer> =>
    send('invitations_list', { as, query });

  const page = async (query: Query = {}, as: Caller = 'OWNER'): Promise<Page> =>
    expectPage(await list(query, as));

  const follow = async (link: string | null): Promise<Page> => {
    if (link === null) throw new Error('Expected a link to another page, but got null.');
    return expectPage(await request('GET', pathIn(link), { as: 'OWNER' }));
  };

  /** Fails unless the list holds exactly these. */
  const expectListed = async (query: Query, expected: readonly Invitation[]): Promise<void> => {
    const answer = await list(query);
    const { count, results } = expectPage(answer);
    const ids = results.map(({ id }) => id);
    const isRight =
      count === expected.length &&
      ids.length === expected.length &&
      expected.every(({ id }) => ids.includes(id));
    if (!isRight) {
      disappoint(
        answer,
        `${expected.length} invitations: ${expected.map(({ id }) => id).join(', ')}`,
      );
    }
  };

  /** Every page from the first on, by `next`. */
  const walk = async (query: Query = {}): Promise<readonly Page[]> => {
    const pages = [await page(query)];
    const followed = new Set<string>();
    for (;;) {
      const next = pages.at(-1)?.next ?? null;
      if (next === null) return pages;
      if (followed.has(next)) throw new Error(`The links lead in a circle, back to ${next}`);
      followed.add(next);
      if (pages.length >= mostPages) {
        throw new NotExercised(`the list has more than ${mostPages} pages`);
      }
      pages.push(await follow(next));
    }
  };

  /** Judged by the pages and not by their count, which may be what is wrong. */
  const isLongEnough = async (role: Role): Promise<boolean> => {
    const first = await page({ role });
    const { length } = first.results;
    if (first.next === null && first.count > length) {
      throw new Error(`A page with ${length} of ${first.count} invitations has no next page.`);
    }
    if (first.next === null) return false;
    if (length <= smallPage && (await follow(first.next)).next === null) return false;
    const sent = await page({ role, state: 'sent' });
    if (sent.next !== null) return true;
    // What is pending is on its way to being sent: filtered by that state too there have to be two pages.
    const pending = await page({ role, state: 'pending' });
    return pending.count > 0 && sent.count + pending.count > length;
  };

  const shortestLong = async (): Promise<Role | undefined> => {
    const counts: { readonly role: Role; readonly count: number }[] = [];
    for (const role of roles) {
      if (await isLongEnough(role)) counts.push({ role, count: (await page({ role })).count });
    }
    return counts.sort((one, other) => one.count - other.count)[0]?.role;
  };

  /** A part of the list that has several pages: what is there already, if that is enough; else we add to it. */
  const crowd = once(async (): Promise<Crowd> => {
    const role = (await shortestLong()) ?? 'VIEWER';
    const mine: Invitation[] = [];
    while (mine.length < 3 || !(await isLongEnough(role))) {
      if (mine.length >= mostCreates) {
        throw new NotExercised(`${mostCreates} more invitations did not lead to another page`);
      }
      for (let i = 0; i < 5; i += 1) mine.push(await createInvitation({ role }));
    }
    return { role, query: { role }, mine };
  });

  return { list, page, follow, expectListed, walk, crowd };
};

export type Listing = ReturnType<typeof createListing>;
