// Service accounts for a check, made by the OWNER through the API and deleted when the check is done, also when it fails.
import { json } from '../body.ts';
import type { Answer } from './client.ts';
import { NotArranged } from '../engine/could-not-run.ts';
import { isRecord, isText, toRecord } from '../invitation.ts';
import type { Role } from '../settings.ts';
import type { Base } from './base.ts';

/** Undefined where the answer is none. */
export const toAccount = ({ json: value }: Answer) => {
  const { id, url, user, apikey } = toRecord(value);
  const address = isRecord(user) ? user['url'] : undefined;
  if (!isText(id) || !isText(url) || !isText(address) || !isText(apikey)) return undefined;
  return { id, url, /** Its address. */ user: address, authorization: `Api-Key ${apikey}` };
};
type Account = NonNullable<ReturnType<typeof toAccount>>;

export const createAccounts = (kit: Base) => {
  const { aside, runId, send } = kit;

  const tryToMake = (
    fields: Readonly<Record<string, unknown>>,
    as: Role = 'OWNER',
  ): Promise<Answer> => send('serviceaccounts_create', { as, body: json(fields) });

  const removeAccount = (id: string): Promise<Answer> =>
    send('serviceaccounts_destroy', { as: 'OWNER', id });

  /** Deletes what a create has made, whatever the check thinks of it. */
  const withMade = async (
    answer: Answer,
    look: (answer: Answer) => Promise<void> | void,
  ): Promise<void> => {
    try {
      await look(answer);
    } finally {
      const { id } = toRecord(answer.json);
      if (typeof id === 'string') await aside(() => removeAccount(id));
    }
  };

  const accountName = `Contract ${runId}`;

  const withAccount = async (
    role: Role,
    look: (account: Account) => Promise<void> | void,
  ): Promise<void> => {
    const answer = await tryToMake({ name: accountName, role });
    await withMade(answer, async () => {
      const account = toAccount(answer);
      if (answer.status === 201 && account !== undefined) return look(account);
      throw new NotArranged(answer, '201 with a service account', true);
    });
  };

  return { accountName, removeAccount, tryToMake, withAccount, withMade };
};
