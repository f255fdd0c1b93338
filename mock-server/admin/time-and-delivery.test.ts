// The clock and the deliveries of a sandbox, set over HTTP and seen through the API.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { anAddress, invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';

const fake = running();
const world = '/_mock/sandboxes/qa';
const role = 'VIEWER';

let owner = '';
let ownerJwt = '';

beforeEach(async () => {
  const { json } = await fake.ask('PUT', world, { json: { scenario: 'empty' } });
  const access = memberOf(memberOf(json, 'credentials'), 'OWNER');
  owner = textOf(access, 'api_key');
  ownerJwt = textOf(access, 'jwt');
});

const change = async (part: string, json: object): Promise<unknown> => {
  const answer = await fake.ask('PATCH', `${world}/${part}`, { json });
  expect(answer.status).toBe(200);
  return answer.json;
};

const invite = async (email = anAddress()): Promise<string> => {
  const answer = await fake.ask('POST', invitations, { as: owner, json: { email, role } });
  expect(answer.status).toBe(201);
  return textOf(answer.json, 'id');
};

const stateOf = async (id: string): Promise<string> =>
  textOf((await fake.ask('GET', `${invitations}${id}/`, { as: owner })).json, 'state');

const bounceByHand = async (id: string, json: object): Promise<number> =>
  (await fake.ask('POST', `${world}/deliveries/${id}`, { json })).status;

describe('the clock', () => {
  test('is stopped, set, moved and released', async () => {
    const now = '2030-05-01T12:00:00.000Z';
    expect(await change('clock', { now, frozen: true })).toMatchObject({ now, frozen: true });
    expect(await change('clock', { advance: 'P1DT30M' })).toMatchObject({
      now: '2030-05-02T12:30:00.000Z',
      frozen: true,
    });
    expect((await fake.ask('GET', `${world}/clock`)).json).toMatchObject({
      now: '2030-05-02T12:30:00.000Z',
    });
    const released = await change('clock', { frozen: false });
    expect(textOf(released, 'now')).toMatch(/^2030-05-02T12:30/);
    expect(await change('clock', { now: null })).toMatchObject({ frozen: false, offset_ms: 0 });
  });

  test('is not set to a time before 1970, and that is said once', async () => {
    const json = { now: '1960-01-01T00:00:00Z' };
    const answer = await fake.ask('PATCH', `${world}/clock`, { json });
    expect(answer.status).toBe(400);
    expect(textOf(answer.json, 'detail')).toBe(
      '"now" is "1960-01-01T00:00:00Z", but it takes an ISO 8601 time from 1970 on, such as 2026-01-31T09:00:00Z.',
    );
  });

  test('stands still at the very millisecond that it was set to, and is back in the present at once', async () => {
    const now = '2030-05-01T12:00:00.000Z';
    for (let round = 0; round < 100; round += 1) {
      const present = await change('clock', { now: null, frozen: false });
      expect(present).toMatchObject({ offset_ms: 0 });
      expect(await change('clock', { now, advance: 'PT1S', frozen: true })).toMatchObject({
        now: '2030-05-01T12:00:01.000Z',
      });
    }
    await change('clock', { now: null, frozen: false });
  });

  test('decides when a JWT expires', async () => {
    const list = (): Promise<{ status: number }> => fake.ask('GET', invitations, { as: ownerJwt });
    expect((await list()).status).toBe(200);
    await change('clock', { advance: 'PT13H' });
    expect((await list()).status).toBe(401);
    await change('clock', { advance: '-PT13H' });
    expect((await list()).status).toBe(200);
  });

  test('decides when a message leaves', async () => {
    await change('delivery', { mode: 'after-delay', delay: 'PT10M' });
    await change('clock', { frozen: true });
    const id = await invite();
    await change('clock', { advance: 'PT9M59S' });
    expect(await stateOf(id)).toBe('pending');
    await change('clock', { advance: 'PT1S' });
    expect(await stateOf(id)).toBe('sent');
  });

  test.each([
    [{ advance: 'P1Y' }, 'ISO 8601 duration'],
    [{ advance: 'P1D', now: '9999-12-31T00:00:00Z' }, '1970 to 9999'],
    [{ now: 'tomorrow' }, 'ISO 8601 time'],
    [{ freeze: true }, '"freeze" is not known here; known are "now", "advance", "frozen"'],
  ])('refuses %j in words', async (json, words) => {
    const answer = await fake.ask('PATCH', `${world}/clock`, { json });
    expect(answer.status).toBe(400);
    expect(textOf(answer.json, 'detail')).toContain(words);
  });
});

