// What a sandbox was made from, as it is shown: in brief, and whole as what would make it again.
import type * as v from 'valibot';
import type { WorldSeed } from '../../fixtures/world-seed.ts';
import { defaultReadings } from '../../spec/vocabulary.ts';
import type { SandboxPlan } from '../sandboxes/sandbox-plan.ts';
import { formatIsoDuration } from '../web/iso-duration.ts';
import { presentSettings } from './delivery.ts';
import { choosableReadings, type SandboxOptions } from './plan.ts';
import { presentFaultRule } from './present-fault.ts';
import type { SeedFile } from './seed-file.ts';

/** The edition, and what differs from the readings of the fake itself. */
const presentReadings = ({ readings: chosen }: SandboxPlan) => {
  const changed = choosableReadings.filter((name) => chosen[name] !== defaultReadings[name]);
  return {
    edition: chosen.edition,
    readings: Object.fromEntries(changed.map((name) => [name, chosen[name]])),
  };
};

/** Apart from its page size and deliveries, which can change. */
export const presentPlan = (plan: SandboxPlan) => {
  const { scenario, scenarioSize, seed, startTime, timeToLiveMs } = plan;
  return {
    scenario,
    scenario_size: scenarioSize,
    seed,
    start_time: startTime === null ? null : new Date(startTime).toISOString(),
    ...presentReadings(plan),
    time_to_live: timeToLiveMs === null ? null : formatIsoDuration(timeToLiveMs),
  };
};

const withAges = <Item extends { readonly age?: number }>(items: readonly Item[] = []) =>
  items.map(({ age, ...item }) => ({
    ...item,
    ...(age !== undefined && { age: formatIsoDuration(age) }),
  }));

type Members = Pick<WorldSeed, 'people' | 'service_accounts' | 'invitations'>;

const presentMembers = ({ people, service_accounts: accounts, invitations }: Members) => ({
  ...(people !== undefined && { people: withAges(people) }),
  ...(accounts !== undefined && { service_accounts: withAges(accounts) }),
  ...(invitations !== undefined && { invitations: withAges(invitations) }),
});

const presentWorld = ({
  organization,
  organizations,
  ...members
}: WorldSeed): v.InferInput<typeof SeedFile> => ({
  ...(organization !== undefined && { organization }),
  ...presentMembers(members),
  ...(organizations !== undefined && {
    organizations: organizations.map(({ name, ...its }) => ({ name, ...presentMembers(its) })),
  }),
});

/** Makes the same sandbox again: what a reset goes back to. */
export const presentOptions = (plan: SandboxPlan): v.InferInput<typeof SandboxOptions> => ({
  ...presentPlan(plan),
  world: plan.world === null ? null : presentWorld(plan.world),
  page_size: plan.pageSize,
  frozen: plan.frozen,
  delivery: presentSettings(plan.delivery),
  faults: plan.faults.map(presentFaultRule),
});
