// The outbox: what it keeps, what it lets go, and how waiting for a message ends.
import { describe, expect, test } from '@jest/globals';
import type { Letter } from './message.ts';
import { createOutbox, type Message, type Outbox } from './outbox.ts';

const aMessage = (id: string, changes: Partial<Letter> = {}): Message => {
  const letter: Letter = {
    id,
    invitationId: 'i1',
    email: 'a@example.com',
    role: 'VIEWER',
    organizationId: 'o1',
    sandbox: 'default',
    inviterName: '',
    organizationName: '',
    acceptTemplate: null,
    ...changes,
  };
  return { letter, at: 0, bounceReason: null };
};

const setup = (): {
  outbox: Outbox;
  waits: () => number;
  never: AbortSignal;
  abort: () => void;
} => {
  let waits = 0;
  const controller = new AbortController();
  const outbox = createOutbox(
    { messages: 3, characters: 1_000 },
    () => {
      waits += 1;
    },
    () => undefined,
  );
  return {
    outbox,
    waits: () => waits,
    never: controller.signal,
    abort: () => {
      controller.abort();
    },
  };
};

const idsIn = (outbox: Outbox): readonly string[] => outbox.list().map(({ letter }) => letter.id);

describe('keeps the newest', () => {
  test('of so many messages', () => {
    const { outbox } = setup();
    for (const id of ['1', '2', '3', '4']) outbox.add(aMessage(id));
    expect(idsIn(outbox)).toEqual(['2', '3', '4']);
    expect(outbox.find('1')).toBeUndefined();
    expect(outbox.find('4')?.letter.id).toBe('4');
  });

  test('under a steady load', () => {
    const { outbox } = setup();
    for (let id = 0; id < 1_000; id += 1) outbox.add(aMessage(String(id)));
    expect(idsIn(outbox)).toEqual(['997', '998', '999']);
    expect(outbox.find('996')).toBeUndefined();
    expect(outbox.remove('996')).toBe(false);
    expect(outbox.remove('998')).toBe(true);
    expect(idsIn(outbox)).toEqual(['997', '999']);
  });

  test('of so many characters, but at least one message', () => {
    const { outbox } = setup();
    outbox.add(aMessage('1'));
    outbox.add(aMessage('2', { inviterName: 'x'.repeat(980) }));
    expect(idsIn(outbox)).toEqual(['2']);
    outbox.add(aMessage('3', { organizationName: 'x'.repeat(5_000) }));
    expect(idsIn(outbox)).toEqual(['3']);
    outbox.add(aMessage('4'));
    expect(idsIn(outbox)).toEqual(['4']);
  });

  test('and counts what was removed no more', () => {
    const { outbox } = setup();
    outbox.add(aMessage('1', { inviterName: 'x'.repeat(900) }));
    expect(outbox.remove('1')).toBe(true);
    expect(outbox.remove('1')).toBe(false);
    outbox.add(aMessage('2', { inviterName: 'x'.repeat(900) }));
    outbox.clear();
    outbox.add(aMessage('3', { inviterName: 'x'.repeat(900) }));
    outbox.add(aMessage('4'));
    expect(idsIn(outbox)).toEqual(['3', '4']);
    expect(outbox.count()).toBe(2);
  });
});

describe('waiting ends', () => {
  const second =
    (id: string) =>
    ({ letter }: Message): boolean =>
      letter.id === id;

  test('with the first message that matches', async () => {
    const { outbox, waits, never } = setup();
    const awaited = outbox.wait(second('2'), 60_000, never);
    expect([outbox.waiting(), waits()]).toEqual([1, 1]);
    outbox.add(aMessage('1'));
    expect(outbox.waiting()).toBe(1);
    outbox.add(aMessage('2'));
    expect(await awaited).toBe('matched');
    expect(outbox.waiting()).toBe(0);
  });

  test('when its time is over', async () => {
    const { outbox, never } = setup();
    expect(await outbox.wait(second('2'), 1, never)).toBe('over');
    expect(outbox.waiting()).toBe(0);
  });

  test('when it is stopped, also before it began', async () => {
    const { outbox, never, abort } = setup();
    const awaited = outbox.wait(second('2'), 60_000, never);
    abort();
    expect(await awaited).toBe('over');
    expect(await outbox.wait(second('2'), 60_000, never)).toBe('over');
    expect(outbox.waiting()).toBe(0);
  });

  test('when the outbox closes, and does not begin after that', async () => {
    const { outbox, never } = setup();
    const awaited = [outbox.wait(second('2'), 60_000, never), outbox.wait(second('3'), 1, never)];
    outbox.close();
    expect(await Promise.all(awaited)).toEqual(['closed', 'closed']);
    expect(await outbox.wait(second('2'), 60_000, never)).toBe('closed');
  });
});
