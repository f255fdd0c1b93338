// Before the run: does something answer there, is it this API, does it know each credential? So that a run never is green
// because nothing could be asked, nor red a thousand times for one wrong variable.
import { randomUUID } from 'node:crypto';
import { CannotRun } from '../../settings/cannot-run.ts';
import { pathOf } from '../operations.ts';
import { credentialNames, roles, type Caller, type Settings } from '../settings.ts';
import { CouldNotRun } from './could-not-run.ts';
import { isPage } from './intermediary.ts';
import type { Line } from './line.ts';
import { parse, type Reply } from './reply.ts';

/** Whoever has no organization may be refused everywhere but here: an id that nothing has tells them from nobody. */
const isKnownAtAccept = async (line: Line, authorization: string): Promise<boolean> => {
  const path = pathOf('invitations_accept_create', randomUUID());
  const headers = { accept: 'application/json', authorization };
  const { status } = await line({ method: 'POST', path, headers });
  return status !== 401;
};

const isExpiredOnPurpose = (name: Caller): boolean => name === 'EXPIRED';

const whereOf = ({ target }: Settings): string => `GET ${target}${pathOf('invitations_list')}`;

const knock = async (line: Line, authorization: string): Promise<Reply> => {
  const path = pathOf('invitations_list');
  const headers = { accept: 'application/json', authorization };
  try {
    return await line({ method: 'GET', path, headers });
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    throw new CannotRun(
      `The target cannot be reached: ${error.message.replace(/\.?$/, '.')} Start it, or correct CONTRACT_TARGET.`,
    );
  }
};

const isJson = ({ text }: Reply): boolean => {
  const value = parse(text);
  return typeof value === 'object' && value !== null;
};

const snippet = ({ text }: Reply): string =>
  text.replaceAll(/\s+/g, ' ').trim().slice(0, 80) || '(no body)';

/** What stands before the API wants credentials of its own. */
const refuseToPass = (where: string, { headers }: Reply): never => {
  const [scheme = ''] = (headers['www-authenticate'] ?? '').split(' ');
  const wanted = scheme === '' ? '' : ` and WWW-Authenticate: ${scheme}`;
  throw new CannotRun(
    `None of the credentials works: ${where} answers each of them with 401, with an HTML page${wanted}: what stands before the API refuses them, and the API was not asked. Where it takes Authorization for itself, reach the API past it, or give what it wants instead with --header.`,
  );
};

const refuseToRun = (settings: Settings, replies: readonly Reply[]): void => {
  const where = whereOf(settings);
  if (replies.every(({ status }) => status === 401)) {
    const page = replies.every(({ text }) => isPage(text)) ? replies[0] : undefined;
    if (page !== undefined) refuseToPass(where, page);
    throw new CannotRun(
      `None of the credentials works: ${where} answers each of them with 401. Give valid ones in CONTRACT_AUTH_OWNER, CONTRACT_AUTH_ADMIN, … as whole Authorization values ("Api-Key KEY" or "Bearer JWT").`,
    );
  }
  if (replies.every(({ status }) => status === 404)) {
    throw new CannotRun(
      `There is no Invitations API at the target: ${where} answers 404. Give the address that comes before /api/v1/ in CONTRACT_TARGET.`,
    );
  }
  const redirect = replies.find(({ status }) => status >= 300 && status < 400);
  if (redirect !== undefined && replies.every(({ status }) => status >= 300 && status < 400)) {
    const { status, headers } = redirect;
    const to = headers['location'] ?? 'nowhere';
    const [base, path] = to.split(pathOf('invitations_list'));
    const isElsewhere = path !== undefined && base !== '' && base !== settings.target;
    const advice = isElsewhere
      ? `Give ${base} in CONTRACT_TARGET.`
      : 'That is no other address of the API: it may want a cookie (--header), a sign-in, or another credential.';
    throw new CannotRun(`The target redirects: ${where} answers ${status} to ${to}. ${advice}`);
  }
};

/** Something else that answers to everything: the page of a front end, or a gateway that lets nothing through. */
const refuseStrangers = (settings: Settings, replies: readonly Reply[]): void => {
  const [first] = replies;
  if (first === undefined || replies.some((reply) => isJson(reply) || reply.status >= 500)) return;
  throw new CannotRun(
    first.status < 300
      ? `There is no Invitations API at the target: ${whereOf(settings)} answers ${first.headers['content-type'] ?? 'no media type'} and no JSON: ${snippet(first)} Give the address of the API in CONTRACT_TARGET, not that of a page.`
      : `The API itself did not answer: ${whereOf(settings)} answers ${first.status} with ${first.headers['content-type'] ?? 'no media type'} to every caller: ${snippet(first)} Something before it, a gateway say, lets nothing through: see to it that this machine and its credentials may pass.`,
  );
};

