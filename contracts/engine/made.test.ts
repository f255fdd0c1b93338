// What a run made is removed by whoever may, and what a target keeps is named.
import { expect, test } from '@jest/globals';
import type { Message } from '../curl.ts';
import type { Caller } from '../settings.ts';
import { NoAnswer } from './could-not-run.ts';
import { createMade, createScope } from './made.ts';
import { findByAddress } from './remove.ts';

const credentials = new Map<Caller, string>([
  ['OWNER', 'Api-Key owner'],
  ['ADMIN', 'Api-Key admin'],
  ['VIEWER', 'Api-Key viewer'],
]);

type Answer = (message: Message) => number;

const madeAt = (answer: Answer, listed = (): readonly string[] => [], lag = { ms: 0 }) => {
  const asked: string[] = [];
  const line = (message: Message) => {
    asked.push(`${message.method} ${message.headers['authorization'] ?? ''}`);
    const results = listed().map((id) => ({ id, email: 'once@example.com' }));
    const text = JSON.stringify({ results });
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
  expect(fails.asked.length).toBeLessThan(50);
});

/** Deletes by them wait for their deadline. */
const hangsFor = async (
  count: number,
  { callers, does = false }: { readonly callers: readonly string[]; readonly does?: boolean },
) => {
  const gone = new Set<string>();
  let late = 0;
  const line = (message: Message) => {
    const { method, path } = message;
    const isLate = method === 'DELETE' && callers.some((name) => isBy(name, message));
    if (method === 'DELETE' && (!isLate || does)) gone.add(path);
    if (isLate) {
      late += 1;
      return Promise.reject(new NoAnswer('It was not answered within 9 ms (CONTRACT_TIMEOUT).'));
    }
    const status = method === 'DELETE' ? 204 : gone.has(path) ? 404 : 200;
    return Promise.resolve({ status, headers: {}, text: '', ms: 0 });
  };
  const made = createMade({ settings: { credentials }, line }, () => undefined);
  for (let number = 1; number <= count; number += 1) {
    made.add(`${number}`, 'OWNER', createScope());
  }
  const left = await made.clearAll(line);
  return { left: left.length, late };
};

test('at the end deletes that hang cost a few deadlines, and whoever is left to try removes all', async () => {
  const all = ['owner', 'admin', 'viewer'];
  const kept = await hangsFor(200, { callers: all });
  expect(kept.left).toBe(200);
  expect(kept.late).toBeLessThan(20);
  const byOther = await hangsFor(200, { callers: ['owner'] });
  expect(byOther.left).toBe(0);
  expect(byOther.late).toBeLessThan(10);
});

test('what a delete that got no answer has removed is not named', async () => {
  const done = await hangsFor(3, { callers: ['owner', 'admin', 'viewer'], does: true });
  expect(done).toMatchObject({ left: 0 });
});

const found: Answer = ({ method }) => (method === 'GET' ? 200 : 204);

/** A create whose answer is lost, to an address that exists once. */
const claim = async ({ made }: ReturnType<typeof madeAt>, lose: () => void) => {
  const scope = createScope();
  await made.claim('once@example.com', 'OWNER', scope, () => {
    scope.lostAnswers += 1;
    lose();
    return Promise.resolve();
  });
  return scope;
};

test('where removing fails it is not tried each time', async () => {
  let status = 500;
  const { asked, made, line } = madeAt(() => status);
  for (let number = 1; number <= 20; number += 1) {
    const scope = createScope();
    made.add(`${number}`, 'OWNER', scope);
    await made.clear(scope);
  }
  expect(asked).toHaveLength(6);
  status = 204;
  expect(await made.clearAll(line)).toEqual([]);
});

test('what a lost answer may have made at an address that exists once is found at once, and never later', async () => {
  let there: readonly string[] = [];
  const target = madeAt(found, () => there);
  const { asked, made, line } = target;
  const scope = await claim(target, () => (there = ['lost']));
  made.give('fresh@example.com', 'OWNER', scope);
  asked.length = 0;
  await made.clear(scope);
  expect(asked).toEqual(['GET Api-Key owner', 'DELETE Api-Key owner']);
  asked.length = 0;
  // By then it is another run's: the fresh one alone is looked for.
  await made.clearAll(line);
  expect(asked).toEqual(['GET Api-Key owner']);
});

