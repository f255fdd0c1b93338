// What a fault that a request met does to its answer: first to the reply, which is judged then, and then to its way out.
import { longestWaitMs, type FaultRule } from '../sandbox/fault-rule.ts';
import type { Faults, Met } from '../sandbox/faults.ts';
import type { TrafficRecord } from '../sandbox/traffic.ts';
import { hang, writeBroken, type Pieces } from '../web/break.ts';
import type { Wire } from '../web/exchange-port.ts';
import { createPatience, type Patience } from '../web/patience.ts';
import type { Reply } from '../web/reply.ts';
import { spoil } from './spoil.ts';

export type FaultPlan = {
  /** The answer as it is to go out. */
  readonly reply: Reply;
  /** What is wrong with the answer is so on purpose. */
  readonly isPlanted: boolean;
  readonly carryOut: (reply: Reply) => Promise<FaultOutcome>;
};

/** What the client got, and in words what was done to it. */
export type FaultOutcome = {
  readonly response: TrafficRecord['response'];
  readonly effect: string;
};

/** No answer at all has the status 0. */
const nothing = { status: 0, headers: {}, body: null } as const;

type Holding = { readonly patience: Patience; readonly release: () => void };

const hold = (wire: Wire, faults: Faults, characters: number): Holding | undefined => {
  const patience = createPatience(wire);
  const release = faults.hold(patience.letGo, characters);
  return release && { patience, release };
};

type Way = {
  readonly delayMs: number;
  readonly connection: 'reset-before' | 'reset-during' | 'hang' | null;
  readonly pieces: Pieces | null;
};

const wayOf = ({ effect, drip }: FaultRule, delayMs: number, hasBody: boolean): Way => {
  const asked = effect?.kind === 'connection' ? effect.connection : null;
  // Without a body there is no middle of it.
  const connection = asked === 'reset-during' && !hasBody ? 'reset-before' : asked;
  return { delayMs, connection, pieces: hasBody ? drip : null };
};

const toSent = ({ status, headers, body }: Reply): TrafficRecord['response'] => ({
  status,
  headers,
  body: body ?? null,
});

const send = async (
  wire: Wire,
  reply: Reply,
  { delayMs, connection, pieces }: Way,
  patience: Patience | null,
): Promise<FaultOutcome> => {
  const effects: string[] = [];
  const outcome = (sent: TrafficRecord['response'], ...more: readonly string[]): FaultOutcome => ({
    response: sent,
    effect: [...effects, ...more].join(', '),
  });
  if (delayMs > 0 && patience !== null) {
    const since = performance.now();
    await patience.wait(delayMs);
    // Not as long as it was meant to be, where it was let go.
    effects.push(`held back ${Math.round(performance.now() - since)} ms`);
  }
  if (wire.isClosed()) return outcome(nothing, 'the client went away before the answer');
  if (connection === 'reset-before') {
    wire.cut();
    return outcome(nothing, 'connection reset before the answer');
  }
  const isCut = connection === 'reset-during';
  if (!isCut && pieces === null) {
    wire.write(reply);
    return outcome(toSent(reply));
  }
  const broken = { reply, pieces, patience, isCut, longestMs: longestWaitMs };
  const { bytes, count } = await writeBroken(wire, broken);
  if (pieces !== null) effects.push(`sent in ${count} ${count === 1 ? 'piece' : 'pieces'}`);
  const whole = Buffer.from(reply.body ?? '');
  const sent = { ...toSent(reply), body: whole.subarray(0, bytes).toString('utf8') };
  if (isCut) return outcome(sent, 'connection reset in the middle of the body');
  return bytes < whole.length
    ? outcome(sent, `the client went away after ${bytes} of ${whole.length} bytes`)
    : outcome(sent);
};

/** Returns while it hangs: what hangs keeps nothing but its connection. */
const hangUp = (wire: Wire, { patience, release }: Holding): FaultOutcome => {
  void hang(wire, patience, longestWaitMs).finally(release);
  return { response: nothing, effect: 'no answer, the connection hangs' };
};

/** Undefined where nothing of the fault can be carried out, which is counted. */
export const planFault = (
  wire: Wire,
  answer: Reply,
  met: Met,
  faults: Faults,
): FaultPlan | undefined => {
  const { effect } = met.rule;
  const hasBody = answer.body !== undefined && !wire.isHead;
  const spoilt = hasBody && effect?.kind === 'body' ? spoil(answer, effect, met.seed) : undefined;
  const reply = spoilt?.reply ?? answer;
  const asked = wayOf(met.rule, met.delayMs, hasBody);
  const takesTime = asked.delayMs > 0 || asked.pieces !== null || asked.connection === 'hang';
  const weight = asked.connection === 'hang' ? 0 : (reply.body?.length ?? 0);
  const holding = takesTime ? hold(wire, faults, weight) : undefined;
  const way = takesTime && holding === undefined ? inNoTime(asked) : asked;
  const isPlanted = spoilt !== undefined || effect?.kind === 'status';
  if (!isPlanted && way.connection === null && holding === undefined) {
    met.skip();
    return undefined;
  }
  const words = [effect?.kind === 'status' ? `status ${effect.status}` : spoilt?.words];
  return {
    reply,
    isPlanted,
    carryOut: async (judged) => {
      if (way.connection === 'hang' && holding !== undefined) return hangUp(wire, holding);
      const { patience = null, release } = holding ?? {};
      const sending = send(wire, judged, way, patience);
      const outcome = await sending.finally(release);
      const effects = [...words, outcome.effect].filter(
        (word) => word !== undefined && word !== '',
      );
      return { ...outcome, effect: effects.join(', ') };
    },
  };
};

/** What is left of it where no more answers can be held back. */
const inNoTime = ({ connection }: Way): Way => ({
  delayMs: 0,
  pieces: null,
  connection: connection === 'hang' ? null : connection,
});
