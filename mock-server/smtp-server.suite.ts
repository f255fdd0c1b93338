// A real SMTP server for tests, which does with each recipient what the test says.
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { SmtpAddress } from './config/smtp-address.ts';

export type Received = {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came over the wire, headers and all. */
  readonly source: string;
  readonly user: string | null;
};

/** What the server says to a recipient: nothing takes it. */
export type SmtpReply = { readonly code: number; readonly words: string } | undefined;

export type TestSmtpServer = {
  readonly port: number;
  readonly address: SmtpAddress;
  readonly received: readonly Received[];
  /** Recipients that were named, also those that were refused. */
  readonly named: readonly string[];
  readonly close: () => Promise<void>;
};

export type Behaviour = {
  /** May take its time. */
  readonly answer?: (to: string) => SmtpReply | Promise<SmtpReply>;
  readonly options?: SMTPServerOptions;
  readonly port?: number;
};

const asError = ({ code, words }: Exclude<SmtpReply, undefined>): Error =>
  Object.assign(new Error(words), { responseCode: code });

export const startSmtpServer = async (behaviour: Behaviour = {}): Promise<TestSmtpServer> => {
  const received: Received[] = [];
  const named: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      named.push(address);
      void Promise.resolve(behaviour.answer?.(address)).then((answer) => {
        done(answer === undefined ? null : asError(answer));
      });
    },
    onData: (stream, session, done) => {
      const { envelope } = session;
      const user: unknown = session.user;
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        const source = Buffer.concat(chunks).toString('utf8');
        received.push({ from, to, source, user: typeof user === 'string' ? user : null });
        done();
      });
    },
    ...behaviour.options,
  });
  // A client that goes away in the middle of a sentence is no mistake of the test.
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(behaviour.port ?? 0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = listening.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    port,
    address: { host: '127.0.0.1', port, isTls: false, user: null, password: null },
    received,
    named,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
};
