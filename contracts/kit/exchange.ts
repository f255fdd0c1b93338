// An exchange as it is told: who asked what and what came, without secrets.
import { redact, toAnswerLine, toCurl, type Message } from '../curl.ts';
import type { Exchange } from '../engine/events.ts';
import type { Running } from '../engine/running.ts';
import type { Reply } from '../engine/reply.ts';
import { isRecord } from '../invitation.ts';
import type { OperationId } from '../operations.ts';
import type { Settings } from '../settings.ts';
import type { Current } from './current.ts';

/**
 * By its value, for some checks take a credential out of the settings themselves. `JWT` and `API_KEY` only say that some
 * role has one, so the role's own name comes first.
 */
const callerOf = (authorization: string, { credentials }: Settings): string => {
  if (authorization === '') return 'NOBODY';
  for (const [name, value] of credentials) {
    if (value === authorization && name !== 'JWT' && name !== 'API_KEY') return name;
  }
  return 'odd credentials';
};

const invitationIn = (json: unknown): Exchange['answered'] => {
  if (!isRecord(json)) return undefined;
  const { id, state } = json;
  return typeof id === 'string' && typeof state === 'string' ? { id, state } : undefined;
};

export type Exchanged = {
  readonly check: Pick<Current, 'rule' | 'title'>;
  readonly message: Message;
  readonly operation: OperationId | undefined;
  readonly reply: Reply;
  readonly json: unknown;
} & Partial<Pick<Exchange, 'findings' | 'repeated'>>;

/** Few are ever shown: what is not too long to be kept is put into words when it is. */
const longest = 10_000;

export const toExchange = (
  { check, message, operation, reply, json, findings = [], repeated = false }: Exchanged,
  { settings, mask, counters }: Pick<Running, 'settings' | 'mask' | 'counters'>,
): Exchange => {
  counters.exchanges += 1;
  const authorization = message.headers['authorization'] ?? '';
  const mediaType = message.body && message.headers['content-type']?.split(';')[0];
  const caller = callerOf(authorization, settings);
  // What is kept until then is held by as little as that takes.
  const { status, text: body } = reply;
  const describe = (): string => {
    const variable = [...settings.credentials.keys()].find((name) => name === caller);
    const curl = toCurl(settings.target, message, variable);
    return mask(`${curl}\n${toAnswerLine(status, body)}`);
  };
  const length = body.length + (message.body?.text.length ?? 0);
  let text = length > longest ? describe() : undefined;
  return {
    kind: 'exchange',
    number: counters.exchanges,
    rule: check.rule.id,
    title: check.title,
    caller,
    scheme: redact(authorization === '' ? 'none' : authorization).split(' ')[0] ?? '',
    method: message.method,
    path: message.path.split('?')[0] ?? '',
    operation,
    mediaType: mediaType?.trim().toLowerCase(),
    status,
    answered: invitationIn(json),
    findings,
    ms: Math.round(reply.ms * 10) / 10,
    repeated,
    get text() {
      return (text ??= describe());
    },
  };
};