describe('a message leaves', () => {
  test('after so many reads, which show it pending', async () => {
    await change('delivery', { mode: 'after-reads', reads: 2 });
    const id = await invite();
    expect([await stateOf(id), await stateOf(id), await stateOf(id)]).toEqual([
      'pending',
      'pending',
      'sent',
    ]);
  });

  test('by hand, sent or bounced with a reason, once', async () => {
    await change('delivery', { mode: 'by-hand' });
    const [one, other] = [await invite(), await invite()];
    expect((await fake.ask('GET', `${world}/delivery`)).json).toMatchObject({ waiting: 2 });
    expect(await bounceByHand(one, { outcome: 'sent' })).toBe(200);
    expect(await bounceByHand(other, { outcome: 'bounced', reason: 'mailbox full' })).toBe(200);
    expect([await stateOf(one), await stateOf(other)]).toEqual(['sent', 'bounced']);
    const bounced = await fake.ask('GET', `${invitations}${other}/`, { as: owner });
    expect(textOf(bounced.json, 'state_detail')).toBe('mailbox full');
    expect(await bounceByHand(one, { outcome: 'sent' })).toBe(409);
    const json = { outcome: 'sent', reason: 'why' };
    const told = await fake.ask('POST', `${world}/deliveries/${one}`, { json });
    expect([told.status, textOf(told.json, 'detail')]).toEqual([
      400,
      expect.stringContaining('"reason" is not known here'),
    ]);
    expect(await bounceByHand(one, {})).toBe(400);
    expect(await bounceByHand('00000000-0000-4000-8000-000000000000', { outcome: 'sent' })).toBe(
      404,
    );
  });

  test('or comes back where a rule matches the address', async () => {
    const reason = '550 we know nobody';
    const rules = [{ pattern: '*@BAD.example', reason }, { pattern: '*+gone@*' }];
    await change('delivery', { bounce_rules: rules });
    const ids = await Promise.all(
      ['x@bad.example', 'y+gone@good.example', 'bounce@good.example'].map((email) => invite(email)),
    );
    expect(await Promise.all(ids.map(stateOf))).toEqual(['bounced', 'bounced', 'sent']);
  });

  test('at once when that is chosen while it waits', async () => {
    await change('delivery', { mode: 'by-hand' });
    const id = await invite();
    expect(await stateOf(id)).toBe('pending');
    expect(await change('delivery', { mode: 'at-once' })).toMatchObject({ waiting: 0 });
    expect(await stateOf(id)).toBe('sent');
  });
});

test('what happened is told in order, and in parts', async () => {
  const id = await invite();
  await fake.ask('DELETE', `${invitations}${id}/`, { as: owner });
  const { json } = await fake.ask('GET', `${world}/events`);
  const events = listOf(json, 'events');
  expect(events.map((event) => memberOf(event, 'type'))).toEqual([
    'InvitationCreated',
    'InvitationSent',
    'InvitationDestroyed',
  ]);
  expect(events[0]).toMatchObject({ invitation_id: id, role });
  const after = memberOf(events[1], 'sequence');
  const rest = await fake.ask('GET', `${world}/events?after=${String(after)}`);
  expect(listOf(rest.json, 'events')).toHaveLength(1);
  const typed = await fake.ask('GET', `${world}/events?type=InvitationSent`);
  expect(typed.json).toMatchObject({ count: 1 });
});

test('testers see invitations and people of all organizations, and it is no traffic', async () => {
  const id = await invite();
  const shown = await fake.ask('GET', `${world}/invitations?limit=1`);
  expect(listOf(shown.json, 'invitations')[0]).toMatchObject({
    id,
    commands: ['update', 'accept', 'resend', 'destroy'],
  });
  const people = await fake.ask('GET', `${world}/people?limit=1000`);
  expect(memberOf(people.json, 'count')).toBe(listOf(people.json, 'people').length);
  const traffic = await fake.ask('GET', `${world}/traffic`);
  expect(memberOf(traffic.json, 'count')).toBe(1);
});
