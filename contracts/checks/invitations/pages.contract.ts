// The pages of the list, on a part of it that has several: whatever the page size is, and whatever else is in the list; and what
// later editions let a list be asked for: how many results a page has, and in which order.
import { briefly } from '../../kit/base.ts';
import { disappoint, expectDetail, expectPage, pathIn } from '../../expect.ts';
import type { Page } from '../../invitation.ts';
import { NotExercised } from '../../not-exercised.ts';
import { idsOf, type Crowd, type Query } from '../../kit/listing.ts';
import { contract } from '../../engine/contract.ts';
import { isIn } from '../../engine/selection.ts';

const expectSame = (one: Page | undefined, other: Page | undefined, sentence: string): void => {
  const [ids, others] = [one, other].map((some) => idsOf(some === undefined ? [] : [some]).join());
  if (one === undefined || ids !== others) throw new Error(`Expected ${sentence}.`);
};

const linksOf = (pages: readonly Page[]): readonly string[] =>
  pages.flatMap(({ next, previous }) => [next, previous]).filter((link) => link !== null);

const expectFilters = (link: string, query: Query): void => {
  const kept = new URL(link).searchParams;
  for (const [name, value] of Object.entries(query)) {
    if (kept.get(name) !== String(value)) {
      throw new Error(`Expected ${name}=${value} in the link, but got ${link}`);
    }
  }
};

const expectAllOn = (pages: readonly Page[], { mine }: Crowd): void => {
  const ids = idsOf(pages);
  const lost = mine.find(({ id }) => !ids.includes(id));
  if (lost !== undefined) throw new Error(`Invitation ${lost.id} is on none of the pages.`);
};

