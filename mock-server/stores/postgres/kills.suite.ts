// Two replicas, one of which is killed in the middle of writes, again and again.
import { Agent } from 'node:http';
import { expect } from '@jest/globals';
import {
  anAddress,
  askAt,
  invitations,
  listOf,
  memberOf,
  textOf,
  type Ask,
} from '../../running.suite.ts';
import { startProcess } from '../process.suite.ts';
import { startReplicas } from './replicas.suite.ts';

/** For each of the two. */
const writers = 4;

type Doomed = { readonly ask: Ask; readonly kill: () => Promise<void> };

const startDoomed = async (address: string): Promise<Doomed> => {
  const { url, end } = await startProcess(address);
  return { ask: askAt(url, new Agent()), kill: () => end('SIGKILL') };
};

const path = '/_mock/sandboxes/default';

const keyOf = async (ask: Ask): Promise<string> => {
  const { json } = await ask('GET', path);
  return textOf(memberOf(memberOf(json, 'credentials'), 'OWNER'), 'api_key');
};

/** Kills it once so many writes were answered; gives the ids that were. */
const writeUntilGone = async (
  lasting: Ask,
  { ask: doomed, kill }: Doomed,
  after: number,
): Promise<readonly string[]> => {
  const as = await keyOf(lasting);
  const answered: string[] = [];
  let [killed, isGone] = [Promise.resolve(), false];
  const write = async (ask: Ask): Promise<void> => {
    while (!isGone) {
      const json = { email: anAddress(), role: 'VIEWER' };
      const made = await ask('POST', invitations, { as, json }).catch(() => undefined);
      if (made === undefined) return;
      expect(made.status).toBe(201);
      answered.push(textOf(made.json, 'id'));
      if (answered.length !== after) continue;
      killed = kill().then(() => {
        isGone = true;
      });
    }
  };
  const all = Array.from({ length: writers }, () => [lasting, doomed]).flat();
  await Promise.all(all.map(write));
  await killed;
  return answered;
};

/** Nothing that was answered is lost, and nothing is there twice, after each of so many kills. */
export const killAmidWrites = async (address: string, kills: number): Promise<void> => {
  const { each, close } = await startReplicas(address, 2, { validation: 'off' });
  const [lasting, other] = each;
  if (lasting === undefined || other === undefined) throw new Error('There are two.');
  for (let kill = 0; kill < kills; kill += 1) {
    const doomed = await startDoomed(address);
    await lasting('POST', `${path}/reset`);
    // In another place of what a replica does each time.
    const answered = await writeUntilGone(lasting, doomed, 40 + ((kill * 7) % 41));
    const [shown, alike] = await Promise.all(
      [lasting, other].map((ask) => ask('GET', `${path}/invitations?limit=1000`)),
    );
    const ids = listOf(shown?.json, 'invitations').map((one) => textOf(one, 'id'));
    expect(answered.filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(listOf(alike?.json, 'invitations').map((one) => textOf(one, 'id'))).toEqual(ids);
  }
  await close();
};
