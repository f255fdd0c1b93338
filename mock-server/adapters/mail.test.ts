// Invitations whose messages go through a real SMTP server: what it says of them is what becomes of them.
import { Agent } from 'node:http';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { bannerText } from '../banner.ts';
import { defaultConfig } from '../config/config.ts';
import { anAddress, askAt, invitations, listOf, textOf, type Ask } from '../running.suite.ts';
import { startMockServer } from '../server.ts';
import { startSmtpServer, type Behaviour, type TestSmtpServer } from '../smtp-server.suite.ts';

const agent = new Agent({ keepAlive: true });
const open: { close: () => Promise<void> }[] = [];
const messages = '/_mock/sandboxes/default/messages';
const role = 'VIEWER';

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
afterAll(() => {
  agent.destroy();
});

type Setup = {
  ask: Ask;
  as: string;
  smtp: TestSmtpServer;
  invite: (to?: string) => Promise<string>;
};

const setup = async (behaviour: Behaviour = {}, user: string | null = null): Promise<Setup> => {
  const smtp = await startSmtpServer(behaviour);
  const server = await startMockServer({
    port: 0,
    logLevel: 'silent',
    scenario: 'empty',
    smtp: { ...smtp.address, user, password: user },
  });
  open.push(smtp, server);
  const as = server.credentials.apiKeys.OWNER;
  const ask = askAt(server.url, agent);
  const invite = async (email = anAddress()): Promise<string> => {
    const { json } = await ask('POST', invitations, { as, json: { email, role } });
    expect(textOf(json, 'state')).toBe('pending');
    return textOf(json, 'id');
  };
  return { ask, as, smtp, invite };
};

const current = async ({ ask, as }: Setup, id: string): Promise<readonly string[]> => {
  const { json } = await ask('GET', `${invitations}${id}/`, { as });
  return [textOf(json, 'state'), textOf(json, 'state_detail')];
};

const awaitMessages = async ({ ask }: Setup, id: string, outcome: string): Promise<unknown[]> => {
  const { json } = await ask('GET', `${messages}?invitation=${id}&outcome=${outcome}&wait=60`);
  return [...listOf(json, 'messages')];
};

test('taken by the server, an invitation is sent, and nobody has to look for that', async () => {
  const fake = await setup();
  const id = await fake.invite();
  const [message] = await awaitMessages(fake, id, 'sent');
  expect(await current(fake, id)).toEqual(['sent', '']);
  const [received] = fake.smtp.received;
  expect(received?.to).toEqual([textOf(message, 'to')]);
  expect(received?.source).toContain(`Message-ID: <${textOf(message, 'id')}@`);
});

test('refused by the server, it bounces with its words', async () => {
  const words = '5.1.1 <nobody>: no such mailbox';
  const fake = await setup({ answer: () => ({ code: 550, words }) });
  const id = await fake.invite();
  expect(await awaitMessages(fake, id, 'bounced')).toMatchObject([{ reason: `550 ${words}` }]);
  expect(await current(fake, id)).toEqual(['bounced', `550 ${words}`]);
});

test('without a server it bounces with words that say so, and have no password in them', async () => {
  const fake = await setup({}, 'hunter2');
  await fake.smtp.close();
  const id = await fake.invite();
  await awaitMessages(fake, id, 'bounced');
  const [state, detail = ''] = await current(fake, id);
  expect(state).toBe('bounced');
  expect(detail).toContain(`no word from the mail server at 127.0.0.1:${fake.smtp.port}`);
  expect(detail).not.toContain('hunter2');
});

test('an address that a bounce rule matches is kept from the server', async () => {
  const fake = await setup();
  const id = await fake.invite('bounce@example.com');
  await awaitMessages(fake, id, 'bounced');
  expect(fake.smtp.named).toEqual([]);
});

describe('while the server hesitates', () => {
  /** The first recipient waits for `release`; the others are taken. */
  const hesitant = (): {
    answer: () => Promise<undefined> | undefined;
    release: () => void;
    heard: Promise<void>;
  } => {
    const gate = { release: (): void => undefined, hear: (): void => undefined };
    const held = new Promise<undefined>((resolve) => {
      gate.release = () => {
        resolve(undefined);
      };
    });
    const heard = new Promise<void>((resolve) => {
      gate.hear = resolve;
    });
    let count = 0;
    return {
      answer: () => {
        count += 1;
        gate.hear();
        return count === 1 ? held : undefined;
      },
      release: () => {
        gate.release();
      },
      heard,
    };
  };

  test('an invitation is pending, and a resend sends another message', async () => {
    const { answer, release, heard } = hesitant();
    const fake = await setup({ answer });
    const id = await fake.invite();
    await heard;
    expect(await current(fake, id)).toEqual(['pending', '']);
    await fake.ask('POST', `${invitations}${id}/resend/`, { as: fake.as });
    expect(await awaitMessages(fake, id, 'sent')).toHaveLength(1);
    release();
    expect(await current(fake, id)).toEqual(['sent', '']);
  });

  test('a deleted invitation stays deleted', async () => {
    const { answer, release, heard } = hesitant();
    const fake = await setup({ answer });
    const id = await fake.invite();
    await heard;
    await fake.ask('DELETE', `${invitations}${id}/`, { as: fake.as });
    release();
    const other = await fake.invite();
    await awaitMessages(fake, other, 'sent');
    expect((await fake.ask('GET', `${messages}?invitation=${id}`)).json).toMatchObject({
      count: 0,
    });
  });
});

test('by hand a message is sent when it is told to be', async () => {
  const fake = await setup();
  await fake.ask('PATCH', '/_mock/sandboxes/default/delivery', { json: { mode: 'by-hand' } });
  const email = anAddress();
  const id = await fake.invite(email);
  expect(await current(fake, id)).toEqual(['pending', '']);
  const json = { outcome: 'sent' };
  await fake.ask('POST', `/_mock/sandboxes/default/deliveries/${id}`, { json });
  expect(await current(fake, id)).toEqual(['sent', '']);
  while (fake.smtp.received.length === 0) await fake.ask('GET', messages);
  expect(fake.smtp.received[0]?.to).toEqual([email]);
});

test('the banner says that messages are sent, and shows no password', async () => {
  const server = await startMockServer({ port: 0, logLevel: 'silent' });
  open.push(server);
  const smtp = { host: 'mail.test', port: 25, isTls: false, user: 'u', password: 'hunter2' };
  const text = bannerText(server, { ...defaultConfig, smtp });
  expect(text).toContain('Sends real mail    smtp://mail.test:25');
  expect(text).not.toContain('hunter2');
  expect(bannerText(server, defaultConfig)).not.toContain('real mail');
});
