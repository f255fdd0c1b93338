// The edition of a target: found out from what it answers, told, and checked by.
import { expect, test } from '@jest/globals';
import { toReadings } from '../spec/readings.ts';
import type { Edition } from '../spec/vocabulary.ts';
import * as all from './checks/all.ts';
import { runIn } from './in-edition.suite.ts';

const contracts = [all.schema, all.invitationsFilters, all.invitationsPages];

const of = (edition: Edition, scenario: 'empty' | 'team' = 'team') => ({
  ...{ edition, scenario, readings: toReadings({ edition }) },
});

test.each([
  ['2021-07-08', 'empty', '2021-07-08'],
  ['2021-07-28', 'team', '2021-07-28'],
  ['2021-10-07', 'empty', '2021-10-07'],
  ['2021-11-02', 'team', '2021-11-29'],
  ['2023-01-28', 'empty', '2023-01-28'],
] as const)(
  '%s is found out, with a list of %s, and breaks nothing',
  async (edition, scenario, found) => {
    const told = await runIn(of(edition, scenario), { contracts });
    expect(told.failed).toEqual([]);
    expect(told.edition).toBe(found);
  },
);

test('who joins and is deleted is found, though an invitation does not say whose it is', async () => {
  const env = { CONTRACT_ONLY: 'users.destroy,users.accepted-goes' };
  const told = await runIn(of('2021-07-08'), { contracts: [all.users], env });
  expect(told).toMatchObject({ failed: [], notExercised: [] });
});

test('an edition of which tokens alone tell is not accused of having none', async () => {
  const env = { CONTRACT_ONLY: 'authentication.token' };
  const told = await runIn(of('2022-03-17'), { contracts: [all.users], env });
  expect(told).toMatchObject({ edition: '2023-01-28', failed: [] });
  expect(told.notExercised.join()).toContain('--edition');
});

test('reads alone tell it too', async () => {
  const env = { CONTRACT_READ_ONLY: 'true' };
  const told = await runIn(of('2021-10-07'), { contracts, env });
  expect(told).toMatchObject({ edition: '2021-10-07', failed: [] });
});

test('a field that the told edition has, is demanded', async () => {
  const env = { CONTRACT_EDITION: '2021-11-02', CONTRACT_ONLY: 'schema.every-field' };
  const told = await runIn(of('2021-07-08'), { contracts, env });
  expect(told.edition).toBe('2021-11-02');
  expect(told.failed.join('\n')).toContain('inviter_name');
});

test.concurrent.each([
  ['list.order', 'newest-first', [all.invitationsList, all.invitationsFilters], 'list'],
  ['duplicate.status', '409', [all.invitationsCreate], 'create'],
  ['membership.unset', 'left-out', [all.schema], 'schema'],
  ['membership.unset', 'empty', [all.schema], 'schema'],
  ['errors.id-not-a-uuid', '400', [all.errorsRefusals], 'errors.id-not-a-uuid'],
  ['times', 'milliseconds', [all.linked], 'linked.times'],
  [
    'update.address-taken',
    '409',
    [all.invitationsRefusedWrites, all.sequences],
    'update.address-taken',
  ],
  [
    'accept.member-role',
    'own',
    [all.invitationsAccept, all.invitationsMembership],
    'accept.new-jwt,accept.member-takes-role',
  ],
] as const)(
  'what goes by the told reading %s: %s is no fault',
  async (name, alternative, those, only) => {
    const options = { readings: toReadings({ [name]: alternative }) };
    const env = { CONTRACT_RUNS: '3', CONTRACT_ONLY: only };
    const told = await runIn(options, { contracts: those, env });
    expect(told.failed).toEqual([]);
    expect(told.notExercised.join('\n')).toContain('as the told readings have it');
    const untold = await runIn(options, {
      contracts: those,
      env: { ...env, CONTRACT_READINGS: '' },
    });
    expect(untold.failed).not.toEqual([]);
  },
);

test('what goes by no told reading stays a fault', async () => {
  const env = { CONTRACT_READINGS: '{"duplicate.status":"400"}' };
  const told = await runIn(
    { readings: toReadings({ 'duplicate.status': '409' }) },
    { contracts: [all.invitationsCreate], env },
  );
  expect(told.failed.join('\n')).toContain('create.duplicate-address');
});
