// What the testers' API says of what it does not take: in few words, however much was sent.
import { describe, expect, test } from '@jest/globals';
import { running, textOf } from '../running.suite.ts';
import { readJsonInSlices, sliceBytes } from './json-slices.ts';

const fake = running({ validation: 'off' });
const world = '/_mock/sandboxes/default';

const refusalOf = async (
  method: string,
  path: string,
  asked: { readonly json?: unknown; readonly body?: string },
): Promise<string> => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fake.ask(method, `${world}${path}`, { headers, ...asked });
  expect(answer.status).toBe(400);
  return textOf(answer.json, 'detail');
};

const many = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join();

describe('a refusal', () => {
  test.each([
    [
      'PATCH',
      '/delivery',
      { bounce_rules: [{ pattern: 'a' }, { patern: 'b' }] },
      'In "bounce_rules[1]", "patern" is not known here',
      'Did you mean "pattern"?',
    ],
    ['PATCH', '/delivery', { mode: 'by_hand' }, '"mode" is "by_hand"', 'Did you mean "by-hand"?'],
    ['PUT', '', { readings: { 'membership.unset': null } }, 'is null', 'Did you mean "null"?'],
    [
      'PUT',
      '/faults',
      { faults: [{ status: 500, operations: ['invitation_list'] }] },
      '"faults[0].operations[0]" is "invitation_list"',
      'Did you mean "invitations_list"?',
    ],
  ])('%s %s %j names the place, and what was meant', async (method, path, json, place, meant) => {
    const detail = await refusalOf(method, path, { json });
    expect(detail).toContain(place);
    expect(detail).toContain(meant);
  });

  test('names the first few names that are not known, and counts the rest', async () => {
    const json = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`x${index}`, 1]));
    expect(await refusalOf('PATCH', '/clock', { json })).toMatch(
      /^"x0", "x1", "x2" and 47 more are not known here; known are /,
    );
  });

  test('tells the first few mistakes of many', async () => {
    const json = { faults: Array.from({ length: 90 }, () => ({ status: 1 })) };
    const detail = await refusalOf('PUT', '/faults', { json });
    expect(detail).toMatch(/"faults\[4\]\.status" is 1.* And 85 more\.$/);
  });

  test.each([['mode'], ['bounce_rules'], ['delay']])('shows little of a long %s', async (name) => {
    const json = { [name]: 'x'.repeat(50_000) };
    expect((await refusalOf('PATCH', '/delivery', { json })).length).toBeLessThan(300);
  });

  test.each([
    ['PATCH', '/clock', 'frozen=true'],
    ['POST', '/tokens', '{"email":"ada@example.com"}'],
  ])('of %s %s as curl -d sends it says which header is missing', async (method, path, body) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fake.ask(method, `${world}${path}`, { body, headers });
    expect(answer.status).toBe(415);
    expect(textOf(answer.json, 'detail')).toContain('"Content-Type: application/json"');
  });

  test.each([
    '/events?type=InvitationSnt',
    '/traffic?operation=invitations_lst',
    '/traffic?rule=authentication.mising',
    '/invitations?state=snt',
  ])('of %s says what was meant', async (target) => {
    const answer = await fake.ask('GET', `${world}${target}`);
    expect(answer.status).toBe(400);
    expect(textOf(answer.json, 'detail')).toContain('Did you mean "');
  });
});

describe('an import that is refused', () => {
  test.each([
    [
      'very many unknown names',
      `{${many(700_000, (index) => `"n${index}":1`)}}`,
      'and at least 97 more are',
    ],
    [
      'very many unknown names in its plan',
      `{"format":1,"plan":{${many(700_000, (index) => `"n${index}":1`)}},"events":[]}`,
      'is larger than 1048576 bytes',
    ],
    [
      'very many events that are none',
      `{"events":[${many(2_000_000, () => '[]')}]}`,
      'And at least 95 more.',
    ],
    ['one very long text', `{"name":"${'x'.repeat(9_000_000)}"}`, 'is larger than 1048576 bytes'],
    [
      'one very long event',
      `{"events":[{"type":"${'x'.repeat(9_000_000)}"}]}`,
      'is larger than 1048576 bytes',
    ],
    ['an event after a comma too many', '{"events":[{},]}', 'not JSON that can be parsed'],
    ['no end', '{"events":[', 'not JSON that can be parsed'],
    ['a list in the place of an object', '[]', 'The body is a list'],
    ['nothing', '', 'is missing'],
  ])('for %s answers in a few words', async (_name, body, words) => {
    const detail = await refusalOf('PUT', '/import', { body });
    expect(detail).toContain(words);
    expect(detail.length).toBeLessThan(1_000);
  });

  test('lets others have their turn while it is read', async () => {
    const bytes = Buffer.from(`{"events":[${many(400_000, () => '{"a":1}')}]}`);
    let turns = 0;
    let isReading = true;
    const count = (): void => {
      turns += 1;
      if (isReading) setImmediate(count);
    };
    setImmediate(count);
    let items = 0;
    await readJsonInSlices(bytes, {
      lists: ['events'],
      depth: 32,
      onName: () => true,
      onItems: (_list, piece) => {
        items += piece.length;
        return true;
      },
    });
    isReading = false;
    expect(items).toBe(400_000);
    expect(turns).toBeGreaterThanOrEqual(Math.floor(bytes.length / sliceBytes));
  });
});
