// The courier against a real SMTP server: what arrives there, and what its words become.
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Courier } from '../sandbox/courier.ts';
import type { Letter } from '../sandbox/message.ts';
import { startSmtpServer, type Behaviour, type TestSmtpServer } from '../smtp-server.suite.ts';
import { createSmtpCourier, type SmtpOptions } from './smtp.ts';

const letter: Letter = {
  id: '7d3a1f52-0c6e-4b8d-9e21-a4f5b6c7d8e9',
  invitationId: '0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908',
  email: 'jonas.weber@example.com',
  role: 'ADMIN',
  organizationId: 'o1',
  sandbox: 'default',
  inviterName: 'Zoë Pereira',
  organizationName: 'Fairwind, Inc.',
  acceptTemplate: null,
};
const wanted = (): boolean => true;

const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

type Setup = { server: TestSmtpServer; courier: Courier; troubles: readonly string[] };

const aCourier = (options: Partial<SmtpOptions> & Pick<SmtpOptions, 'server'>) => {
  const troubles: string[] = [];
  const courier = createSmtpCourier({
    acceptTemplate: () => 'http://localhost:5173/accept/{id}',
    onTrouble: (words) => troubles.push(words),
    retryDelaysMs: [0, 0],
    ...options,
  });
  open.push(courier);
  return { courier, troubles };
};

const setup = async (
  behaviour: Behaviour = {},
  options: Partial<SmtpOptions> = {},
): Promise<Setup> => {
  const server = await startSmtpServer(behaviour);
  open.push(server);
  return { server, ...aCourier({ server: server.address, ...options }) };
};

/** The unfolded header fields of a message. */
const headersOf = (source: string): readonly string[] => {
  const [head = ''] = source.split('\r\n\r\n', 1);
  return head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
};

test('what is sent arrives, with the ids that the outbox has', async () => {
  const { server, courier } = await setup();
  expect(await courier.send(letter, wanted)).toEqual({ kind: 'taken' });
  const [mail] = server.received;
  expect(mail).toMatchObject({
    from: 'no-reply@invitations.example',
    to: ['jonas.weber@example.com'],
  });
  const headers = headersOf(mail?.source ?? '');
  expect(headers).toContain('To: jonas.weber@example.com');
  expect(headers).toContain(`Message-ID: <${letter.id}@invitations.example>`);
  expect(headers).toContain(`X-Invitation-ID: ${letter.invitationId}`);
  expect(headers.find((line) => line.startsWith('From: '))).toMatch(
    /^From: =\?UTF-8\?.* <no-reply@invitations\.example>$/,
  );
  expect(mail?.source).toContain('multipart/alternative');
  const unwrapped = mail?.source.replaceAll('=\r\n', '');
  expect(unwrapped).toContain(`http://localhost:5173/accept/${letter.invitationId}`);
});

test('no name and no address can add a header or a recipient', async () => {
  const { server, courier } = await setup();
  const hostile = 'Eve\r\nBcc: all@example.com\r\n\r\n<h1>", boss@example.com <x@y.test>';
  const sent = { ...letter, inviterName: hostile, organizationName: hostile };
  expect(await courier.send(sent, wanted)).toEqual({ kind: 'taken' });
  const [mail] = server.received;
  expect(mail?.to).toEqual([letter.email]);
  const names = headersOf(mail?.source ?? '').map((line) => line.split(':', 1)[0]);
  expect(names.sort()).toEqual(
    [
      'Auto-Submitted',
      'Content-Type',
      'Date',
      'From',
      'MIME-Version',
      'Message-ID',
      'Subject',
      'To',
      'X-Invitation-ID',
    ].sort(),
  );

  const email = 'a@example.com>\r\nRCPT TO:<all@example.com';
  const verdict = await courier.send({ ...letter, email }, wanted);
  expect('reason' in verdict ? verdict.reason : '').toMatch(/^553 /);
  expect(server.named).toEqual([letter.email]);
});

describe('a refusal', () => {
  test('for good has the words of the server, at the first try', async () => {
    const { server, courier, troubles } = await setup({
      answer: () => ({ code: 550, words: '5.1.1 no\tsuch user here' }),
    });
    expect(await courier.send(letter, wanted)).toEqual({
      kind: 'refused',
      reason: '550 5.1.1 no such user here',
    });
    expect(server.named).toHaveLength(1);
    expect(troubles).toEqual([]);
  });

  test('for now is tried again, and forgotten when that succeeds', async () => {
    let tries = 0;
    const { server, courier } = await setup({
      answer: () => {
        tries += 1;
        return tries < 3 ? { code: 451, words: '4.7.1 try again later' } : undefined;
      },
    });
    expect(await courier.send(letter, wanted)).toEqual({ kind: 'taken' });
    expect([tries, server.received.length]).toEqual([3, 1]);
  });

  test('for now counts after the last try', async () => {
    const { server, courier } = await setup({
      answer: () => ({ code: 451, words: '4.7.1 try again later' }),
    });
    const reason = '451 4.7.1 try again later';
    expect(await courier.send(letter, wanted)).toEqual({ kind: 'refused', reason });
    expect(server.named).toHaveLength(3);
  });

  test('is one line of 500 characters at most', async () => {
    const { courier } = await setup({
      answer: () => ({ code: 550, words: `no ${'very '.repeat(60)}` }),
    });
    const verdict = await courier.send(letter, wanted);
    expect('reason' in verdict ? verdict.reason.length : 0).toBeLessThanOrEqual(500);
    expect('reason' in verdict ? verdict.reason : '').toMatch(/^550 no very [^\p{Cc}]*$/u);
  });
});

