// What later editions let a list be asked for: how many results a page has, and in which order.
import { contract } from '../../engine/contract.ts';
import { isIn } from '../../engine/selection.ts';
import { disappoint, expectPage } from '../../expect.ts';
import { idsOf } from '../../kit/listing.ts';

export const checks = contract('invitations/list-options', { quiet: true }, (kit) => {
  const { edition, list, page, ruleOfCrowd, rules } = kit;

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
    const size = rules.get('list.page-size');
    const isSized = size !== undefined && isIn(edition, size);
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
