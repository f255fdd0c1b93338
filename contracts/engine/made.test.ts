// What a run made is removed by whoever may, and what a target keeps is named.
import { expect, test } from '@jest/globals';
import type { Message } from '../curl.ts';
import type { Caller } from '../settings.ts';
import { createMade, createScope } from './made.ts';

const credentials = new Map<Caller, string>([
  ['OWNER', 'Api-Key owner'],
  ['ADMIN', 'Api-Key admin'],
  ['VIEWER', 'Api-Key viewer'],
]);

type Answer = (message: Message) => number;

const madeAt = (answer: Answer, text = '', lag = { ms: 0 }) => {
  const asked: string[] = [];
  const line = (message: Message) => {
    asked.push(`${message.method} ${message.headers['authorization'] ?? ''}`);
    return Promise.resolve({ status: answer(message), headers: {}, text, ms: 0 });
  };
  const made = createMade({ settings: { credentials }, line, lag }, () => undefined);
  return { asked, made, line };
};

const isBy = (name: string, { headers }: Message): boolean =>
  headers['authorization'] === `Api-Key ${name}`;

test('by the owner first, else by whoever made it, else by any other caller that may', async () => {
  const { asked, made, line } = madeAt((message) => (isBy('admin', message) ? 204 : 403));
  const scope = createScope();
  made.add('one', 'VIEWER', scope);
  await made.clear(scope);
  expect(asked).toEqual(['DELETE Api-Key owner', 'DELETE Api-Key viewer', 'DELETE Api-Key admin']);
  expect(made.wasRemoved('one')).toBe(true);
  expect(await made.clearAll(line)).toEqual([]);
});

test('a 404 is believed where a read finds nothing either', async () => {
  const keeps = madeAt(({ method }) => (method === 'GET' ? 200 : 404));
  const forgets = madeAt(() => 404);
  for (const { made } of [keeps, forgets]) made.add('one', 'OWNER', createScope());
  expect(await keeps.made.clearAll(keeps.line)).toEqual(['one']);
  expect(await forgets.made.clearAll(forgets.line)).toEqual([]);
});

test('what may not be removed keeps nothing else from it, but a target that fails is left alone', async () => {
  const ids = ['a', 'b', 'c', 'd', 'mine'];
  const madeOf = (answer: Answer) => {
    const subject = madeAt(answer);
    for (const id of ids) subject.made.add(id, 'OWNER', createScope());
    return subject;
  };
  const forbids = madeOf(({ path }) => (path.includes('mine') ? 204 : 403));
  expect(await forbids.made.clearAll(forbids.line)).toEqual(['a', 'b', 'c', 'd']);
  const fails = madeOf(() => 500);
  expect(await fails.made.clearAll(fails.line)).toEqual(ids);
  expect(fails.asked).toHaveLength(6);
});

test('what a lost answer may have made at an address that exists once is found at once, and never later', async () => {
  const { asked, made, line } = madeAt(
    ({ method }) => (method === 'GET' ? 200 : 204),
    '{"results":[{"id":"lost","email":"once@example.com"}]}',
  );
  const scope = { ...createScope(), lostAnswers: 1 };
  made.give('fresh@example.com', 'OWNER', scope);
  await made.clear(scope);
  expect(asked).toEqual([]);
  made.give('once@example.com', 'OWNER', scope, true);
  await made.clear(scope);
  expect(asked).toEqual(['GET Api-Key owner', 'DELETE Api-Key owner']);
  asked.length = 0;
  // By then it is another run's.
  await made.clearAll(line);
  expect(asked).toEqual(['GET Api-Key owner']);
});

test('an address that exists once and could not be looked at is named, and not looked at later', async () => {
  const { asked, made, line } = madeAt(() => 503);
  const scope = { ...createScope(), lostAnswers: 1 };
  made.give('once@example.com', 'OWNER', scope, true);
  await made.clear(scope);
  asked.length = 0;
  expect(await made.clearAll(line)).toEqual(['once@example.com']);
  expect(asked).toEqual([]);
});

test('where writes show late, a 404 to what was just made is asked again at the end', async () => {
  let isShown = false;
  const { made, line } = madeAt(({ method }) => (isShown && method === 'DELETE' ? 204 : 404), '', {
    ms: 1,
  });
  const scope = createScope();
  made.add('late', 'OWNER', scope);
  await made.clear(scope);
  expect(made.wasRemoved('late')).toBe(false);
  isShown = true;
  expect(await made.clearAll(line)).toEqual([]);
  expect(made.wasRemoved('late')).toBe(true);
});

test('what a lost answer may have made is looked for when it shows', async () => {
  const shownAt = performance.now() + 20;
  const status = ({ method }: Message): number => {
    if (method === 'DELETE') return 204;
    return performance.now() < shownAt ? 404 : 200;
  };
  // Timers may be early by a millisecond.
  const found = '{"results":[{"id":"lost","email":"once@example.com"}]}';
  const { made } = madeAt(status, found, { ms: 22 });
  const scope = { ...createScope(), lostAnswers: 1 };
  made.give('once@example.com', 'OWNER', scope, true);
  await made.clear(scope);
  expect(made.wasRemoved('lost')).toBe(true);
});