test('what was at such an address before is left alone, and what the run itself removed was nobody else’s', async () => {
  let there: readonly string[] = ['theirs'];
  const target = madeAt(found, () => there);
  const { asked, made } = target;
  await made.clear(await claim(target, () => undefined));
  expect(asked).toEqual(['GET Api-Key owner']);
  there = ['own'];
  const scope = createScope();
  made.add('own', 'OWNER', scope);
  await made.clear(scope);
  await made.clear(await claim(target, () => (there = ['lost'])));
  expect(made.wasRemoved('lost')).toBe(true);
});

test('what kept an address that exists once, for its removal was lost, is removed before the next create there', async () => {
  let status = 500;
  const target = madeAt(
    ({ method }) => (method === 'GET' ? 200 : status),
    () => ['own'],
  );
  const { made } = target;
  const scope = createScope();
  made.add('own', 'OWNER', scope);
  // As long as a check has it, it is nobody else's.
  await claim(target, () => undefined);
  expect(target.asked).not.toContain('DELETE Api-Key owner');
  await made.clear(scope);
  status = 204;
  await claim(target, () => undefined);
  expect(made.wasRemoved('own')).toBe(true);
});

test('an address that exists once and could not be looked at is named, and not looked at later', async () => {
  let status = 200;
  const target = madeAt(() => status);
  const { asked, made, line } = target;
  await made.clear(await claim(target, () => (status = 503)));
  asked.length = 0;
  expect(await made.clearAll(line)).toEqual(['once@example.com']);
  expect(asked).toEqual([]);
});

test('of a target that ignores the filter nothing is taken for what a lost answer made', async () => {
  let email = 'once@example.com';
  const line = ({ method }: Message) => {
    const text = JSON.stringify({ results: [{ id: 'theirs', email }] });
    return Promise.resolve({ status: method === 'GET' ? 200 : 204, headers: {}, text, ms: 0 });
  };
  const by = { settings: { credentials }, line };
  expect(await findByAddress('Once@example.com', 'OWNER', by)).toEqual(['theirs']);
  email = 'other@example.com';
  await expect(findByAddress('once@example.com', 'OWNER', by)).rejects.toThrow('and not with');
});

test('where writes show late, a 404 to what was just made is asked again at the end', async () => {
  let isShown = false;
  const { made, line } = madeAt(
    ({ method }) => (isShown && method === 'DELETE' ? 204 : 404),
    () => [],
    { ms: 1 },
  );
  const scope = createScope();
  made.add('late', 'OWNER', scope);
  await made.clear(scope);
  expect(made.wasRemoved('late')).toBe(false);
  isShown = true;
  expect(await made.clearAll(line)).toEqual([]);
  expect(made.wasRemoved('late')).toBe(true);
});

test('what was taken for gone before it was known that writes show late is removed at the end', async () => {
  let isShown = false;
  const lag = { ms: 0 };
  const { made, line } = madeAt(() => (isShown ? 204 : 404), undefined, lag);
  const scope = createScope();
  made.add('late', 'OWNER', scope);
  await made.clear(scope);
  [isShown, lag.ms] = [true, 1];
  const asked: string[] = [];
  const spied = (message: Message) => {
    asked.push(message.method);
    return line(message);
  };
  expect(await made.clearAll(spied)).toEqual([]);
  expect(asked).toEqual(['DELETE']);
});

test('what a lost answer may have made is looked for when it shows', async () => {
  let shownAt = Infinity;
  // Timers may be early by a millisecond.
  const lag = { ms: 22 };
  const target = madeAt(found, () => (performance.now() < shownAt ? [] : ['lost']), lag);
  const scope = await claim(target, () => (shownAt = performance.now() + 20));
  await target.made.clear(scope);
  expect(target.made.wasRemoved('lost')).toBe(true);
});
