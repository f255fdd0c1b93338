// How a check asks the target: `send` for the operations of the contract, `request` for anything else. Each exchange is
// told, and its answer judged against the spec; what is found fails the check if it is about its rule, and is kept for the
// rule that it is about if not.
import { toCurl, toMessage, type Message, type Sent } from '../curl.ts';
import { CouldNotRun, Lost, NoAnswer, OutOfOrder } from '../engine/could-not-run.ts';
import { outOfOrder } from '../engine/repeating.ts';
import type { Exchange, RuledFinding } from '../engine/events.ts';
import { pageSentence, refusesForm } from '../engine/intermediary.ts';
import { answerOf } from '../engine/located.ts';
import { ruleOfFinding } from '../../spec/rule-of-finding.ts';
import type { Running } from '../engine/running.ts';
import { parse, type Answer, type Reply } from '../engine/reply.ts';
import { isRecord } from '../invitation.ts';
import { operationAt, operations, pathOf, type OperationId } from '../operations.ts';
import type { Caller } from '../settings.ts';
import { keep, type createCurrent, type Current } from './current.ts';
import { toExchange, type Exchanged } from './exchange.ts';
import { createSettling, isReading } from './settling.ts';

type Credentials =
  | { readonly as: Caller | 'NOBODY' }
  /** A whole `Authorization` value, for credentials that are wrong on purpose. */
  | { readonly authorization: string };

export type Asking = Credentials &
  Sent & {
    /** False when the spec has nothing to say about the answer: then only the check's own expectations count. */
    readonly judged?: boolean;
    /** True when the target may rightly close the connection instead of answering: that is no outage. */
    readonly mayBeCutOff?: boolean;
  };

export type { Answer } from '../engine/reply.ts';

const listPath = pathOf('invitations_list');

type Asked = {
  readonly message: Message;
  readonly asking: Asking;
  readonly operation: OperationId | undefined;
};
type Read = { readonly json: unknown; readonly status: number };

/** What came of a request, told to whom it concerns. */
const createNotes = (run: Running) => {
  const { judge, emit } = run;

  const isForeign = (reply: Reply): boolean =>
    refusesForm(reply, (status) => [...run.sound].some((one) => one.endsWith(` ${status}`)));

  const judged = ({ message, asking, operation }: Asked, reply: Reply): readonly RuledFinding[] => {
    if (asking.judged === false || isForeign(reply)) return [];
    const { status, headers, text } = reply;
    const { method, path } = message;
    const about = { operation, status, text };
    const response = { status, headers, ...(text === '' ? {} : { body: text }) };
    return judge
      .response({ method, target: path }, response)
      .filter(({ severity }) => severity !== 'information')
      .map((finding) => ({ ...finding, rule: ruleOfFinding(finding, about) }));
  };

  const tell = (exchanged: Exchanged): Exchange => {
    const exchange = toExchange(exchanged, run);
    emit(exchange);
    return exchange;
  };

  const blame = (check: Current, exchange: Exchange): void => {
    if (exchange.findings.length === 0) run.sound.add(answerOf(exchange));
    for (const finding of exchange.findings) {
      const place = finding.location.slice(1).join('.') || 'status';
      const message = `breaks the spec (${finding.code}) at ${place}: ${finding.message}`;
      const fault = { rule: finding.rule, message, exchange, finding };
      if (finding.rule === check.rule.id) check.faults.push(fault);
      else run.elsewhere.push(fault);
    }
  };

  /** What a create made, whether it was meant to or not, is removed when the check or file is done. */
  const noteMade = (check: Current, { message, asking }: Asked, { json, status }: Read): void => {
    if (message.method !== 'POST' || message.path.split('?')[0] !== listPath) return;
    const id = isRecord(json) ? json['id'] : undefined;
    if (typeof id !== 'string') {
      if (status < 300 || status >= 500) check.scope.lostAnswers += 1;
      return;
    }
    const as = 'as' in asking && asking.as !== 'NOBODY' ? asking.as : 'OWNER';
    run.made.add(id, as, check.scope);
  };

  return { isForeign, judged, tell, blame, noteMade };
};

