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
  readonly durationMs: number;
  readonly request: { readonly method: string; readonly target: string };
  readonly response: { readonly status: number };
  readonly findings: readonly Finding[];
};

export type LogExchange = (exchange: LoggedExchange) => void;

export type Log = {
  readonly exchange: LogExchange;
  readonly warn: (message: string) => void;
  readonly error: (message: string, error: unknown) => void;
  /** Writes out what is held back; call it before the process ends. */
  readonly flush: () => void;
};

async function createLogger(
  level: LogLevel,
  format: LogFormat,
): Promise<{ logger: Logger; flush: () => void }> {
  if (format === 'pretty') {
    // Loaded where a person reads; machines do without.
    const { default: pretty } = await import('pino-pretty');
    const stream = pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'HH:MM:ss.l' });
    return { logger: pino({ level, base: null }, stream), flush: () => undefined };
  }
  // Lines are gathered for a moment: a write for each exchange would cost more than the exchange.
  const destination = pino.destination({
    dest: 1,
    minLength: 16_384,
    maxWrite: 65_536,
    sync: true,
  });
  const timer = setInterval(() => {
    destination.flush();
  }, 100);
  timer.unref();
  const flush = (): void => {
    clearInterval(timer);
    destination.flushSync();
  };
  return { logger: pino({ level, base: null }, destination), flush };
}

export async function createLog(level: LogLevel, format: LogFormat): Promise<Log> {
  const { logger, flush } = await createLogger(level, format);
  const logsExchanges = logger.isLevelEnabled('info');
  return {
    exchange: ({ id, operation, rule, durationMs, request, response, findings }) => {
      const isWorth = findings.some(({ severity }) => severity !== 'information');
      if (!logsExchanges && !isWorth) return;
      const { method, target } = request;
      const { status } = response;
      const ms = Math.round(durationMs * 1_000) / 1_000;
      const line = {
        id,
        operation,
        method,
        target,
        status,
        ms,
        ...(rule === null ? {} : { rule }),
      };
      const message = `${method} ${target} ${status}`;
      if (isWorth) logger.warn({ ...line, findings }, message);
      else logger.info(line, message);
    },
    warn: (message) => {
      logger.warn(message);
    },
    error: (message, error) => {
      logger.error({ err: error }, message);
    },
    flush,
  };
}