export const checks = contract('invitations/pages', { quiet: true }, (kit) => {
  const { createInvitation, crowd, list, page, rule, ruleOfCrowd, walk } = kit;

  ruleOfCrowd('pages.by-number', 'page 1 is the page without a number', async ({ query }) => {
    expectSame(await page({ ...query, page: 1 }), await page(query), 'page 1 to be the first page');
  });
  const linked = 'every number has the page that the links lead to';
  ruleOfCrowd('pages.by-number', linked, async ({ query }) => {
    for (const [index, one] of (await walk(query)).slice(0, 5).entries()) {
      const found = await page({ ...query, page: index + 1 });
      expectSame(found, one, `page ${index + 1} as the links have it`);
    }
  });

  ruleOfCrowd('pages.by-number', 'another number is another page', async ({ query }) => {
    const [first, second] = [await page({ ...query, page: 1 }), await page({ ...query, page: 2 })];
    const twice = idsOf([second]).find((id) => idsOf([first]).includes(id));
    if (twice !== undefined) throw new Error(`Invitation ${twice} is on page 1 and on page 2.`);
  });

  rule('pages.count', 'is the number of all items, on every page', {}, async () => {
    const { query } = await crowd();
    await kit.eventually(
      'each page counts the items of all pages',
      async () => {
        const pages = await walk(query);
        const counts = [...new Set(pages.map(({ count }) => count))];
        return { counts, items: idsOf(pages).length };
      },
      ({ counts, items }) => counts.length === 1 && counts[0] === items,
      briefly(kit.settings),
    );
  });
  rule('pages.count', 'grows by one with an invitation', {}, async () => {
    const { role } = await crowd();
    await kit.eventually(
      'one more invitation is one more in the count',
      async () => {
        const before = (await page({ role })).count;
        await createInvitation({ role });
        return (await page({ role })).count - before;
      },
      (growth) => growth === 1,
      briefly(kit.settings),
    );
  });
  rule('pages.count', 'counts what the filter leaves', {}, async () => {
    const { email } = await createInvitation();
    const answer = await list({ email });
    if (expectPage(answer).count !== 1) disappoint(answer, 'a count of 1');
  });

  const through = 'leads through all pages to the last one, which has none';
  ruleOfCrowd('pages.next', through, async (crowd) => {
    const pages = await walk({ role: crowd.role });
    if (pages.length < 2) throw new Error('There is no second page.');
    expectAllOn(pages, crowd);
  });
  rule('pages.next', 'is null where one page has it all', {}, async () => {
    const { email } = await createInvitation();
    const answer = await list({ email });
    if (expectPage(answer).next !== null) disappoint(answer, 'no next page');
  });

  rule('pages.previous', 'is null on the first page', {}, async () => {
    const answer = await list((await crowd()).query);
    if (expectPage(answer).previous !== null) disappoint(answer, 'no page before the first');
  });
  ruleOfCrowd('pages.previous', 'leads from each page to the one before', async ({ query }) => {
    const pages = (await walk(query)).slice(0, 5);
    for (const [index, one] of pages.entries()) {
      if (index === 0) continue;
      const found = await kit.follow(one.previous);
      expectSame(found, pages[index - 1], `page ${index} before page ${index + 1}`);
    }
  });

  const filled = 'every page but the last is full, and the last is not empty';
  ruleOfCrowd('pages.results', filled, async ({ query }) => {
    const sizes = (await walk(query)).map(({ results }) => results.length);
    const [full = 0] = sizes;
    const isRight = sizes.every((size, index) =>
      index < sizes.length - 1 ? size === full : size > 0 && size <= full,
    );
    if (!isRight) throw new Error(`The pages have ${sizes.join(', ')} items.`);
  });

  rule('pages.links-absolute', 'with a scheme, a host, and the path of the list', {}, async () => {
    for (const link of linksOf((await walk((await crowd()).query)).slice(0, 5))) {
      const [path] = pathIn(link).split('?');
      if (!/^https?:\/\/[^/]+\//.test(link) || path !== '/api/v1/invitations/') {
        throw new Error(`Expected an absolute address of the list, but got ${link}`);
      }
    }
  });

  rule('pages.links-keep-filters', 'a role', {}, async () => {
    const { query } = await crowd();
    const pages = (await walk(query)).slice(0, 5);
    for (const link of linksOf(pages)) expectFilters(link, query);
    for (const { results } of pages) {
      if (results.some(({ role }) => role !== query['role'])) {
        throw new Error('A link of a filtered page leads to invitations of another role.');
      }
    }
  });
  rule('pages.links-keep-filters', 'a role and a state', {}, async () => {
    const { role } = await crowd();
    const query = { role, state: 'sent' };
    const read = () => page(query);
    const { value: first } = await kit.poll(read, ({ next }) => next !== null, kit.settings);
    // What is pending for ever is another rule's business.
    if (first.next === null && first.count === first.results.length) {
      throw new NotExercised('too few invitations are sent for a second page of them');
    }
    expectFilters(first.next ?? '', query);
    const second = await kit.follow(first.next);
    expectFilters(second.previous ?? '', query);
    if (second.results.some((item) => item.role !== role || item.state !== 'sent')) {
      throw new Error('The next page has invitations that the filters exclude.');
    }
  });

  rule('pages.beyond-last', 'the page after the last', {}, async () => {
    const { query } = await crowd();
    const { length } = await walk(query);
    expectDetail(await list({ ...query, page: length + 1 }), 404);
  });
  rule('pages.beyond-last', 'far beyond', { changes: false }, async () => {
    expectDetail(await list({ page: 999_999_999 }), 404);
  });
  for (const as of ['JWT', 'API_KEY'] as const) {
    const options = { needs: [as], changes: false } as const;
    rule('pages.beyond-last', `far beyond, asked by ${as}`, options, async () => {
      expectDetail(await list({ page: 999_999_999 }, as), 404);
    });
  }
  rule('pages.beyond-last', 'page 2 of an empty result', {}, async () => {
    expectDetail(await list({ email: kit.address(), page: 2 }), 404);
  });
  for (const number of [0, -1, -100]) {
    rule('pages.zero-or-negative', String(number), { changes: false }, async () => {
      expectDetail(await list({ page: number }), 404);
    });
  }
  for (const word of ['abc', '1.5', '1e0', '0x1', 'first', '1,2', 'null', '-']) {
    rule('pages.not-a-number', `"${word}"`, { changes: false }, async () => {
      expectDetail(await list({ page: word }), 404);
    });
  }

  ruleOfCrowd('pages.last', 'is the page that has no next', async ({ query }) => {
    // The end of the walk is one request away from it: others add to the list meanwhile.
    const end = (await walk(query)).at(-1);
    const answer = await list({ ...query, page: 'last' });
    const last = expectPage(answer);
    if (last.next !== null || last.previous === null)
      disappoint(answer, 'the last of several pages');
    expectSame(last, end, 'page=last to be the last page');
  });
  rule('pages.last', 'of one page is that page', {}, async () => {
    const { id, email } = await createInvitation();
    const answer = await list({ email, page: 'last' });
    const { results, next, previous } = expectPage(answer);
    if (results[0]?.id !== id || next !== null || previous !== null)
      disappoint(answer, 'the one page');
  });

  for (const number of [undefined, 1, 'last'] as const) {
    const title = number === undefined ? 'without a number' : `page ${number}`;
    rule('pages.empty', title, {}, async () => {
      const query = { email: kit.address(), ...(number === undefined ? {} : { page: number }) };
      const answer = await list(query);
      const { count, results, next, previous } = expectPage(answer);
      const isRight = count === 0 && results.length === 0 && next === null && previous === null;
      if (!isRight) disappoint(answer, 'a count of 0, no results and no links');
    });
  }

  ruleOfCrowd('pages.stable-order', 'no invitation is on two pages', async ({ query }) => {
    const ids = idsOf(await walk(query));
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined) throw new Error(`Invitation ${twice} is on the pages twice.`);
  });
  ruleOfCrowd('pages.stable-order', 'every invitation is on one of them', async (crowd) => {
    const pages = await walk({ role: crowd.role });
    expectAllOn(pages, crowd);
    const { length } = idsOf(pages);
    const counts = pages.map(({ count }) => count);
    if (counts.includes(length)) return;
    throw new Error(`The pages have ${length} invitations together, and count ${counts.join()}.`);
  });
  ruleOfCrowd('pages.stable-order', 'the same order at every reading', async ({ mine, query }) => {
    const read = async (): Promise<string> => {
      const ids = idsOf(await walk(query));
      return ids.filter((id) => mine.some((made) => made.id === id)).join();
    };
    const [first, second, third] = [await read(), await read(), await read()];
    if (first !== second || second !== third)
      throw new Error('The order changes between readings.');
  });
  const unmoved = 'a new invitation does not move the first page';
  ruleOfCrowd('pages.stable-order', unmoved, async ({ role }) => {
    const before = await page({ role });
    await createInvitation({ role });
    expectSame(await page({ role }), before, 'the first page to stay as it was');
  });

  ruleOfCrowd('list.page-size', 'a page has as many results as are asked for', async (crowd) => {
    const query = { ...crowd.query, page_size: 1 };
    const [first, second] = [await page(query), await page({ ...query, page: 2 })];
    for (const { results } of [first, second]) {
      if (results.length !== 1) throw new Error(`Expected one result, but got ${results.length}.`);
    }
    if (idsOf([first]).join() === idsOf([second]).join()) {
      throw new Error('Expected another result on the second page.');
    }
    if (first.next !== null && new URL(first.next).searchParams.get('page_size') !== '1') {
      throw new Error(`Expected page_size=1 in the link, but got ${first.next}`);
    }
  });
  ruleOfCrowd('pages.by-number', 'a page far behind has invitations too', async (crowd) => {
    const size = kit.rules.get('list.page-size');
    const isSized = size !== undefined && isIn(kit.edition, size);
    const query = { ...crowd.query, ...(isSized ? { page_size: 1 } : {}) };
    const { count, results } = await page(query);
    const pages = Math.ceil(count / results.length);
    for (const number of [6, pages - 1].filter((one) => one > 1 && one < pages)) {
      const answer = await list({ ...query, page: number });
      if (expectPage(answer).results.length === 0)
        disappoint(answer, `invitations on page ${number} of ${pages}`);
    }
  });
  ruleOfCrowd('list.ordering', 'by address, and the other way round', async ({ query }) => {
    const emails = async (ordering: string): Promise<readonly string[]> =>
      (await page({ ...query, ordering })).results.map(({ email }) => email);
    const [up, down] = [await emails('email'), await emails('-email')];
    const sorted = [...up].sort();
    if (up.join() !== sorted.join()) throw new Error('Expected the addresses in their order.');
    const turned = [...down].sort().reverse();
    if (down.join() !== turned.join() || up[0] === down[0]) {
      throw new Error('Expected the addresses in the other order.');
    }
  });
});
