// A sandbox on the wire: in short for lists, and whole with the credentials that lead into it.
import type { Request } from 'express';
import { createCredentials, toEnvironment } from '../credentials.ts';
import { invitationStates } from '../../domain/invitation.ts';
import { roles } from '../../domain/role.ts';
import type { HostedSandbox } from '../sandboxes/hosted-sandbox.ts';
import type { SandboxPlan } from '../sandboxes/sandbox-plan.ts';
import { defaultName } from '../sandboxes/registry.ts';
import { baseAddress } from '../web/base-address.ts';
import { formatIsoDuration } from '../web/iso-duration.ts';
import { presentClock } from './clock.ts';
import type { SandboxContext } from './context.ts';
import { presentDelivery } from './delivery.ts';

const iso = (time: number): string => new Date(time).toISOString();

const countStates = ({ sandbox }: HostedSandbox): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>(invitationStates.map((state) => [state, 0]));
  for (const { invitation } of sandbox.state().slots.values()) {
    counts.set(invitation.state, (counts.get(invitation.state) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
};

const presentCounts = (hosted: HostedSandbox): object => {
  const { sandbox } = hosted;
  const { exchanges, withFindings } = sandbox.traffic.counts();
  return {
    invitations: countStates(hosted),
    people: sandbox.state().directory.users.size,
    faults: sandbox.faults.list().length,
    snapshots: hosted.snapshots.list().length,
    messages: sandbox.outbox.count(),
    exchanges,
    exchanges_with_findings: withFindings,
  };
};

/** What a sandbox is made from, apart from its page size and deliveries, which can change. */
export const presentPlan = (plan: SandboxPlan): object => {
  const { scenario, scenarioSize, seed, startTime, timeToLiveMs } = plan;
  return {
    scenario,
    scenario_size: scenarioSize,
    seed,
    start_time: startTime === null ? null : iso(startTime),
    time_to_live: timeToLiveMs === null ? null : formatIsoDuration(timeToLiveMs),
  };
};

export const presentSummary = (hosted: HostedSandbox): object => {
  const { sandbox, plan, createdAt, lastUsedAt } = hosted;
  const { timeToLiveMs } = plan;
  return {
    name: sandbox.name,
    scenario: plan.scenario,
    seed: plan.seed,
    created_at: iso(createdAt),
    last_used_at: iso(lastUsedAt),
    expires_at: timeToLiveMs === null ? null : iso(lastUsedAt + timeToLiveMs),
    clock: presentClock(sandbox.clock),
    delivery: { mode: sandbox.delivery.settings().mode },
    counts: presentCounts(hosted),
  };
};

const tokenPath = (name: string): string =>
  name === defaultName ? '/_mock/tokens' : `/_mock/sandboxes/${name}/tokens`;

/** JWTs are made anew each time, so that they are good at the time that the sandbox's clock shows now. */
const presentAccess = async (
  { hosted, trustProxy, adminToken }: SandboxContext,
  request: Request,
): Promise<object> => {
  const { sandbox, cast, tokens } = hosted;
  const credentials = await createCredentials(cast, tokens, sandbox.clock.now());
  const url = baseAddress(request, trustProxy);
  const { outsider, people, invitee } = cast;
  const user = ({ userId: id, name, email }: typeof invitee): object => ({ id, name, email });
  const members = roles.map((role): readonly [string, object] => [
    role,
    { api_key: credentials.apiKeys[role], jwt: credentials.jwts[role], user: user(people[role]) },
  ]);
  return {
    credentials: {
      ...Object.fromEntries(members),
      OUTSIDER: { api_key: credentials.outsider, user: user(outsider) },
      INVITEE: { jwt: credentials.invitee, user: user(invitee) },
      EXPIRED: { jwt: credentials.expired },
    },
    environment: toEnvironment(url, credentials, { path: tokenPath(sandbox.name), adminToken }),
  };
};

export const presentSandbox = async (
  context: SandboxContext,
  request: Request,
): Promise<object> => {
  const { hosted } = context;
  const { sandbox, plan, cast } = hosted;
  const { organizationId: id } = cast;
  return {
    ...presentSummary(hosted),
    ...presentPlan(plan),
    page_size: sandbox.pageSize(),
    delivery: presentDelivery(sandbox.delivery),
    organization: { id, name: sandbox.state().directory.organizations.get(id)?.name ?? '' },
    ...(await presentAccess(context, request)),
  };
};
