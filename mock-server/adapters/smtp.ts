// The courier that brings messages to a real SMTP server. What that server says of a message becomes the invitation's fate.
import { setMaxListeners } from 'node:events';
import { createTransport, type Transporter } from 'nodemailer';
import type { Courier, SendResult } from '../sandbox/courier.ts';
import { writeMail, type Letter, type Mail } from '../sandbox/message.ts';
import { toOneLine } from '../sandbox/one-line.ts';
import type { SmtpAddress } from '../config/smtp-address.ts';
import { isLoopback } from '../web/loopback.ts';

export type SmtpOptions = {
  readonly server: SmtpAddress;
  readonly acceptTemplate: () => string;
  /** Is told of what stands between us and the server, and of no refusal of a single message. */
  readonly onTrouble: (words: string) => void;
  /** How long to wait before each further try, in milliseconds. */
  readonly retryDelaysMs?: readonly number[];
  /** How many messages may wait for the server. */
  readonly queueLimit?: number;
  /** How long messages under way may take when the courier closes. */
  readonly drainMs?: number;
};

const timeouts = {
  dnsTimeout: 5_000,
  connectionTimeout: 5_000,
  greetingTimeout: 5_000,
  socketTimeout: 10_000,
} as const;
const connections = 5;
const longestReason = 500;

/** Nothing is connected yet. */
const prepare = ({ host, port, isTls, user, password }: SmtpAddress): Transporter => {
  const isNear = isLoopback(host.includes(':') ? `[${host}]` : host);
  const isKnown = user !== null;
  return createTransport({
    pool: true,
    maxConnections: connections,
    host,
    port,
    secure: isTls,
    ...(isKnown ? { auth: { user, pass: password ?? '' } } : {}),
    // A password leaves this machine encrypted or not at all, and only to whoever can prove to be that host.
    requireTLS: isKnown && !isNear,
    tls: { rejectUnauthorized: !isNear },
    disableFileAccess: true,
    disableUrlAccess: true,
    ...timeouts,
  });
};

/** The line that names a recipient has room for nothing else. [RFC 5321, 4.1.2] */
const unfit = /[\s\p{Cc}<>]/u;

const hand = async (transport: Transporter, mail: Mail): Promise<void> => {
  const { id, invitationId, from, to, subject, text, html } = mail;
  await transport.sendMail({
    from,
    // As an object it is one address, whatever is written in it.
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    messageId: `<${id}@${from.address.split('@')[1] ?? ''}>`,
    headers: { 'X-Invitation-ID': invitationId, 'Auto-Submitted': 'auto-generated' },
    subject,
    text,
    html,
  });
};

type Refusal = {
  readonly words: string;
  /** Whether another try may have another end. */
  readonly isPassing: boolean;
  /** Whether it is about the server and not about this message. */
  readonly isTrouble: boolean;
};

/** A server may repeat what it was sent; what was secret stays so. */
const hide = (words: string, { user, password }: SmtpAddress): string => {
  if (user === null || password === null || password === '') return words;
  const encode = (text: string): string => Buffer.from(text).toString('base64');
  return [encode(`\0${user}\0${password}`), encode(password), password].reduce(
    (text, secret) => text.replaceAll(secret, '[redacted]'),
    words,
  );
};

/** `error` is what nodemailer throws: with the server's status and its answer, if there was one. */
const toRefusal = (error: unknown, server: SmtpAddress): Refusal => {
  const facts = new Map<string, unknown>(error instanceof Error ? Object.entries(error) : []);
  const response = facts.get('response');
  const status = Number(facts.get('responseCode') ?? 0);
  const isLogin = facts.get('code') === 'EAUTH';
  const isAnswer = status >= 400 && typeof response === 'string';
  const message = error instanceof Error ? error.message : String(error);
  const words = isAnswer
    ? response
    : `no word from the mail server at ${server.host}:${server.port}: ${message}`;
  return {
    words: toOneLine(hide(words, server), longestReason),
    isPassing: !isLogin && (isAnswer ? status < 500 : facts.get('code') !== 'EENVELOPE'),
    isTrouble: isLogin || !isAnswer,
  };
};

