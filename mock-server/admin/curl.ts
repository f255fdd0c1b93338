// An exchange as a command that asks the same again. Secrets are in it neither as they are nor in another form.
import type { KeptExchange } from '../sandbox/traffic.ts';
import { quote } from '../../spec/quote.ts';
import { canBeQuoted, toPrintf, toWord } from '../../spec/shell-words.ts';
import { hasUnreadBody, requestBytes } from './request-bytes.ts';

/** More than that is no command that anybody wants to read or paste. */
const longestBody = 8_192;

/** What curl says by itself, what belongs to one connection, and what is secret. */
const leftOut: ReadonlySet<string> = new Set([
  ...['host', 'connection', 'keep-alive', 'content-length', 'transfer-encoding', 'expect'],
  ...['te', 'trailer', 'upgrade', 'accept-encoding', 'user-agent', 'authorization', 'cookie'],
  'proxy-authorization',
]);

type Request = KeptExchange['request'];

const toHeaderWords = ({ headers, body }: Request, variable: string | undefined): string[] => {
  const words: string[] = [];
  const { authorization } = headers;
  if (variable !== undefined) words.push('-H', `"Authorization: $${variable}"`);
  else if (authorization !== undefined) {
    words.push('-H', quote(`Authorization: ${String(authorization)}`));
  }
  for (const [name, value] of Object.entries(headers)) {
    if (leftOut.has(name)) continue;
    // Node reads headers as Latin-1; curl sends one without a value only if a semicolon ends it.
    const line = value === '' ? `${name};` : `${name}: ${String(value)}`;
    words.push('-H', toWord(Buffer.from(line, 'latin1')));
  }
  // Curl would name a media type where the request had none.
  if (body !== null && headers['content-type'] === undefined) words.push('-H', "'Content-Type:'");
  return words;
};

const toAddressWords = (base: string, target: string): string[] => {
  const bytes = Buffer.from(target, 'latin1');
  if (target.startsWith('/')) {
    // Nothing in it is a pattern to curl, and no dots are taken out of it.
    return ['--globoff', '--path-as-is', toWord(Buffer.concat([Buffer.from(base), bytes]))];
  }
  return ['--request-target', toWord(bytes), quote(base)];
};

type Body = {
  /** Lines and commands that stand before curl. */
  readonly before: string;
  readonly words: readonly string[];
};

const toBody = (request: Request): Body => {
  const bytes = requestBytes(request);
  if (hasUnreadBody(request)) {
    const before =
      '# The server did not read the body of this request, so the command is without it.\n';
    return { before, words: [] };
  }
  if (bytes === null) return { before: '', words: [] };
  if (bytes.length > longestBody) {
    const before = `# The body has ${bytes.length} bytes, too many for a command: save it as body.bin first.\n`;
    return { before, words: ['--data-binary', '@body.bin'] };
  }
  return canBeQuoted(bytes)
    ? { before: '', words: ['--data-raw', quote(bytes.toString('utf8'))] }
    : { before: `${toPrintf(bytes)} | `, words: ['--data-binary', '@-'] };
};

/**
 * For a POSIX shell. `base` is scheme and authority; `variable` is the environment variable that has the caller's whole
 * `Authorization` value, undefined where none is known to.
 */
export const toCurl = (base: string, request: Request, variable: string | undefined): string => {
  const { before, words } = toBody(request);
  const { method, target } = request;
  return (
    before +
    [
      'curl',
      ...(method === 'HEAD' ? ['--head'] : ['-i', '-X', method]),
      ...toHeaderWords(request, variable),
      ...words,
      ...toAddressWords(base, target),
    ].join(' ')
  );
};
