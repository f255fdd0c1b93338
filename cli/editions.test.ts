// The command `editions`.
import { expect, test } from '@jest/globals';
import { editionsMain } from './editions.ts';

const ask = async (...args: readonly string[]): Promise<{ code: number; text: string }> => {
  const said: string[] = [];
  const say = (text: string): void => {
    said.push(text);
  };
  const code = await editionsMain(args, {}, 'editions', { out: say, err: say });
  return { code, text: said.join('\n') };
};

test('tells what each edition brought', async () => {
  const { code, text } = await ask();
  expect(code).toBe(0);
  expect(text.split('\n')).toHaveLength(8);
  expect(text).toContain('2022-03-17  Invitations have `organization`');
});

test('tells what lies between two, in whichever order they are named, with a request for each', async () => {
  const there = await ask('--diff', '2021-07-08', '2024-05-30');
  expect(there.text).toContain('page_size of invitations_list');
  expect(there.text).toContain('membership of Invitation may be null');
  expect(there.text).toContain(
    'curl -H "Authorization: $AUTH" "$URL/api/v1/invitations/?page_size=2"',
  );
  expect(there.text).toMatch(/^2024-05-30 has what 2021-07-08 has not:\n/);
  expect(there.text).not.toMatch(/Authorization.*Authorization/);
  expect(await ask('--diff', '2024-05-30', '2021-07-08')).toEqual(there);
});

test('an edition that is none is 2, with those that there are', async () => {
  const { code, text } = await ask('--diff', '2021-07-08', '1999-01-01');
  expect(code).toBe(2);
  expect(text).toContain('There is no edition "1999-01-01"; they are 2021-07-08,');
});
