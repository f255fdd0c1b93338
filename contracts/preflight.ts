// Before the run: does something answer there, is it this API, which of the credentials does it know? So that a run never
// is green because nothing could be asked, nor red a thousand times for one wrong variable.
import { CannotRun } from './cannot-run.ts';
import { pathOf } from './operations.ts';
import { credentialNames, roles, type Caller, type Settings } from './settings.ts';
import { NoAnswer, transmit, type Reply } from './transport.ts';

export type Preflight = {
  /** Credentials that are answered with 401. */
  readonly refused: readonly Caller[];
  readonly warnings: readonly string[];
};

const isExpiredOnPurpose = (name: Caller): boolean => name === 'EXPIRED';

const adviceOn = ({ message }: NoAnswer): string =>
  /certificate|self-signed|issuer/i.test(message)
    ? 'Its certificate is not trusted: give that of its authority in NODE_EXTRA_CA_CERTS=FILE.'
    : 'Start it, or correct CONTRACT_TARGET.';

const knock = async (settings: Settings, authorization: string): Promise<Reply> => {
  const path = pathOf('invitations_list');
  const headers = { accept: 'application/json', authorization };
  try {
    return await transmit(settings, { method: 'GET', path, headers });
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new CannotRun(`The target cannot be reached: ${error.message} ${adviceOn(error)}`);
  }
};

const refuseToRun = (settings: Settings, replies: readonly Reply[]): void => {
  const where = `GET ${settings.target}${pathOf('invitations_list')}`;
  if (replies.every(({ status }) => status === 401)) {
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
    throw new CannotRun(
      `The target redirects: ${where} answers ${redirect.status} to ${redirect.headers['location'] ?? 'nowhere'}. Give the address that it redirects to in CONTRACT_TARGET.`,
    );
  }
};

const isJson = ({ text }: Reply): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Something else that answers 200 to everything, such as the page of a front end. */
const refuseStrangers = (settings: Settings, replies: readonly Reply[]): void => {
  const [first] = replies;
  if (first === undefined || !replies.every((reply) => reply.status === 200 && !isJson(reply)))
    return;
  throw new CannotRun(
    `There is no Invitations API at the target: GET ${settings.target}${pathOf('invitations_list')} answers ${first.headers['content-type'] ?? 'no media type'} and no JSON: ${first.text.slice(0, 80)} Give the address of the API in CONTRACT_TARGET, not that of a page.`,
  );
};

const outOfOrder = (settings: Settings, replies: readonly Reply[]): readonly string[] => {
  const [first] = replies;
  return first !== undefined && replies.every(({ status }) => status >= 500)
    ? [
        `The target seems to be out of order: GET ${settings.target}${pathOf('invitations_list')} answers ${first.status} to every caller. Look into its log before you look into what failed here.`,
      ]
    : [];
};

/** Those that were good before the run, and are answered with 401 now. */
export const lostSince = async (
  settings: Settings,
  refused: readonly Caller[],
): Promise<readonly Caller[]> => {
  const lost: Caller[] = [];
  for (const name of credentialNames) {
    const value = settings.credentials.get(name);
    if (value === undefined || isExpiredOnPurpose(name) || refused.includes(name)) continue;
    const { status } = await knock(settings, value);
    if (status === 401) lost.push(name);
  }
  return lost;
};

export const preflight = async (settings: Settings): Promise<Preflight> => {
  const names = credentialNames.filter((name) => settings.credentials.has(name));
  const given = names.filter((name) => !isExpiredOnPurpose(name));
  if (!roles.some((role) => settings.credentials.has(role))) {
    throw new CannotRun(
      'There are no credentials to ask the target with. Set CONTRACT_AUTH_OWNER, and as many of CONTRACT_AUTH_ADMIN, CONTRACT_AUTH_CONTRIB and CONTRACT_AUTH_VIEWER as there are, to whole Authorization values ("Api-Key KEY" or "Bearer JWT").',
    );
  }
  const replies = new Map<string, Reply>();
  for (const name of given) {
    const value = settings.credentials.get(name) ?? '';
    if (!replies.has(value)) replies.set(value, await knock(settings, value));
  }
  const replyTo = (name: Caller): Reply | undefined =>
    replies.get(settings.credentials.get(name) ?? '');
  const ofRoles = roles.map(replyTo).filter((reply) => reply !== undefined);
  refuseToRun(settings, ofRoles);
  refuseStrangers(settings, ofRoles);
  const refused = [...settings.credentials.keys()].filter((name) => replyTo(name)?.status === 401);
  const valueOf = (name: Caller): string | undefined => settings.credentials.get(name);
  const named = given.filter(
    (name, index) =>
      refused.includes(name) &&
      given.findIndex((other) => valueOf(other) === valueOf(name)) === index,
  );
  return {
    refused,
    warnings: [
      ...outOfOrder(settings, ofRoles),
      ...named.map(
        (name) =>
          `CONTRACT_AUTH_${name} is answered with 401. It may have expired; the checks that need it are not exercised.`,
      ),
    ],
  };
};