const outOfOrder = (settings: Settings, replies: readonly Reply[]): readonly string[] => {
  const [first] = replies;
  return first !== undefined && replies.every(({ status }) => status >= 500)
    ? [
        `The target seems to be out of order: ${whereOf(settings)} answers ${first.status} to every caller. Look into its log before you look into what failed here.`,
      ]
    : [];
};

const refuseDeadCredentials = (settings: Settings, refused: readonly Caller[]): void => {
  if (refused.length === 0) return;
  throw new CannotRun(
    `The target refuses ${refused.map((name) => `CONTRACT_AUTH_${name}`).join(', ')}: ${whereOf(settings)} answers 401. Each may have expired, or be mistyped: give one that works, or leave the variable out, and the checks that need it are not exercised.`,
  );
};

const namesIn = ({ credentials }: Settings): readonly Caller[] =>
  credentialNames.filter((name) => credentials.has(name) && !isExpiredOnPurpose(name));

export type Admitted = {
  /** What a person should know. */
  readonly warnings: readonly string[];
  /** Those that the list did not answer with 401. */
  readonly known: readonly Caller[];
  /** Those that the list was shown to. */
  readonly welcome: readonly Caller[];
};

/** What was good before the run and is so no longer, as a sentence: the API itself, or credentials. */
export const lostSince = async (
  settings: Settings,
  line: Line,
  { known, welcome }: Admitted,
): Promise<string | undefined> => {
  const lost: Caller[] = [];
  const stray: Reply[] = [];
  for (const name of known) {
    const reply = await knock(line, settings.credentials.get(name) ?? '');
    const { status } = reply;
    if (status === 401 || (status === 403 && welcome.includes(name))) lost.push(name);
    else if (status >= 300 && status < 500 && welcome.includes(name)) stray.push(reply);
  }
  const [first] = stray;
  if (first !== undefined && stray.length === welcome.length) {
    return `The API was there at the start and is gone now: ${whereOf(settings)} answers ${first.status} to every caller: ${snippet(first)} See to it that it stays, and run again.`;
  }
  if (lost.length === 0) return undefined;
  return `CONTRACT_AUTH_${lost.join(', CONTRACT_AUTH_')} worked at the start and is refused now: it expired, was revoked or lost its role in the middle of the run. Give one that lasts longer, and run again.`;
};

/** Throws a CannotRun. */
export const preflight = async (settings: Settings, line: Line): Promise<Admitted> => {
  const { credentials } = settings;
  if (!roles.some((role) => credentials.has(role))) {
    throw new CannotRun(
      'There are no credentials to ask the target with. Set CONTRACT_AUTH_OWNER, and as many of CONTRACT_AUTH_ADMIN, CONTRACT_AUTH_CONTRIB and CONTRACT_AUTH_VIEWER as there are, to whole Authorization values ("Api-Key KEY" or "Bearer JWT").',
    );
  }
  const replies = new Map<string, Reply>();
  for (const name of namesIn(settings)) {
    const value = credentials.get(name) ?? '';
    if (!replies.has(value)) replies.set(value, await knock(line, value));
  }
  const replyTo = (name: Caller): Reply | undefined => replies.get(credentials.get(name) ?? '');
  const ofRoles = roles.map(replyTo).filter((reply) => reply !== undefined);
  refuseToRun(settings, ofRoles);
  refuseStrangers(settings, ofRoles);
  const names = namesIn(settings);
  const known = names.filter((name) => replyTo(name)?.status !== 401);
  const refused = names.filter((name) => !known.includes(name));
  const invitee = refused.indexOf('INVITEE');
  const isUsed = invitee >= 0 && !settings.isReadOnly;
  if (isUsed && (await isKnownAtAccept(line, credentials.get('INVITEE') ?? ''))) {
    refused.splice(invitee, 1);
  }
  const valueOf = (name: Caller): string | undefined => credentials.get(name);
  refuseDeadCredentials(
    settings,
    refused.filter(
      (name, index) => refused.findIndex((other) => valueOf(other) === valueOf(name)) === index,
    ),
  );
  const welcome = known.filter((name) => replyTo(name)?.status === 200);
  return { warnings: outOfOrder(settings, ofRoles), known, welcome };
};
