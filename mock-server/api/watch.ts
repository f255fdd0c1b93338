// Every finished exchange goes to the judge before it goes out; what is found is shown where people look.
import type { Request, Response } from 'express';
import type { ExchangeRequest, ExchangeRequestBody } from '../../spec/exchange.ts';
import type { Finding } from '../../spec/finding.ts';
import type { Edition } from '../../spec/vocabulary.ts';
import type { TrafficRecord } from '../sandbox/traffic.ts';
import type { LogExchange } from '../web/log.ts';
import { replyDetail, type Reply } from '../web/reply.ts';
import { writeReply } from '../web/write.ts';
import type { Answered } from './answer-request.ts';
import { planFault } from './plan-fault.ts';

export const validationModes = ['report', 'enforce', 'off'] as const;

export type ValidationMode = (typeof validationModes)[number];

export const isValidationMode = (value: unknown): value is ValidationMode =>
  validationModes.some((mode) => mode === value);

export type JudgeExchange = (request: ExchangeRequest, response: Reply) => readonly Finding[];

/** The judge of an edition; one that is needed for the first time has to be compiled. */
export type JudgeOf = (edition: Edition) => Ready | Promise<Ready>;

type Ready = { readonly exchange: JudgeExchange };

export type WatchOptions = {
  readonly judgeOf: JudgeOf;
  readonly mode: ValidationMode;
  /** The text of the `sl-violations` header. */
  readonly toHeader: (findings: readonly Finding[]) => string;
  readonly log: LogExchange;
  readonly requestId: (given: string | readonly string[] | undefined) => string;
};

const unreadBody = ({ headers }: Request): ExchangeRequestBody => {
  const length = Number(headers['content-length'] ?? 0);
  const isEmpty = length === 0 && headers['transfer-encoding'] === undefined;
  return { kind: isEmpty ? 'none' : 'unreadable' };
};

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

/** Undefined when it is done; a fault may take its time. */
export type Watch = (
  request: Request,
  response: Response,
  answered: Answered,
  allow: string,
  startedAt: number,
) => Promise<void> | undefined;

export const createWatch = (options: WatchOptions): Watch => {
  const { judgeOf, mode, toHeader, log, requestId } = options;

  const finish = (
    judge: JudgeExchange,
    ...[request, response, answered, allow, startedAt]: Parameters<Watch>
  ): ReturnType<Watch> => {
    const { method, originalUrl: target, headers } = request;
    const { sandbox, body, caller, operation, fault } = answered;
    const plan = fault && planFault(response, answered.reply, fault, sandbox.faults);
    const answer = plan?.reply ?? answered.reply;
    const id = requestId(headers['x-request-id']);
    const common = { allow, vary: 'Accept, Origin', 'x-request-id': id };
    let reply: Reply = { ...answer, headers: { ...answer.headers, ...common } };
    const judged = { method, target, headers, body: body?.judged ?? unreadBody(request) };
    const { status, headers: sent } = reply;
    const findings = judge(judged, method === 'HEAD' ? { status, headers: sent } : reply);
    if (findings.length > 0) {
      const faults = findings.filter(isResponseFault);
      // What is wrong on purpose is asked for.
      const isWithheld = mode === 'enforce' && faults.length > 0 && plan?.isPlanted !== true;
      if (isWithheld) reply = withheld(faults);
      reply = {
        ...reply,
        headers: { ...reply.headers, ...common, 'sl-violations': toHeader(findings) },
      };
    }

    const keep = (received: TrafficRecord['response'], faultEffect: string | null): void => {
      const record = {
        id,
        at: sandbox.clock.now(),
        durationMs: performance.now() - startedAt,
        caller:
          caller === null ? null : { userId: caller.userId, role: caller.scope?.role ?? null },
        operation: operation?.operationId ?? null,
        rule: reply.rule ?? null,
        fault: faultEffect === null ? null : (fault?.rule.id ?? null),
        faultEffect,
        request: { method, target, headers, body: body?.text ?? null },
        // The answer to a HEAD has the length of a body that is not sent.
        response: method === 'HEAD' ? { ...received, body: null } : received,
        findings,
      };
      sandbox.traffic.record(record);
      log(record);
    };
    if (plan === undefined) {
      writeReply(response, reply);
      keep({ status: reply.status, headers: reply.headers, body: reply.body ?? null }, null);
      return undefined;
    }
    return plan.carryOut(reply).then(({ response: received, effect }) => {
      keep(received, effect);
    });
  };

  return (...exchange) => {
    const judge = judgeOf(exchange[2].sandbox.readings().edition);
    return judge instanceof Promise
      ? judge.then((ready) => finish(ready.exchange, ...exchange))
      : finish(judge.exchange, ...exchange);
  };
};
