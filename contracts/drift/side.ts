// One of the two targets that are compared: how a caller is known there, and what an execution of a sequence has made there.
import { randomUUID } from 'node:crypto';
import { toMessage, type Message } from '../curl.ts';
import { isRecord, type Json } from '../invitation.ts';
import { pathOf } from '../operations.ts';
import { CouldNotRun, OutOfOrder } from '../engine/could-not-run.ts';
import type { Line, Ways } from '../engine/line.ts';
import { findByAddress, type Collection } from '../engine/remove.ts';
import { sleepUntil } from '../engine/waits.ts';
import { isReading } from '../kit/settling.ts';
import type { Settings } from '../settings.ts';
import { parse, type Reply } from '../engine/reply.ts';
import { askersIn } from '../sequences/model/askers.ts';
import { isShared } from '../sequences/model/command.ts';
import { fillFrom } from '../sequences/model/expect.ts';
import { createModel } from '../sequences/model/model.ts';
import { toLines } from './lines.ts';
import { createNames, type Kind, type Names } from './names.ts';
import {
  isOfAccounts,
  isStranger,
  isCaller,
  keySlotOf,
  methodOf,
  slotsBefore,
  strangers,
  filled,
  toBody,
  type Asking,
  type Member,
  type Who,
} from '../sequences/step.ts';

export type Side = {
  readonly settings: Settings;
  readonly line: Line;
  /** One that has given up nothing yet, for each execution. */
  readonly newLine: () => Line;
  /** How long until what was written shows, to reads and to what is about it, in milliseconds. */
  readonly lag: { ms: number };
  /** For what has to be removed, also when the run was interrupted. */
  readonly lineOfRemoval: Line;
  readonly authorizationOf: (who: Who) => string | undefined;
};

export type Exchange = {
  readonly message: Message;
  /** Undefined when none came. */
  readonly reply: Reply | undefined;
  readonly json: unknown;
};

export const toSide = (settings: Settings, signal: AbortSignal, lagMs = 0, ways?: Ways): Side => {
  return {
    ...{ settings, lag: { ms: lagMs }, ...toLines(settings, signal, ways) },
    authorizationOf: (who) => {
      if (isStranger(who)) return strangers[who];
      return isCaller(who) ? settings.credentials.get(who) : undefined;
    },
  };
};

/** `<email:1>` and `<name:1>` stand for what no other execution has. */
const toFind =
  (names: Names, { settings }: Side, execution: string) =>
  (placeholder: string) => {
    const [, kind, number = ''] = /^<(email|name):(\d+)>$/.exec(placeholder) ?? [];
    if (kind !== 'email' && kind !== 'name') return undefined;
    const value =
      kind === 'name'
        ? `Drift ${execution} ${number}`
        : `drift-${execution}-${number}@${settings.emailDomain}`;
    names.bind(kind, value, number);
    return value;
  };

/** An execution of one sequence on one side. `execution` is part of each address, so that none meets what another has left. */
export const openSession = (side: Side, execution: string) => {
  const { inviteeEmail = '', bounceEmail = '' } = side.settings;
  const names = createNames();
  const emails = new Map([
    ['<invitee>', inviteeEmail],
    ['<bounce>', bounceEmail],
  ]);
  if (inviteeEmail !== '') names.bind('email', inviteeEmail, 'invitee');
  if (bounceEmail !== '') names.bind('email', bounceEmail, 'bounce');
  const model = createModel(emails, askersIn(side.settings));
  const made: { readonly id: string; readonly as: Member; readonly of: Collection }[] = [];
  const lost: { readonly email: string; readonly as: Member }[] = [];
  const lostAccounts: string[] = [];
  return {
    ...{ side: { ...side, line: side.newLine() }, names, made },
    model,
    /** What each slot holds, by the last answer that showed it. */
    slots: new Map<number, Json>(),
    /** Addresses, and names of accounts, of requests that got no answer: something may have been made all the same. */
    ...{ lost, lostAccounts },
    /** When the last request that may have changed something was answered. */
    written: { at: -Infinity },
    /** `<email:1>` and so on, replaced. */
    fill: fillFrom(model, toFind(names, side, execution)),
  };
};

export type Session = ReturnType<typeof openSession>;

const idIn = (address: unknown): string | undefined =>
  typeof address === 'string'
    ? /\/([^/]+)\/?$/.exec(address)?.[1]?.replaceAll(/%7c/gi, '|')
    : undefined;

/** A service account tells its key once, and has its user whole. */
const keyOf = (who: Who, { slots }: Session): string | undefined => {
  const key = slots.get(keySlotOf(who) ?? 0)?.['apikey'];
  return typeof key === 'string' ? `Api-Key ${key}` : undefined;
};

