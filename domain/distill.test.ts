// A distilled history leads to the same state as the whole one, for every scenario.
import { expect, test } from '@jest/globals';
import { buildScenario } from '../fixtures/build-scenario.ts';
import { scenarioNames } from '../fixtures/scenario.ts';
import { distill } from './distill.ts';
import { listInvitations } from './queries.ts';
import { replay } from './replay.ts';
import type { State } from './state.ts';

const page = { number: 1, size: 10_000 };

const shown = (state: State): unknown => {
  const organizations = [...state.directory.organizations.keys()].sort();
  return {
    users: state.directory.users,
    memberships: state.directory.memberships,
    memberIds: state.directory.memberIds,
    organizations: state.directory.organizations,
    apiKeys: state.directory.apiKeys,
    addresses: state.directory.userIdsByAddress,
    lists: organizations.map((id) => [
      listInvitations(state, id, {}, page),
      listInvitations(state, id, { state: 'bounced' }, page),
      listInvitations(state, id, { role: 'VIEWER', state: 'sent' }, page),
    ]),
  };
};

test.each(scenarioNames)('%s', async (name) => {
  const options = { seed: 3, startAt: Date.UTC(2026, 0, 1), secret: 'secret', size: 300 };
  const { events } = await buildScenario(name, options);
  const state = replay(events);
  const told = distill(state);
  expect(shown(replay(told))).toEqual(shown(state));
  expect(told.length).toBeLessThanOrEqual(events.length);
  for (const event of told) expect(event).toHaveProperty('type');
  expect(distill(replay(told))).toEqual(told);
});
