// Which failures are an operation's own, and which those of a target that is gone.
import { expect, test } from '@jest/globals';
import { createLine } from './line.ts';
import { createOutages } from './outages.ts';
import { createTempo } from './tempo.ts';

const failure = { message: 'no answer' };

const after = (...story: readonly (readonly [string, boolean])[]): readonly string[] => {
  const { note, faults } = createOutages();
  for (const [operation, isAnswered] of story) note(operation, isAnswered ? undefined : failure);
  return faults().map(({ message }) => message.split(' ', 1).join());
};

const failing = Array.from({ length: 4 }, () => ['users_list', false] as const);
const answered = Array.from({ length: 9 }, () => ['invitations_list', true] as const);

test('an operation that fails while others are answered is broken', () => {
  expect(after(...answered, ...failing, ...answered)).toEqual(['users_list']);
});

test('what a target failed in when it went is broken by nothing', () => {
  expect(after(...answered, ...failing)).toEqual([]);
});

test('an operation that fails is broken though most of what is asked is it, where others are answered', () => {
  const often = Array.from({ length: 40 }, () => ['invitations_create', false] as const);
  const some = [...answered, ['users_list', true] as const];
  expect(after(...some, ...often, ...answered)).toEqual(['invitations_create']);
  expect(after(...answered.slice(0, 2), ...often, ...answered.slice(0, 2))).toEqual([]);
});

const times = (count: number, operation: string, isAnswered: boolean) =>
  Array.from({ length: count }, () => [operation, isAnswered] as const);

test('an operation that breaks for good is broken, however often it was answered before', () => {
  const works = times(200, 'invitations_create', true);
  const breaks = times(12, 'invitations_create', false);
  const among = breaks.flatMap((one) => [one, ...times(1, 'users_list', true)]);
  expect(after(...works, ...among)).toEqual(['invitations_create']);
  expect(after(...works, ...times(12, 'invitations_create', false), ...answered)).toEqual([]);
});

const late = { message: 'was not answered within 10 ms (CONTRACT_TIMEOUT).' };

test('what fails again and again is not asked for any more, sooner where each waits for its deadline', () => {
  const { note, givenUp } = createOutages();
  const fail = (operation: string, told = failure): void => {
    note(operation, told);
    note('users_current_retrieve');
  };
  for (let time = 0; time < 11; time += 1) fail('users_list');
  expect(givenUp('users_list')).toBeUndefined();
  fail('users_list');
  expect(givenUp('users_list')).toContain('users_list failed again and again');
  note('users_list');
  expect(givenUp('users_list')).toBeUndefined();
  for (let time = 0; time < 3; time += 1) fail('invitations_list', late);
  expect(givenUp('invitations_list')).toBeDefined();
});

test('what fails side by side, or while nothing else is answered, is asked once more', () => {
  const { begin, note, givenUp } = createOutages();
  const began = begin();
  for (let time = 0; time < 3; time += 1) {
    note('invitations_create', { ...late, began });
    note('users_list');
  }
  expect(givenUp('invitations_create')).toBeUndefined();
  for (let time = 0; time < 3; time += 1) note('invitations_list', late);
  note('users_list');
  expect(givenUp('invitations_list')).toBeUndefined();
  note('invitations_list', late);
  expect(givenUp('invitations_list')).toBeDefined();
});

const nowAndThen = (operation: string, count: number, each: number) =>
  Array.from({ length: count }, (_, index) => [operation, index % each !== 0] as const);

test('an operation that fails now and then is broken, unless others do as well', () => {
  const resends = nowAndThen('invitations_resend_create', 40, 4);
  expect(after(...answered, ...resends, ...answered)).toEqual(['invitations_resend_create']);
  expect(
    after(...answered, ...nowAndThen('invitations_list', 80, 6), ...resends, ...answered),
  ).toEqual([]);
  expect(after(...answered, ...nowAndThen('users_list', 12, 4), ...answered)).toEqual([]);
});

test('what was asked for once more counts, and ends no operation', () => {
  const { note, faults, givenUp } = createOutages();
  for (let time = 0; time < 20; time += 1) {
    note('users_list', { ...failure, isRepeated: true });
    note('users_list');
    note('invitations_list');
    expect(givenUp('users_list')).toBeUndefined();
  }
  expect(faults().map(({ message }) => message)).toEqual([
    'users_list failed 20 of 40 times: no answer',
  ]);
});

test('a 503 of a target that limits is of its pace, and no loss of an operation', async () => {
  const told: (boolean | undefined)[] = [];
  const askAt = async (isLimited: boolean): Promise<void> => {
    let asked = 0;
    const line = createLine(
      { target: 'http://fake.test', timeoutMs: 1_000, rate: Infinity },
      {
        tempo: { ...createTempo(Infinity), isLimited: () => isLimited },
        transport: () => {
          asked += 1;
          const text = asked === 1 ? '<html>Busy</html>' : '{}';
          return Promise.resolve({ status: asked === 1 ? 503 : 200, headers: {}, text, ms: 1 });
        },
      },
    );
    const create = { method: 'POST', path: '/api/v1/invitations/', headers: {} };
    await line(create, { onRepeated: (_reply, isLoss) => told.push(isLoss) });
  };
  await askAt(true);
  await askAt(false);
  expect(told).toEqual([false, true]);
});