describe('no server', () => {
  test('at that port: the words say where, and somebody is told', async () => {
    const { server, courier, troubles } = await setup();
    await server.close();
    const verdict = await courier.send(letter, wanted);
    expect(verdict).toMatchObject({ kind: 'refused' });
    const reason = 'reason' in verdict ? verdict.reason : '';
    expect(reason).toContain(`no word from the mail server at 127.0.0.1:${server.port}`);
    expect(reason).toContain('ECONNREFUSED');
    expect(troubles).toEqual([reason]);
  });

  test('that speaks SMTP: what hangs up is given up', async () => {
    const silent = createServer((socket) => socket.destroy());
    const port = await new Promise<number>((resolve) => {
      silent.listen(0, '127.0.0.1', () => {
        const address = silent.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    open.push({
      close: () =>
        new Promise((resolve) => {
          silent.close(() => {
            resolve();
          });
        }),
    });
    const server = { host: '127.0.0.1', port, isTls: false, user: null, password: null };
    const { courier } = aCourier({ server, retryDelaysMs: [] });
    expect(await courier.send(letter, wanted)).toMatchObject({ kind: 'refused' });
  });
});

describe('logging in', () => {
  const user = 'mock';
  const password = 's3cret/ä word';

  const guarded = async (words: (password: string) => string): Promise<Setup> => {
    const server = await startSmtpServer({
      options: {
        authOptional: false,
        onAuth: (auth, _session, done) => {
          if (auth.password === password) done(null, { user: auth.username ?? '' });
          else done(Object.assign(new Error(words(auth.password ?? '')), { responseCode: 535 }));
        },
      },
    });
    open.push(server);
    return { server, courier: createSmtpCourier(noOptions(server)), troubles: [] };
  };
  const noOptions = (server: TestSmtpServer): SmtpOptions => ({
    server: server.address,
    acceptTemplate: () => 'http://localhost/{id}',
    onTrouble: () => undefined,
  });

  test('succeeds with user and password', async () => {
    const { server } = await guarded(() => 'no');
    const { courier } = aCourier({ server: { ...server.address, user, password } });
    expect(await courier.send(letter, wanted)).toEqual({ kind: 'taken' });
    expect(server.received[0]?.user).toBe(user);
  });

  test('fails once and for all, and no word has the password in it', async () => {
    const wrong = 'wr0ng/wörd';
    const echo = (given: string): string =>
      `5.7.8 bad ${given} ${Buffer.from(given).toString('base64')} ${Buffer.from(`\0${user}\0${given}`).toString('base64')}`;
    const { server } = await guarded(echo);
    const { courier, troubles } = aCourier({
      server: { ...server.address, user, password: wrong },
    });
    const reason = '535 5.7.8 bad [redacted] [redacted] [redacted]';
    expect(await courier.send(letter, wanted)).toEqual({ kind: 'refused', reason });
    expect(troubles).toEqual([reason]);
  });
});

describe('a message', () => {
  test('that is no longer wanted is not sent', async () => {
    const { server, courier } = await setup();
    expect(await courier.send(letter, () => false)).toMatchObject({ kind: 'refused' });
    expect(server.named).toEqual([]);
  });

  test('beyond the limit of the queue is refused at once', async () => {
    const gate: { open?: () => void } = {};
    const held = new Promise<undefined>((resolve) => {
      gate.open = () => {
        resolve(undefined);
      };
    });
    const { courier } = await setup({ answer: () => held }, { queueLimit: 7 });
    const first = Array.from({ length: 7 }, () => courier.send(letter, wanted));
    expect(courier.send(letter, wanted)).toEqual({
      kind: 'refused',
      reason: '452 4.3.1 7 messages wait for the mail server already',
    });
    gate.open?.();
    for (const verdict of first) expect(await verdict).toEqual({ kind: 'taken' });
    expect(await courier.send(letter, wanted)).toEqual({ kind: 'taken' });
  });
});

describe('closing', () => {
  test('gives up what waits for another try', async () => {
    const { courier } = await setup(
      { answer: () => ({ code: 451, words: 'later' }) },
      { retryDelaysMs: [3_600_000] },
    );
    const verdict = courier.send(letter, wanted);
    await courier.close();
    expect(await verdict).toMatchObject({ kind: 'refused' });
  });

  test('waits for what is under way, but not for ever', async () => {
    const named: (() => void)[] = [];
    const arrived = new Promise<void>((resolve) => named.push(resolve));
    const { courier } = await setup(
      {
        answer: () => {
          named.forEach((tell) => {
            tell();
          });
          return new Promise<undefined>(() => undefined);
        },
        options: { closeTimeout: 1 },
      },
      { drainMs: 10 },
    );
    void courier.send(letter, wanted);
    await arrived;
    await courier.close();
    expect(await courier.send(letter, wanted)).toMatchObject({ kind: 'refused' });
  });
});
