// The first create of a run: is it the domain that a target refuses, or does it refuse everything?
import { expect, test } from '@jest/globals';
import { readSettings } from '../settings.ts';
import { NoAnswer } from './could-not-run.ts';
import type { Line } from './line.ts';
import { createMade } from './made.ts';
import { probe } from './probe.ts';

type Answer = { readonly status: number; readonly value: unknown };

const refused: readonly (readonly [number, unknown])[] = [
  [400, { recipient: ['Not deliverable.'] }],
  [404, { detail: 'No such recipient.' }],
  [409, { errors: [{ field: 'email' }] }],
  [422, { title: 'Unprocessable' }],
];

/** Of a target that answers so to what is asked for an address. */
const probing = (answerTo: (text: string) => Answer, env: Readonly<Record<string, string>>) => {
  const settings = readSettings({ CONTRACT_AUTH_OWNER: 'Api-Key owner', ...env });
  const removed: string[] = [];
  const line: Line = ({ method, path, body }) => {
    if (method === 'DELETE') removed.push(path);
    const { status, value } =
      method === 'POST' ? answerTo(body?.text ?? '') : { status: 204, value: {} };
    return Promise.resolve({ status, headers: {}, text: JSON.stringify(value), ms: 0 });
  };
  const made = createMade({ settings, line }, () => undefined);
  const meanwhile = () => Promise.resolve();
  const asked = probe({ settings, line, made, runId: 'run', size: 1, meanwhile });
  return { asked, removed };
};

const invitee = { CONTRACT_INVITEE_EMAIL: 'joe@elsewhere.test' };

test.each(refused)('a %i to one domain alone is of the domain: %j', async (status, value) => {
  const answerTo = (text: string): Answer =>
    text.includes('example.com') ? { status, value } : { status: 201, value: { id: 'made' } };
  const { asked, removed } = probing(answerTo, invitee);
  await expect(asked).rejects.toThrow('CONTRACT_EMAIL_DOMAIN');
  expect(removed).toEqual(['/api/v1/invitations/made/']);
});

test.each(refused)('a %i to every domain is for the checks to tell: %j', async (status, value) => {
  expect(await probing(() => ({ status, value }), invitee).asked).toBe(0);
});

test('where no other domain is known, the reserved one is suspected, and no chosen one', async () => {
  const answerTo = (): Answer => ({ status: 400, value: { recipient: ['Not deliverable.'] } });
  await expect(probing(answerTo, {}).asked).rejects.toThrow('CONTRACT_EMAIL_DOMAIN');
  const chosen = probing(answerTo, { CONTRACT_EMAIL_DOMAIN: 'qa.test' });
  expect(await chosen.asked).toBe(0);
  const ofRole = probing(() => ({ status: 400, value: { role: ['Unknown.'] } }), {});
  expect(await ofRole.asked).toBe(0);
});

test('what a lost answer has made at the invitee’s address is removed', async () => {
  let there = 0;
  const settings = readSettings({ CONTRACT_AUTH_OWNER: 'Api-Key owner', ...invitee });
  const line: Line = ({ method, body: { text: sent = '' } = {} }) => {
    const answer = (status: number, text = '') =>
      Promise.resolve({ status, headers: {}, text, ms: 0 });
    if (method === 'DELETE') there = 0;
    if (method === 'DELETE') return answer(204);
    const results = there === 0 ? [] : [{ id: 'made', email: 'joe@elsewhere.test' }];
    if (method === 'GET') return answer(200, JSON.stringify({ results }));
    if (sent.includes('example.com')) return answer(422, '{"title":"Unprocessable"}');
    there += 1;
    return Promise.reject(new NoAnswer('It was cut off.'));
  };
  const made = createMade({ settings, line }, () => undefined);
  const meanwhile = () => Promise.resolve();
  expect(await probe({ settings, line, made, runId: 'run', size: 1, meanwhile })).toBe(0);
  expect(there).toBe(0);
});
