// What an execution of a sequence made is removed, also where the answer that would have told of it was lost.
import { findByAddress, removeSurely, type Left } from '../engine/remove.ts';
import { pathIn } from '../expect.ts';
import { isRecord } from '../invitation.ts';
import { pathOf } from '../operations.ts';
import { parse } from '../engine/reply.ts';
import { untilShown, type Session, type Side } from './side.ts';

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

export type Kept = {
  readonly left: readonly Left[];
  /** Names of what may be there, and could not be looked for. */
  readonly unseen: readonly string[];
  /** Taken for gone, for the target does not know it: it may show late. */
  readonly unknown: readonly Left[];
};

/** Removes all that the execution made. Gives what could not be removed. */
export const clean = async (session: Session): Promise<Kept> => {
  const { side, made, lost, lostAccounts } = session;
  const found = [...made];
  const { settings, lineOfRemoval: line } = side;
  const remover = { settings, line };
  const left: Left[] = [];
  const unknown: Left[] = [];
  const unseen: string[] = [];
  const add = async (
    name: string,
    { as, of }: Omit<Session['made'][number], 'id'>,
    finding: Promise<readonly string[]>,
  ): Promise<void> => {
    const ids = await finding.catch(() => undefined);
    if (ids === undefined) unseen.push(name);
    else found.push(...ids.map((id) => ({ id, as, of })));
  };
  if (found.length + lost.length + lostAccounts.length > 0) await untilShown(session);
  for (const { email, as } of lost)
    await add(email, { as, of: 'invitations' }, findByAddress(email, as, remover));
  for (const name of lostAccounts)
    await add(name, { as: 'OWNER', of: 'serviceaccounts' }, findByName(name, remover));
  for (const { id, as, of } of found.reverse()) {
    // A target that has gone silent would cost a deadline for each.
    const onUnknown = () => unknown.push({ id, as, of });
    const isHopeless = left.length + unseen.length >= 3;
    if (isHopeless || (await removeSurely(id, as, { ...remover, onUnknown }, of)) !== true) {
      left.push({ id, as, of });
    }
  }
  return { left, unseen, unknown };
};
