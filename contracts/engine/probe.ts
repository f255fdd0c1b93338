// Before a run that writes: one invitation is made, read and removed. Are addresses at the domain taken, and how long does it
// take until a read shows what was written?
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotRun } from '../../settings/cannot-run.ts';
import { isRecord } from '../invitation.ts';
import { pathOf } from '../operations.ts';
import { roles, type Settings } from '../settings.ts';
import { CouldNotRun } from './could-not-run.ts';
import type { Line } from './line.ts';
import { createScope, type Made, type Scope } from './made.ts';
import { parse, type Reply } from './reply.ts';
import { longestLagMs } from './running.ts';

type Asking = {
  readonly settings: Settings;
  readonly line: Line;
  readonly made: Made;
};

type Probing = Asking & {
  readonly runId: string;
  /** So many invitations are made. */
  readonly size: number;
  /** While they are there, with the answers to the creates. */
  readonly meanwhile: (texts: readonly string[]) => Promise<void>;
};

/** What was measured three times is not the longest that it takes. */
export const margin = 1.25;
const mostReplicas = 3;

/** Taken where nothing is given, and refused by many because no mail gets there. */
const reservedDomain = 'example.com';

/** Where servers of the family tell it, of what is wrong with an address. */
const places = ['email', 'non_field_errors', '__all__'];

/** Whether a create is refused for its address' domain, as far as its answer tells: undefined where it may be. */
const isOfDomain = ({ status, text }: Reply): boolean | undefined => {
  if (![400, 403, 404, 409, 422].includes(status)) return false;
  const answer = parse(text);
  const isTold = isRecord(answer) ? places.some((place) => place in answer) : Array.isArray(answer);
  const isInWords = isTold || /\bdomains?\b|\be-?mail address/i.test(text);
  if (isInWords && status !== 404 && status !== 409) return true;
  return (isRecord(answer) && 'role' in answer) || status === 403 ? false : undefined;
};

const refuseDomain = ({ emailDomain }: Settings, { status, text }: Reply): never => {
  throw new CannotRun(
    `The target takes no address at ${emailDomain}: a create is answered with ${status} ${text.slice(0, 200)} Give a domain that it takes in CONTRACT_EMAIL_DOMAIN.`,
  );
};

/** How long until reads show the invitation, in milliseconds; 0 where the first one does, or none. */
const measure = async (read: () => Promise<Reply>): Promise<number> => {
  const started = performance.now();
  let missed = 0;
  let shownAt = 0;
  // Behind an address there may be several replicas, each as late as it likes.
  for (let shown = 0; shown < mostReplicas;) {
    const { status } = await read();
    const ms = performance.now() - started;
    if (status === 200 && missed === 0) return 0;
    if ((status !== 200 && status !== 404) || ms > longestLagMs) return 0;
    if (status === 404) missed += 1;
    shown = status === 404 ? 0 : shown + 1;
    if (shown === 1) shownAt = ms;
    await sleep(Math.max(20, ms / 10));
  }
  return shownAt;
};

/** How it asks: all as one caller, who may invite. */
const createAsking = ({ settings, line, made }: Asking, scope: Scope) => {
  const role = roles.find((one) => settings.credentials.has(one)) ?? 'OWNER';
  const authorization = settings.credentials.get(role) ?? '';
  const headers = { accept: 'application/json', authorization };
  const invite = async (email: string) => {
    const reply = await line({
      method: 'POST',
      path: pathOf('invitations_create'),
      headers: { ...headers, 'content-type': 'application/json' },
      body: { text: JSON.stringify({ email, role: 'VIEWER' }) },
    }).catch((error: unknown) => {
      scope.lostAnswers += 1;
      throw error;
    });
    const answer = parse(reply.text);
    const id = isRecord(answer) && typeof answer['id'] === 'string' ? answer['id'] : undefined;
    if (id !== undefined) made.add(id, role, scope);
    else if (reply.status < 300 || reply.status >= 500) scope.lostAnswers += 1;
    return { reply, id };
  };
  const read = (id: string): Promise<Reply> =>
    line({ method: 'GET', path: pathOf('invitations_retrieve', id), headers });
  return { role, invite, read };
};

export const lateSentence = (ms: number): string =>
  `The target shows what was written late by now, after up to ${ms} ms: that is waited for from here on. CONTRACT_SETTLE says so from the start.`;

/** How late a new invitation shows in the middle of a run, by up to so many; 0 where none was late. */
export const measureAnew = async (asking: Asking, emails: readonly string[]): Promise<number> => {
  const scope = createScope();
  const { role, invite, read } = createAsking(asking, scope);
  try {
    for (const email of emails) {
      asking.made.give(email, role, scope);
      const { id } = await invite(email);
      const ms = id === undefined ? 0 : await measure(() => read(id));
      if (ms > 0) return Math.ceil(ms * margin);
    }
    return 0;
  } finally {
    await asking.made.clear(scope);
  }
};

/** Gives the settle time. Throws a CannotRun. */
export const probe = async (probing: Probing): Promise<number> => {
  const { settings, made, runId, size, meanwhile } = probing;
  const scope = createScope();
  const { role, invite, read } = createAsking(probing, scope);
  /** What refuses addresses at every domain is for the checks to tell. */
  const isTakenElsewhere = async ({ status }: Reply): Promise<boolean> => {
    const { emailDomain, inviteeEmail = '' } = settings;
    const isElsewhere = inviteeEmail !== '' && !inviteeEmail.endsWith(`@${emailDomain}`);
    if (!isElsewhere) return emailDomain === reservedDomain && status !== 404;
    const other = await made.claim(inviteeEmail, role, scope, () => invite(inviteeEmail));
    // A 404 is of an address that has an invitation already.
    return other.id !== undefined || (other.reply.status === 404 && status !== 404);
  };
  /** Its id and the answer; undefined where none was made. */
  const create = async (index: number) => {
    const email = `contract-${runId}-0${index === 0 ? '' : `-${index}`}@${settings.emailDomain}`;
    made.give(email, role, scope);
    const { reply, id } = await invite(email);
    const isRefused = isOfDomain(reply) ?? (await isTakenElsewhere(reply));
    if (isRefused) refuseDomain(settings, reply);
    return id === undefined ? undefined : { id, text: reply.text };
  };
  try {
    const all = [await create(0)];
    for (let index = 1; index < size; index += 1) all.push(await create(index));
    const last = all.at(-1);
    if (last === undefined) return settings.settleMs ?? 0;
    const lag = settings.settleMs ?? (await measure(() => read(last.id)));
    await meanwhile(all.flatMap((one) => one?.text ?? []));
    if (settings.settleMs !== undefined || lag === 0) return lag;
    const lags = [lag];
    for (const index of [size, size + 1]) {
      const one = await create(index);
      if (one !== undefined) lags.push(await measure(() => read(one.id)));
    }
    return Math.ceil(Math.max(...lags) * margin);
  } catch (error) {
    // Whatever is wrong with that is told by the checks.
    if (error instanceof CouldNotRun) return settings.settleMs ?? 0;
    throw error;
  } finally {
    await made.clear(scope);
  }
};