/** The id to put into the path; undefined when the slot holds nothing here, or that of the caller. */
export const idFor = (step: Asking, session: Session): string | undefined => {
  const { as, on } = step;
  const { slots } = session;
  if (slotsBefore(step).some((slot) => !slots.has(slot))) return undefined;
  if (keySlotOf(as) !== undefined && keyOf(as, session) === undefined) return undefined;
  if (on === undefined) return '';
  if (on === 'missing') return randomUUID();
  if (on === 'no UUID') return 'not-a-uuid';
  const held = slots.get(on.slot);
  const linked = held?.[on.through ?? ''];
  const id =
    on.through === undefined ? held?.['id'] : idIn(isRecord(linked) ? linked['url'] : linked);
  return typeof id === 'string' ? id : undefined;
};

const messageOf = (step: Asking, id: string, session: Session): Message => {
  const { side, fill } = session;
  const slashed = pathOf(step.operation, id);
  const sent = {
    query: filled(step.query, fill),
    headers: { ...(step.accept !== undefined && { accept: step.accept }) },
    body: step.content && toBody(step.content, fill),
  };
  const authorization = keyOf(step.as, session) ?? side.authorizationOf(step.as);
  const path = step.isBare === true ? slashed.slice(0, -1) : slashed;
  return toMessage(methodOf(step), path, sent, authorization);
};

/** Who may remove what a step made, wanted or not. */
const ownerOf = (who: Who): Member => (who === 'OUTSIDER' ? who : 'OWNER');

const creates = ({ operation }: Asking, { method }: Message): boolean =>
  method === 'POST' && /(?:invitations|serviceaccounts)_create$/.test(operation);

const placeholdersIn = ({ content }: Asking): readonly string[] =>
  JSON.stringify(content ?? '').match(/<[a-zA-Z]+(?::\d+)?>/g) ?? [];

/** Those that a lost answer may have made something of: one that somebody else has invited is theirs. */
const claimable = async (step: Asking, { side, fill }: Session): Promise<readonly string[]> => {
  const free: string[] = [];
  for (const it of placeholdersIn(step)) {
    const isTaken = async (): Promise<boolean> =>
      (await findByAddress(fill(it), ownerOf(step.as), side).catch(() => [''])).length > 0;
    if (!isShared(it) || !(await isTaken())) free.push(fill(it));
  }
  return free;
};

const note = (
  step: Asking,
  reply: Reply | undefined,
  claimed: readonly string[],
  session: Session,
): void => {
  const as = ownerOf(step.as);
  const of = isOfAccounts(step) ? 'serviceaccounts' : 'invitations';
  // One that failed may have made it all the same.
  if (reply === undefined || reply.status >= 500) {
    if (isOfAccounts(step)) session.lostAccounts.push(...claimed);
    else session.lost.push(...claimed.map((email) => ({ email, as })));
    return;
  }
  const json = parse(reply.text);
  if (isRecord(json) && typeof json['id'] === 'string')
    session.made.push({ id: json['id'], as, of });
};

/** What was written last shows, where it shows late. */
export const untilShown = ({ side, written }: Session): Promise<void> =>
  sleepUntil(written.at + side.lag.ms);

export const perform = async (step: Asking, id: string, session: Session): Promise<Exchange> => {
  const message = messageOf(step, id, session);
  const { side, written } = session;
  if (id !== '' || isReading(message)) await untilShown(session);
  const isCreate = creates(step, message);
  const claimed = isCreate ? await claimable(step, session) : [];
  const reply = await side.line(message).catch((error: unknown) => {
    if (error instanceof OutOfOrder) return error.reply;
    if (error instanceof CouldNotRun) return undefined;
    throw error;
  });
  if (!isReading(message)) written.at = performance.now();
  if (isCreate) note(step, reply, claimed, session);
  return { message, reply, json: reply === undefined ? undefined : parse(reply.text) };
};

/** Keeps what an answer shows of what a slot holds, for later steps to address it and its links, and to use its key. */
export const remember = (
  slot: number,
  shown: unknown,
  { slots, names }: Session,
  kind: Kind,
  isMade: boolean,
): void => {
  if (!isRecord(shown) || typeof shown['id'] !== 'string') return;
  const held = slots.get(slot);
  const isOther = held !== undefined && held['id'] !== shown['id'];
  // A target that answers with another one than that which was asked for shall not get away with it.
  if (isOther && !isMade) return;
  slots.set(slot, isOther ? shown : { ...held, ...shown });
  if (held !== undefined && !isOther) return;
  names.bind(
    kind,
    shown['id'],
    `${kind === 'user' ? 'of account ' : ''}${slot}${isOther ? ' anew' : ''}`,
  );
};
