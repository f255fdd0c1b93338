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

const knock = async (settings: Settings, authorization: string): Promise<Reply> => {
  const path = pathOf('invitations_list');
  const headers = { accept: 'application/json', authorization };
  try {
    return await transmit(settings, { method: 'GET', path, headers });
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new CannotRun(
      `The target cannot be reached: ${error.message} Start it, or correct CONTRACT_TARGET.`,
    );
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
  refuseToRun(
    settings,
    roles.map(replyTo).filter((reply) => reply !== undefined),
  );
  const refused = [...settings.credentials.keys()].filter((name) => replyTo(name)?.status === 401);
  const valueOf = (name: Caller): string | undefined => settings.credentials.get(name);
  const named = given.filter(
    (name, index) =>
      refused.includes(name) &&
      given.findIndex((other) => valueOf(other) === valueOf(name)) === index,
  );
  return {
    refused,
    warnings: named.map(
      (name) =>
        `CONTRACT_AUTH_${name} is answered with 401. It may have expired; the checks that need it are not exercised.`,
    ),
  };
};
