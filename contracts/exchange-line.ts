// An exchange as the record keeps it: who asked what and what came, without bodies and secrets.
import type { Check } from './check.ts';
import { redact, type Message } from './curl.ts';
import { isRecord } from './invitation.ts';
import type { OperationId } from './operations.ts';
import type { ExchangeLine } from './record.ts';
import type { Settings } from './settings.ts';

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

const invitationIn = (json: unknown): ExchangeLine['answered'] => {
  if (!isRecord(json)) return undefined;
  const { id, state } = json;
  return typeof id === 'string' && typeof state === 'string' ? { id, state } : undefined;
};

export type Exchanged = {
  readonly check: Check;
  readonly message: Message;
  readonly operation: OperationId | undefined;
  readonly answer: { readonly status: number; readonly ms: number; readonly json: unknown };
  readonly findings: number;
};

export const toExchangeLine = (exchanged: Exchanged, settings: Settings): ExchangeLine => {
  const { check, message, operation, answer, findings } = exchanged;
  const authorization = message.headers['authorization'] ?? '';
  const mediaType = message.body && message.headers['content-type']?.split(';')[0];
  return {
    kind: 'exchange',
    rule: check.rule.id,
    title: check.title,
    caller: callerOf(authorization, settings),
    scheme: redact(authorization === '' ? 'none' : authorization).split(' ')[0] ?? '',
    method: message.method,
    path: message.path.split('?')[0] ?? '',
    operation,
    mediaType: mediaType?.trim().toLowerCase(),
    status: answer.status,
    answered: invitationIn(answer.json),
    findings,
    ms: Math.round(answer.ms * 10) / 10,
  };
};
