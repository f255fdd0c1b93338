// A courier whose messages wait in several processes: one of them takes each, under an id that it keeps should another one
// have to take over. A message leaves once, or again where the process that took it ended before it said so.
import { setTimeout } from 'node:timers/promises';
import type { Courier, SendResult } from '../sandbox/courier.ts';
import type { Letter } from '../sandbox/message.ts';
import type { Claims } from '../stores/store.ts';

const againMs = 500;
/** By then what became of a message is kept, and nobody takes it for one that waits. */
const keptMs = 5_000;

const taken: SendResult = { kind: 'taken' };

const pause = (milliseconds: number): Promise<void> =>
  setTimeout(milliseconds, undefined, { ref: false });

/** Undefined where another process has it, or nobody knows. */
const claim = ({ claim: take }: Claims, key: string, id: string): Promise<string | undefined> =>
  take(key, id).catch(() => undefined);

const releaseLater = async ({ release }: Claims, key: string): Promise<void> => {
  await pause(keptMs);
  // What is not released ends in time.
  await release(key).catch(() => undefined);
};

export const shareCourier = (courier: Courier, claims: Claims): Courier => {
  const send = async (
    letter: Letter,
    isWanted: () => boolean,
    since: number,
  ): Promise<SendResult> => {
    const key = `${letter.sandbox} ${letter.invitationId} ${since}`;
    while (isWanted()) {
      const id = await claim(claims, key, letter.id);
      if (id === undefined) {
        await pause(againMs);
        continue;
      }
      const verdict = await courier.send({ ...letter, id }, isWanted);
      void releaseLater(claims, key);
      return verdict;
    }
    // Nobody hears it.
    return taken;
  };
  return {
    ...courier,
    send: (letter, isWanted, since) =>
      since === undefined || !courier.isPrompt
        ? courier.send(letter, isWanted)
        : send(letter, isWanted, since),
  };
};
