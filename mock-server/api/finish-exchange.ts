// The end of an exchange: the answer is judged, sent, and kept, and what was found is shown where people look.
import type { ExchangeRequest } from '../../spec/exchange.ts';
import type { Finding } from '../../spec/finding.ts';
import type { Edition, Readings } from '../../spec/vocabulary.ts';
import type { TrafficRecord } from '../sandbox/traffic.ts';
import type { HttpRequest, Wire } from '../web/exchange-port.ts';
import { json, replyDetail, type Reply } from '../web/reply.ts';
import type { Answered } from './answer-request.ts';
import { planFault } from './plan-fault.ts';
import { readRefusal } from './read-refusal.ts';

export const validationModes = ['report', 'enforce', 'off'] as const;

export type ValidationMode = (typeof validationModes)[number];

export const isValidationMode = (value: unknown): value is ValidationMode =>
  validationModes.some((mode) => mode === value);

export type JudgeExchange = (request: ExchangeRequest, response: Reply) => readonly Finding[];

/** The judge of an edition; one that is needed for the first time has to be compiled. */
export type JudgeOf = (edition: Edition) => Ready | Promise<Ready>;

type Ready = { readonly exchange: JudgeExchange };

export type FinishOptions = {
  readonly judgeOf: JudgeOf;
  readonly mode: ValidationMode;
  /** The text of the `sl-violations` header. */
  readonly toHeader: (findings: readonly Finding[]) => string;
  /** Told of each exchange when it is over. */
  readonly log: (exchange: TrafficRecord) => void;
  readonly requestId: (given: unknown) => string;
};

const unreadBody = ({ hasBody }: HttpRequest): ExchangeRequest['body'] => ({
  kind: hasBody ? 'unreadable' : 'none',
});

const isResponseFault = ({ location, severity }: Finding): boolean =>
  location[0] === 'response' && severity !== 'information';

/** In `enforce` a wrong answer is not let out: a 500 says what was wrong with it. */
const withheld = (faults: readonly Finding[]): Reply => {
  const reasons = faults.map(({ location, message }) => `${location.join('.')}: ${message}`);
  return replyDetail(
    500,
    `The answer was withheld, for it breaks the contract. ${reasons.join('; ')}`,
  );
};

export type AnsweredExchange = {
  readonly request: HttpRequest;
  readonly wire: Wire;
  readonly answered: Answered;
  /** The `Allow` header of the answer. */
  readonly allow: string;
  /** By `performance.now()`. */
  readonly startedAt: number;
};

/** Undefined when it is done; a fault may take its time. */
export type FinishExchange = (exchange: AnsweredExchange) => Promise<void> | undefined;

type Told = Pick<TrafficRecord, 'id' | 'findings' | 'rule' | 'faultEffect'> & {
  readonly received: TrafficRecord['response'];
};

const toRecord = (
  { request, answered, startedAt }: AnsweredExchange,
  { received, id, findings, rule, faultEffect }: Told,
): TrafficRecord => {
  const { method, target, headers } = request;
  const { sandbox, body, caller, operation, fault } = answered;
  return {
    id,
    findings,
    rule,
    faultEffect,
    at: sandbox.clock.now(),
    durationMs: performance.now() - startedAt,
    caller: caller === null ? null : { userId: caller.userId, role: caller.scope?.role ?? null },
    operation: operation?.operationId ?? null,
    fault: faultEffect === null ? null : (fault?.rule.id ?? null),
    request: { method, target, headers, body: body?.text ?? null },
    // The answer to a HEAD has the length of a body that is not sent.
    response: method === 'HEAD' ? { ...received, body: null } : received,
  };
};

/** In one piece: an object that is copied and then changed is slow to make, and this is done for every answer. */
const withHeaders = (
  { status, body, page, fragment, bytes, rule }: Reply,
  headers: Reply['headers'],
): Reply => ({ status, headers, body, page, fragment, bytes, rule });

/** [headers.for-browsers] */
const forBrowsers = {
  vary: 'Accept, Cookie, Origin',
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
} as const;

/** [headers.allow] The usual ones are written out, which takes a tenth of the time of a copy. */
const withCommonHeaders = (
  { headers, status, location }: Reply,
  id: string,
  allow: string,
  readings: Readings,
): Reply['headers'] => {
  const isAllowTold = readings['headers.allow'] === 'always' || status === 405;
  if (!isAllowTold || headers !== json) {
    const own = location === undefined ? headers : { ...headers, location };
    return { ...own, ...(isAllowTold && { allow }), ...forBrowsers, 'x-request-id': id };
  }
  const told: Record<string, string> = {
    'content-type': json['content-type'],
    allow,
    vary: forBrowsers.vary,
    'x-frame-options': forBrowsers['x-frame-options'],
    'x-content-type-options': forBrowsers['x-content-type-options'],
    'referrer-policy': forBrowsers['referrer-policy'],
    'x-request-id': id,
  };
  if (location !== undefined) told['location'] = location;
  return told;
};

export const createFinishExchange = (options: FinishOptions): FinishExchange => {
  const { judgeOf, mode, toHeader, log, requestId } = options;

  const finish = (judge: JudgeExchange, exchange: AnsweredExchange): ReturnType<FinishExchange> => {
    const { request, wire, answered, allow } = exchange;
    const { method, target, headers } = request;
    const { sandbox, body, operation, fault } = answered;
    const readings = sandbox.readings();
    const read = readRefusal(answered.reply, operation?.operationId ?? null, readings);
    const plan = fault && planFault(wire, read, fault, sandbox.faults);
    const answer = plan?.reply ?? read;
    const id = requestId(headers['x-request-id']);
    let reply = withHeaders(answer, withCommonHeaders(answer, id, allow, readings));
    const judged = { method, target, headers, body: body?.judged ?? unreadBody(request) };
    const { status, headers: sent } = reply;
    const findings = judge(judged, method === 'HEAD' ? { status, headers: sent } : reply);
    if (findings.length > 0) {
      const faults = findings.filter(isResponseFault);
      // What is wrong on purpose is asked for.
      const isWithheld = mode === 'enforce' && faults.length > 0 && plan?.isPlanted !== true;
      if (isWithheld) reply = withheld(faults);
      const common = withCommonHeaders(reply, id, allow, readings);
      reply = withHeaders(reply, { ...common, 'sl-violations': toHeader(findings) });
    }

    const keep = (received: TrafficRecord['response'], faultEffect: string | null): void => {
      const told = { id, findings, rule: reply.rule ?? null, received, faultEffect };
      const record = toRecord(exchange, told);
      sandbox.traffic.record(record);
      log(record);
    };
    if (plan === undefined) {
      wire.write(reply);
      keep({ status: reply.status, headers: reply.headers, body: reply.body ?? null }, null);
      return undefined;
    }
    return plan.carryOut(reply).then(({ response: received, effect }) => {
      keep(received, effect);
    });
  };

  return (exchange) => {
    const judge = judgeOf(exchange.answered.sandbox.readings().edition);
    return judge instanceof Promise
      ? judge.then((ready) => finish(ready.exchange, exchange))
      : finish(judge.exchange, exchange);
  };
};
