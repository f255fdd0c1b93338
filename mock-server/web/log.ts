// The product's log: lines of data on standard output, or the same in words for a person at a terminal.
import { pino, type Logger } from 'pino';
import type { Finding } from '../../spec/finding.ts';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export const logFormats = ['pretty', 'json'] as const;

export type LogLevel = (typeof logLevels)[number];
export type LogFormat = (typeof logFormats)[number];

export type LoggedExchange = {
  readonly id: string;
  readonly operation: string | null;
  readonly rule: string | null;
  /** What went wrong on purpose. */
  readonly fault: string | null;
  readonly faultEffect: string | null;
  readonly durationMs: number;
  readonly request: { readonly method: string; readonly target: string };
  readonly response: { readonly status: number };
  readonly findings: readonly Finding[];
};

type LogExchange = (exchange: LoggedExchange, traceId?: string) => void;

export type Log = {
  readonly exchange: LogExchange;
  readonly warn: (message: string) => void;
  readonly error: (message: string, error: unknown) => void;
  /** Writes out what is held back; call it before the process ends. */
  readonly flush: () => void;
};

type Sink = {
  readonly logger: Logger;
  /** Writes one line of an exchange in which nothing was found; undefined where such lines are not wanted. */
  readonly writeLine: ((line: ExchangeLine) => void) | undefined;
  readonly flush: () => void;
};

export type ExchangeLine = {
  readonly id: string;
  readonly operation: string | null;
  readonly method: string;
  readonly target: string;
  readonly status: number;
  readonly ms: number;
  readonly rule: string | undefined;
  readonly fault: string | undefined;
  /** Named as log collectors look for it. */
  readonly trace_id: string | undefined;
};

const gatheredCharacters = 16_384;
const gatheredMs = 100;
const infoLevel = 30;

const messageOf = ({ method, target, status }: ExchangeLine): string =>
  `${method} ${target} ${status}`;

const createPrettySink = async (level: LogLevel): Promise<Sink> => {
  // Loaded where a person reads; machines do without.
  const { default: pretty } = await import('pino-pretty');
  const stream = pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'HH:MM:ss.l' });
  const logger = pino({ level, base: null }, stream);
  const writeLine = (line: ExchangeLine): void => {
    logger.info(line, messageOf(line));
  };
  return {
    logger,
    writeLine: logger.isLevelEnabled('info') ? writeLine : undefined,
    flush: () => undefined,
  };
};

/** An id, a method, a rule are words with nothing to escape; by hand it takes a third of the time, at every exchange. */
export const toLogLine = (line: ExchangeLine): string => {
  const { id, operation, method, target, status, ms, rule, fault, trace_id: trace } = line;
  const quoted = JSON.stringify(target);
  const asked = `"method":"${method}","target":${quoted}`;
  const served = operation === null ? 'null' : `"${operation}"`;
  const refused = rule === undefined ? '' : `,"rule":"${rule}"`;
  const broken = fault === undefined ? '' : `,"fault":${JSON.stringify(fault)}`;
  const traced = trace === undefined ? '' : `,"trace_id":"${trace}"`;
  return `{"level":${infoLevel},"time":${Date.now()},"id":"${id}","operation":${served},${asked},"status":${status},"ms":${ms}${refused}${broken}${traced},"msg":"${method} ${quoted.slice(1, -1)} ${status}"}\n`;
};

/** Lines are gathered for a moment: a write for each exchange would cost more than the exchange. */
const createJsonSink = (level: LogLevel): Sink => {
  const destination = pino.destination({ dest: 1, sync: true });
  let gathered = '';
  const flush = (): void => {
    if (gathered === '') return;
    destination.write(gathered);
    gathered = '';
  };
  const write = (line: string): void => {
    gathered += line;
    if (gathered.length >= gatheredCharacters) flush();
  };
  const timer = setInterval(flush, gatheredMs);
  timer.unref();
  const logger = pino({ level, base: null }, { write });
  const writeLine = (line: ExchangeLine): void => {
    write(toLogLine(line));
  };
  return {
    logger,
    writeLine: logger.isLevelEnabled('info') ? writeLine : undefined,
    flush: () => {
      clearInterval(timer);
      flush();
      destination.flushSync();
    },
  };
};

export const createLog = async (level: LogLevel, format: LogFormat): Promise<Log> => {
  const sink = format === 'pretty' ? await createPrettySink(level) : createJsonSink(level);
  const { logger, writeLine, flush } = sink;
  return {
    exchange: (exchange, traceId) => {
      const { id, operation, rule, fault, durationMs, request, response, findings } = exchange;
      const isWorth = findings.some(({ severity }) => severity !== 'information');
      if (writeLine === undefined && !isWorth) return;
      const { method, target } = request;
      const { status } = response;
      const line: ExchangeLine = {
        id,
        operation,
        method,
        target,
        status,
        ms: Math.round(durationMs * 1_000) / 1_000,
        rule: rule ?? undefined,
        fault: fault === null ? undefined : `${fault}: ${exchange.faultEffect ?? ''}`,
        trace_id: traceId,
      };
      if (isWorth) logger.warn({ ...line, findings }, messageOf(line));
      else writeLine?.(line);
    },
    warn: (message) => {
      logger.warn(message);
    },
    error: (message, error) => {
      logger.error({ err: error }, message);
    },
    flush,
  };
};
