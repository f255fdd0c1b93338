// What an execution of a sequence made is removed, also where the answer that would have told of it was lost.
import { findByAddress, removeSurely } from '../engine/made.ts';
import { pathIn } from '../expect.ts';
import { isRecord } from '../invitation.ts';
import { pathOf } from '../operations.ts';
import { parse } from '../engine/reply.ts';
import type { Session, Side } from './side.ts';

const mostPages = 100;

/** The service accounts of that name, on all pages. Throws where they are not told. */
const findByName = async (
  name: string,
  { line, settings }: Pick<Side, 'line' | 'settings'>,
): Promise<readonly string[]> => {
  const authorization = settings.credentials.get('OWNER') ?? '';
  const headers = { accept: 'application/json', authorization };
  let path: string | undefined = pathOf('serviceaccounts_list');
  for (let pages = 0; path !== undefined && pages < mostPages; pages += 1) {
    const { text } = await line({ method: 'GET', path, headers });
    const page = parse(text);
    if (!isRecord(page) || !Array.isArray(page['results'])) break;
    const found = page['results'].flatMap((one) =>
      isRecord(one) && isRecord(one['user']) && one['user']['name'] === name
        ? String(one['id'])
        : [],
    );
    const { next } = page;
    if (found.length > 0 || next === null) return found;
    path = typeof next === 'string' ? pathIn(next) : undefined;
  }
  throw new Error(`The service accounts are not told, and ${name} may be among them.`);
};

/** Removes all that the execution made. Returns the ids of what could not be removed, and names of what may be there. */
export const clean = async ({
  side,
  made,
  lost,
  lostAccounts,
}: Session): Promise<readonly string[]> => {
  const found = [...made];
  const remover = { ...side, line: side.lineOfRemoval };
  for (const { email, as } of lost) {
    const ids = await findByAddress(email, as, remover).catch(() => []);
    found.push(...ids.map((id) => ({ id, as, of: 'invitations' as const })));
  }
  const kept: string[] = [];
  for (const name of lostAccounts) {
    const ids = await findByName(name, remover).catch(() => undefined);
    if (ids === undefined) kept.push(name);
    else
      found.push(
        ...ids.map((id) => ({ id, as: 'OWNER' as const, of: 'serviceaccounts' as const })),
      );
  }
  for (const { id, as, of } of found.reverse()) {
    // A target that has gone silent would cost a deadline for each.
    const isHopeless = kept.length >= 3;
    if (isHopeless || (await removeSurely(id, as, remover, of)) !== true) kept.push(id);
  }
  return kept;
};
