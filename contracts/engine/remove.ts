// How what was made is removed: by whoever may, and at the end, when there is no later any more, by anybody who is left to try,
// within bounds.
import type { Message } from '../curl.ts';
import { isRecord, textIn, toRecord, type Json } from '../invitation.ts';
import { operations, pathOf } from '../operations.ts';
import { roles, type Caller, type Settings } from '../settings.ts';
import type { Line } from './line.ts';
import { isLate, patience, weightOf } from './outages.ts';
import { parse, type Reply } from './reply.ts';

export type Collection = 'invitations' | 'serviceaccounts';

/** Which of those who may remove something fail at it each time, and are not waited for any more. */
type Hopes = {
  readonly isOver: (who: string) => boolean;
  readonly note: (who: string, failure?: { readonly message: string }) => void;
};

export type Remover = {
  readonly settings: Pick<Settings, 'credentials'>;
  readonly line: Line;
  /** As long as what was just written may not show; 0, or none, where it does. */
  readonly lag?: { readonly ms: number };
  /** Told what is taken for gone because the target does not know it. */
  readonly onUnknown?: (id: string) => unknown;
  /** At the end: where one fails, the next one tries. */
  readonly hopes?: Hopes;
};

export const lagOf = ({ lag }: Remover): number => lag?.ms ?? 0;

/** Those who may remove what the maker made: an owner of the organization first. */
const removersOf = (maker: Caller, { settings: { credentials } }: Remover): readonly string[] => {
  const names: readonly Caller[] = maker === 'OUTSIDER' ? [maker] : ['OWNER', maker, ...roles];
  return [...new Set(names.flatMap((name) => credentials.get(name) ?? []))];
};

type Failure = { readonly message: string };

/** Throws nothing: no answer, and one that the target failed at, are failures. */
const ask = async (line: Line, message: Message): Promise<Reply | Failure> => {
  try {
    const reply = await line(message);
    return reply.status < 500 ? reply : { message: String(reply.status) };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
};

const hasFailed = (reply: Reply | Failure): reply is Failure => 'message' in reply;

const reading = 'reading';

/** Undefined where nothing is answered. */
const statusOf = async (
  path: string,
  authorization: string,
  { line, hopes }: Remover,
): Promise<number | undefined> => {
  if (hopes?.isOver(reading) === true) return undefined;
  const headers = { accept: 'application/json', authorization };
  const reply = await ask(line, { method: 'GET', path, headers });
  hopes?.note(reading, hasFailed(reply) ? reply : undefined);
  return hasFailed(reply) ? undefined : reply.status;
};

/** Whether the invitation or account is gone; undefined where the target fails, and each further one would cost as much. */
export const remove = async (
  id: string,
  maker: Caller,
  by: Remover,
  collection: Collection = 'invitations',
): Promise<boolean | undefined> => {
  const { method } = operations[`${collection}_destroy`];
  const path = pathOf(`${collection}_destroy`, id);
  const { hopes, line } = by;
  let isOpen = false;
  for (const authorization of removersOf(maker, by)) {
    if (hopes?.isOver(authorization) === true) {
      isOpen = true;
      continue;
    }
    const headers = { accept: 'application/json', authorization };
    const reply = await ask(line, { method, path, headers });
    hopes?.note(authorization, hasFailed(reply) ? reply : undefined);
    if (hasFailed(reply)) {
      if (hopes === undefined) return undefined;
      isOpen = true;
      continue;
    }
    if (reply.status === 204) return true;
    if (reply.status !== 404) continue;
    // A target may answer so to what it keeps, or does not know yet.
    const isGone = lagOf(by) === 0 && (await statusOf(path, authorization, by)) !== 200;
    if (isGone) by.onUnknown?.(id);
    return isGone;
  }
  const [authorization = ''] = removersOf(maker, by);
  // Whose answer was lost may have done it.
  if (isOpen) return (await statusOf(path, authorization, by)) === 404 ? true : undefined;
  // Some answer 403 to an account that is not there.
  return collection === 'serviceaccounts' && (await statusOf(path, authorization, by)) !== 200;
};

/**
 * The invitations of an address, for when the answer that would have told their ids was lost. Throws where the list does not
 * tell them: of a target that ignores the filter, what others made would be deleted.
 */
export const findByAddress = async (
  email: string,
  maker: Caller,
  by: Remover,
): Promise<readonly string[]> => {
  const path = `${pathOf('invitations_list')}?email=${encodeURIComponent(email)}`;
  const [authorization = ''] = removersOf(maker, by);
  const headers = { accept: 'application/json', authorization };
  const reply = await by.line({ method: 'GET', path, headers });
  const { results } = toRecord(reply.status === 200 ? parse(reply.text) : undefined);
  const isOf = (one: unknown): one is Json =>
    isRecord(one) && textIn(one, 'email').toLowerCase() === email.toLowerCase();
  if (!Array.isArray(results) || !results.every(isOf)) {
    throw new Error(`${path} answers ${reply.status}, and not with the invitations to ${email}.`);
  }
  return results.map((one) => textIn(one, 'id')).filter((id) => id !== '');
};

/** Once more where the answer was lost. */
export const removeSurely: typeof remove = async (...asked) =>
  (await remove(...asked)) ?? remove(...asked);

/** So many that wait for their deadline, of one caller, are what may be waited for in all. */
const mostLate = 24;

const createHopes = (): Hopes => {
  const failures = new Map<string, { readonly weight: number; readonly late: number }>();
  const of = (who: string) => failures.get(who) ?? { weight: 0, late: 0 };
  return {
    isOver: (who) => of(who).weight >= patience || of(who).late >= mostLate,
    note: (who, failure) => {
      const { weight, late } = of(who);
      failures.set(
        who,
        failure === undefined
          ? { weight: 0, late }
          : { weight: weight + weightOf(failure), late: late + (isLate(failure) ? 1 : 0) },
      );
    },
  };
};

export type Left = { readonly id: string; readonly as: Caller; readonly of?: Collection };

const atOnce = 4;
const rounds = 2;

/** All that is left, several at once; `onGone` is told what is. */
export const removeAll = async (
  left: readonly Left[],
  by: Remover,
  onGone: (id: string) => void,
): Promise<void> => {
  const hopes = createHopes();
  let remaining = left;
  for (let round = 0; round < rounds; round += 1) {
    const queue = [...remaining];
    const failed: Left[] = [];
    const work = async (): Promise<void> => {
      for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
        const isGone = await remove(one.id, one.as, { ...by, hopes }, one.of);
        if (isGone === true) onGone(one.id);
        else if (isGone === undefined) failed.push(one);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    remaining = failed;
  }
};
