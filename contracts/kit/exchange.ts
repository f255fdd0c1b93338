// An exchange as it is told: who asked what and what came, without secrets.
import { redact, toAnswerLine, toCurl, type Message } from '../curl.ts';
import type { Exchange } from '../engine/events.ts';
import type { Running } from '../engine/running.ts';
import type { Reply } from '../engine/reply.ts';
import { isRecord } from '../invitation.ts';
import { operationAt } from '../operations.ts';
import type { Settings } from '../settings.ts';
import type { Current } from './current.ts';

/**
 * By its value, for some checks take a credential out of the settings themselves. `JWT` and `API_KEY` only say that some
 * role has one, so the role's own name comes first.
 */
const callerOf = (authorization: string, { credentials }: Settings): string => {
  if (authorization === '') return 'NOBODY';
  const names = [...credentials].filter(([, value]) => value === authorization);
  const known = names.map(([name]) => name).find((name) => name !== 'JWT' && name !== 'API_KEY');
  return known ?? 'odd credentials';
};

const invitationIn = (json: unknown): Exchange['answered'] => {
  if (!isRecord(json)) return undefined;
  const { id, state } = json;
  return typeof id === 'string' && typeof state === 'string' ? { id, state } : undefined;
};

export type Exchanged = {
  readonly check: Pick<Current, 'rule' | 'title'>;
  readonly message: Message;
  readonly reply: Reply;
  readonly json: unknown;
};

export const toExchange = (
  { check, message, reply, json }: Exchanged,
  { settings, mask }: Pick<Running, 'settings' | 'mask'>,
): Omit<Exchange, 'number'> => {
  const authorization = message.headers['authorization'] ?? '';
  const mediaType = message.body && message.headers['content-type']?.split(';')[0];
  const caller = callerOf(authorization, settings);
  const variable = [...settings.credentials.keys()].find((name) => name === caller);
  const curl = toCurl(settings.target, message, variable);
  return {
    kind: 'exchange',
    rule: check.rule.id,
    title: check.title,
    caller,
    scheme: redact(authorization === '' ? 'none' : authorization).split(' ')[0] ?? '',
    method: message.method,
    path: message.path.split('?')[0] ?? '',
    operation: operationAt(message.method, message.path),
    mediaType: mediaType?.trim().toLowerCase(),
    status: reply.status,
    answered: invitationIn(json),
    findings: [],
    ms: Math.round(reply.ms * 10) / 10,
    repeated: false,
    text: mask(`${curl}\n${toAnswerLine(reply.status, reply.text)}`),
  };
};