const createReach = (run: Running, notes: ReturnType<typeof createNotes>) => {
  const settled = createSettling(run);
  return async (check: Current, asked: Asked): Promise<Reply> => {
    const { message } = asked;
    const operation = asked.operation ?? message.method;
    const givenUp = run.outages.givenUp(operation);
    if (givenUp !== undefined) throw new CouldNotRun(givenUp);
    const began = run.outages.begin();
    const time = (check.asked.get(operation) ?? 0) + 1;
    check.asked.set(operation, time);
    let last: Exchange | undefined;
    const onRepeated = (reply: Reply, isLoss = false): void => {
      last = notes.tell({ check, ...asked, reply, json: parse(reply.text), repeated: true });
      if (isLoss) {
        const { message: said } = outOfOrder(message, reply);
        run.outages.note(operation, { message: said, exchange: last, isRepeated: true });
      }
      if (reply.status === 429) run.throttled.push({ exchange: last, reply });
    };
    try {
      const ask = () => run.line(message, { onRepeated });
      const reply = await settled(message, ask, onRepeated);
      run.outages.note(operation);
      return reply;
    } catch (error) {
      if (!(error instanceof CouldNotRun)) throw error;
      const exchange = error instanceof OutOfOrder ? last : undefined;
      // What was not sent, for nothing is answered any more, says nothing of the operation.
      const isCutOff = error instanceof NoAnswer && asked.asking.mayBeCutOff === true;
      if (error instanceof Lost && !isCutOff) {
        error.place = { operation, time, exchange };
        run.outages.note(operation, { message: error.message, began, exchange });
      }
      const wasSent = error instanceof NoAnswer || error instanceof OutOfOrder;
      if (wasSent && !isReading(message)) check.scope.lostAnswers += 1;
      throw error;
    }
  };
};

export const createClient = (run: Running, { currentCheck }: ReturnType<typeof createCurrent>) => {
  const { settings } = run;
  const notes = createNotes(run);
  const reach = createReach(run, notes);

  const credentialOf = (asking: Asking): string | undefined => {
    if ('authorization' in asking) return asking.authorization;
    const { as } = asking;
    if (as === 'NOBODY') return undefined;
    if (!currentCheck().needs.includes(as)) {
      throw new Error(`The check asks as ${as}: add '${as}' to its needs.`);
    }
    return settings.credentials.get(as);
  };

  const ask = async (message: Message, asking: Asking): Promise<Answer> => {
    const check = currentCheck();
    const given = { message, asking, operation: operationAt(message.method, message.path) };
    if (!check.changes && !isReading(message)) {
      throw new Error(`The check says "changes: false", but sends ${message.method}.`);
    }
    check.log.last = () => `${toCurl(settings.target, message)}\n→ no answer`;
    check.log.exchange = undefined;
    check.log.refused = undefined;
    const startedAt = performance.now();
    const reply = await reach(check, given);
    if (run.lag.ms === 0) keep(check, { message, reply, startedAt, endedAt: performance.now() });
    const json = parse(reply.text);
    const findings = notes.judged(given, reply);
    const exchange = notes.tell({ check, ...given, reply, json, findings });
    check.log.last = () => exchange.text;
    check.log.exchange = exchange;
    notes.noteMade(check, given, { json, status: reply.status });
    if (notes.isForeign(reply)) check.log.refused = pageSentence(message.method, reply.status);
    else notes.blame(check, exchange);
    const caller = 'as' in asking ? asking.as : 'odd credentials';
    const asked = `${message.method} ${message.path} as ${caller}`;
    return { ...reply, json, asked, exchange };
  };

  /** Any method and path, the path from the API's root on (`/api/v1/…`), with or without a query. */
  const request = (method: string, path: string, asking: Asking): Promise<Answer> =>
    ask(toMessage(method, path, asking, credentialOf(asking)), asking);

  const send = (
    operation: OperationId,
    asking: Asking & { readonly id?: string },
  ): Promise<Answer> => {
    const { method } = operations[operation];
    const path = pathOf(operation, asking.id);
    return ask(toMessage(method, path, asking, credentialOf(asking)), asking);
  };

  return { request, send };
};
