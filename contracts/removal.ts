// Removing what a check, a file or a run has made. Not judged: removing is no check, and must not stop at a strange answer.
import type { Scope } from './check.ts';
import { pathOf } from './operations.ts';
import { writeRecord } from './record.ts';
import type { Caller, Settings } from './settings.ts';
import { transmit } from './transport.ts';

/** An owner may remove what any member of the organization made. */
const removerOf = (maker: Caller, settings: Settings): Caller =>
  maker !== 'OUTSIDER' && settings.credentials.has('OWNER') ? 'OWNER' : maker;

const headersOf = (maker: Caller, settings: Settings): Record<string, string> => ({
  accept: 'application/json',
  authorization: settings.credentials.get(removerOf(maker, settings)) ?? '',
});

/** Whether the invitation is gone. */
export const remove = async (id: string, maker: Caller, settings: Settings): Promise<boolean> => {
  try {
    const headers = headersOf(maker, settings);
    const path = pathOf('invitations_destroy', id);
    const { status } = await transmit(settings, { method: 'DELETE', path, headers });
    return status === 204 || status === 404;
  } catch {
    return false;
  }
};

const idsIn = (text: string): readonly string[] =>
  [...text.matchAll(/"id"\s*:\s*"([^"]+)"/g)].flatMap(([, id]) => id ?? []);

/** The invitations of an address, for when the answer that would have told their ids was lost. */
export const findByAddress = async (
  email: string,
  maker: Caller,
  settings: Settings,
): Promise<readonly string[]> => {
  const path = `${pathOf('invitations_list')}?email=${encodeURIComponent(email)}`;
  const headers = headersOf(maker, settings);
  const reply = await transmit(settings, { method: 'GET', path, headers });
  // A target that ignores the filter would have us delete what others made.
  return reply.text.toLowerCase().split('"email"').length === 2 &&
    reply.text.toLowerCase().includes(`"${email.toLowerCase()}"`)
    ? idsIn(reply.text)
    : [];
};

/** What cannot be removed stays in the run's record, for the runner to try once more at the end. */
export const clear = async (scope: Scope, settings: Settings, runFolder: string): Promise<void> => {
  for (const { id, as } of scope.made.splice(0)) {
    if (await remove(id, as, settings)) writeRecord(runFolder, { kind: 'removed', id });
  }
  const addresses = scope.addresses.splice(0);
  if (scope.lostAnswer) return;
  for (const email of addresses) writeRecord(runFolder, { kind: 'address-free', email });
};
