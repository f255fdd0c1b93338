// The log in a browser: its console, in words.
import type { Log, LogLevel } from '../../mock-server/web/log.ts';

const levels: readonly LogLevel[] = ['silent', 'error', 'warn', 'info', 'debug'];

export const createLog = (level: LogLevel): Promise<Log> => {
  const tells = (wanted: LogLevel): boolean => levels.indexOf(level) >= levels.indexOf(wanted);
  return Promise.resolve({
    exchange: ({ request, response, findings }) => {
      const line = `${request.method} ${request.target} ${response.status}`;
      const isWorth = findings.some(({ severity }) => severity !== 'information');
      if (isWorth && tells('warn')) console.warn(line, findings);
      else if (tells('info')) console.info(line);
    },
    warn: (message) => {
      if (tells('warn')) console.warn(message);
    },
    error: (message, error) => {
      if (tells('error')) console.error(message, error);
    },
    flush: () => undefined,
  });
};
