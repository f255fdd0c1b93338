// How a check asks the target: `send` for the operations of the contract, `request` for anything else. Each exchange is
// recorded, and its answer judged against the spec; what is found fails the check that made the exchange.
import { isAssumed } from './beyond-documents.ts';
import type { Body } from './body.ts';
import { isDocumented } from './catalog.ts';
import { currentCheck, type Check } from './check.ts';
import { toAnswerLine, toCurl, type Message } from './curl.ts';
import { toExchangeLine } from './exchange-line.ts';
import { NotExercised } from './not-exercised.ts';
import { operations, pathOf, type OperationId } from './operations.ts';
import { writeRecord } from './record.ts';
import { harness, runFolder, settings } from './run.ts';
import type { Caller } from './settings.ts';
import type { Throttled } from './throttled.ts';
import { NoAnswer, transmit, type Reply } from './transport.ts';

type Credentials =
  | { readonly as: Caller | 'NOBODY' }
  /** A whole `Authorization` value, for credentials that are wrong on purpose. */
  | { readonly authorization: string };

export type Asking = Credentials & {
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body | undefined;
  /** False when the spec has nothing to say about the answer: then only the check's own expectations count. */
  readonly judged?: boolean;
};

export type Answer = Reply & {
  /** The parsed body; undefined when it is not JSON. */
  readonly json: unknown;
  /** What was asked, in a few words for messages: `PUT /api/v1/… as VIEWER`. */
  readonly asked: string;
};

const listPath = pathOf('invitations_list');
/** So many requests in a row without an answer, and the target is not asked any more. */
const patience = 3;

const credentialOf = (check: Check, asking: Asking): string | undefined => {
  if ('authorization' in asking) return asking.authorization;
  const { as } = asking;
  if (as === 'NOBODY') return undefined;
  if (!check.needs.includes(as)) {
    throw new Error(`The check asks as ${as}: add '${as}' to its needs.`);
  }
  return settings.credentials.get(as);
};

const toMessage = (method: string, path: string, asking: Asking): Message => {
  const credential = credentialOf(currentCheck(), asking);
  const query = Object.entries(asking.query ?? {})
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const mediaType = asking.body?.contentType;
  return {
    method,
    path: query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`,
    headers: {
      accept: 'application/json',
      ...(credential === undefined ? {} : { authorization: credential }),
      ...(mediaType === undefined ? {} : { 'content-type': mediaType }),
      ...asking.headers,
    },
    ...(asking.body === undefined ? {} : { body: asking.body }),
  };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const judge = (check: Check, { method, path }: Message, answer: Answer): void => {
  const { status, headers, text } = answer;
  const findings = harness.judge.response(
    { method, target: path },
    { status, headers, ...(text === '' ? {} : { body: text }) },
  );
  for (const finding of findings) {
    if (finding.severity === 'information') continue;
    if (isDocumented(check.rule) && isAssumed(finding, answer)) continue;
    check.findings.push({ finding, exchange: check.log.lastExchange });
  }
};

/** What a create made, whether it was meant to or not, is removed when the check or file is done. */
const noteMade = (check: Check, { method, path }: Message, asking: Asking, json: unknown): void => {
  if (method !== 'POST' || path.split('?')[0] !== listPath) return;
  if (typeof json !== 'object' || json === null) return;
  const id = 'id' in json ? json.id : undefined;
  if (typeof id !== 'string') return;
  const as = 'as' in asking && asking.as !== 'NOBODY' ? asking.as : 'OWNER';
  check.scope.made.push({ id, as });
  writeRecord(runFolder, { kind: 'created', id, as });
};

const reach = async (
  check: Check,
  message: Message,
  about: Pick<Throttled, 'caller' | 'operation'>,
): Promise<Reply> => {
  if (harness.counters.unanswered >= patience) {
    throw new NotExercised('the target stopped answering');
  }
  try {
    const { method, path } = message;
    const reply = await transmit(settings, message, (throttled) => {
      harness.throttled.push({ method, path, ...about, reply: throttled });
      const answer = { ...throttled, json: undefined };
      const { operation } = about;
      const line = toExchangeLine({ check, message, operation, answer, findings: 0 }, settings);
      writeRecord(runFolder, { ...line, kind: 'throttled' });
    });
    harness.counters.unanswered = 0;
    return reply;
  } catch (error) {
    if (error instanceof NoAnswer) {
      harness.counters.unanswered += 1;
      check.scope.lostAnswer = true;
    }
    throw error;
  }
};

const ask = async (
  message: Message,
  asking: Asking,
  operation: OperationId | undefined,
): Promise<Answer> => {
  const check = currentCheck();
  if (!check.changes && !['GET', 'HEAD', 'OPTIONS'].includes(message.method)) {
    throw new Error(`The check says "changes: false", but sends ${message.method}.`);
  }
  check.log.lastExchange = `${toCurl(settings.target, message)}\n→ no answer`;
  const caller = 'as' in asking ? asking.as : 'odd credentials';
  const reply = await reach(check, message, { caller, operation });
  const asked = `${message.method} ${message.path} as ${caller}`;
  const answer = { ...reply, json: parse(reply.text), asked };
  check.log.lastExchange = `${toCurl(settings.target, message)}\n${toAnswerLine(reply.status, reply.text)}`;
  noteMade(check, message, asking, answer.json);
  const before = check.findings.length;
  if (asking.judged !== false) judge(check, message, answer);
  const findings = check.findings.length - before;
  const line = toExchangeLine({ check, message, operation, answer, findings }, settings);
  writeRecord(runFolder, line);
  return answer;
};

/** Any method and path, the path from the API's root on (`/api/v1/…`), with or without a query. */
export const request = (method: string, path: string, asking: Asking): Promise<Answer> =>
  ask(toMessage(method, path, asking), asking, undefined);

/** One operation of the contract. */
export const send = (
  operation: OperationId,
  asking: Asking & { readonly id?: string },
): Promise<Answer> => {
  const { method } = operations[operation];
  return ask(toMessage(method, pathOf(operation, asking.id), asking), asking, operation);
};