const pause = (milliseconds: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    stop.addEventListener('abort', end);
    if (stop.aborted) end();
  });

/** As many at a time as there are connections; the others wait in the order in which they came. */
const createSlots = (free: number): { take: () => Promise<void>; give: () => void } => {
  const waiting: (() => void)[] = [];
  let left = free;
  return {
    take: () =>
      new Promise((resolve) => {
        if (left === 0) {
          waiting.push(resolve);
          return;
        }
        left -= 1;
        resolve();
      }),
    give: () => {
      const next = waiting.shift();
      if (next === undefined) left += 1;
      else next();
    },
  };
};

const noAddress: Refusal = {
  words: '553 5.1.3 nothing can be sent to an address like this one',
  isPassing: false,
  isTrouble: false,
};

type Attempt = 'taken' | 'withdrawn' | Refusal;

/** A refusal that may pass is answered with another try, and after the last one it counts. */
const insist = async (
  attempt: () => Promise<Attempt>,
  delaysMs: readonly number[],
  stop: AbortSignal,
): Promise<Attempt> => {
  let reached = await attempt();
  for (const delayMs of delaysMs) {
    if (typeof reached === 'string' || !reached.isPassing) return reached;
    await pause(delayMs, stop);
    reached = await attempt();
  }
  return reached;
};

const toVerdict = (attempt: Attempt): SendResult => {
  if (attempt === 'taken') return { kind: 'taken' };
  const reason = attempt === 'withdrawn' ? 'withdrawn before it was sent' : attempt.words;
  return { kind: 'refused', reason };
};

const settleWithin = async (
  milliseconds: number,
  all: Iterable<Promise<unknown>>,
): Promise<void> => {
  const late = new AbortController();
  await Promise.race([Promise.allSettled(all), pause(milliseconds, late.signal)]);
  late.abort();
};

export const createSmtpCourier = (options: SmtpOptions): Courier => {
  const { server, acceptTemplate, onTrouble } = options;
  const { retryDelaysMs = [250, 1_000], queueLimit = 1_000, drainMs = 5_000 } = options;
  const stopping = new AbortController();
  const stop = stopping.signal;
  // Each message that waits for another try listens.
  setMaxListeners(0, stop);
  const slots = createSlots(connections);
  const underWay = new Set<Promise<unknown>>();
  const transport = prepare(server);

  const attempt = async (letter: Letter, isWanted: () => boolean): Promise<Attempt> => {
    await slots.take();
    try {
      if (stop.aborted || !isWanted()) return 'withdrawn';
      if (unfit.test(letter.email)) return noAddress;
      await hand(transport, writeMail(letter, acceptTemplate()));
      return 'taken';
    } catch (error) {
      return toRefusal(error, server);
    } finally {
      slots.give();
    }
  };
  const deliver = async (letter: Letter, isWanted: () => boolean): Promise<SendResult> => {
    const reached = await insist(() => attempt(letter, isWanted), retryDelaysMs, stop);
    if (typeof reached === 'object' && reached.isTrouble) onTrouble(reached.words);
    return toVerdict(reached);
  };

  return {
    isPrompt: true,
    send: (letter, isWanted) => {
      if (underWay.size >= queueLimit) {
        const reason = `452 4.3.1 ${queueLimit} messages wait for the mail server already`;
        return { kind: 'refused', reason };
      }
      const delivered = deliver(letter, isWanted);
      underWay.add(delivered);
      return delivered.finally(() => underWay.delete(delivered));
    },
    close: async () => {
      stopping.abort();
      await settleWithin(drainMs, underWay);
      transport.close();
    },
  };
};
