// Where links lead: to what was asked, so that a client that follows them stays outside of the gateway, and on TLS. All other
// checks follow the path of a link alone, from `/api/v1/` on; a target whose links lead elsewhere is told so here, once.
import { contract } from '../engine/contract.ts';

export const checks = contract('links', ({ createInvitation, page, rule, settings }) => {
  rule('linked.same-origin', 'links lead to where the request went', {}, async () => {
    const made = [await createInvitation(), await createInvitation()];
    const { next, results } = await page({ page_size: 1 });
    const { origin } = new URL(settings.target);
    const links = [next, ...[...made, ...results].flatMap((it) => [it.url, it.inviter])];
    const isAstray = (link: string | null): boolean =>
      link !== null && (new URL(link).origin !== origin || new URL(link).pathname.includes('//'));
    const astray = links.find(isAstray);
    if (astray !== undefined) {
      throw new Error(`Expected links to ${origin}, without a doubled slash, but got ${astray}`);
    }
  });
});
