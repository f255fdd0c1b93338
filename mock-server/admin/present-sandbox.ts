// A sandbox on the wire: in short for lists, and whole with the credentials that lead into it.
import type * as v from 'valibot';
import { createCredentials, toEnvironment } from '../credentials.ts';
import type { InvitationState } from '../../domain/invitation.ts';
import type { Role } from '../../domain/role.ts';
import type { HostedSandbox } from '../sandboxes/hosted-sandbox.ts';
import { defaultName } from '../sandboxes/registry.ts';
import type { AdminRequest } from './admin-request.ts';
import { presentClock } from './clock.ts';
import type { AdminContext, SandboxContext } from './context.ts';
import { presentDelivery } from './delivery.ts';
import { presentPlan } from './present-plan.ts';
import type { MemberCredentials, Sandbox, SandboxSummary } from './sandbox-schema.ts';

type Wire = v.InferInput<typeof Sandbox>;

const iso = (time: number): string => new Date(time).toISOString();

const countStates = ({ sandbox }: HostedSandbox): Record<InvitationState, number> => {
  const counts = { pending: 0, sent: 0, bounced: 0, accepted: 0 };
  for (const { invitation } of sandbox.state().slots.values()) counts[invitation.state] += 1;
  return counts;
};

const presentCounts = (hosted: HostedSandbox): Wire['counts'] => {
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

const presentBrief = (hosted: HostedSandbox): Omit<Wire, 'delivery' | MadeApart> => {
  const { sandbox, plan, createdAt, lastUsedAt } = hosted;
  const { timeToLiveMs } = plan;
  return {
    name: sandbox.name,
    created_at: iso(createdAt),
    last_used_at: iso(lastUsedAt),
    expires_at: timeToLiveMs === null ? null : iso(lastUsedAt + timeToLiveMs),
    clock: presentClock(sandbox.clock),
    counts: presentCounts(hosted),
    scenario: plan.scenario,
    own_world: plan.world !== null,
    seed: plan.seed,
  };
};

type MadeApart =
  | keyof Omit<ReturnType<typeof presentPlan>, 'scenario' | 'seed'>
  | 'page_size'
  | 'organization'
  | 'credentials'
  | 'environment';

export const presentSummary = (hosted: HostedSandbox): v.InferInput<typeof SandboxSummary> => ({
  ...presentBrief(hosted),
  delivery: { mode: hosted.sandbox.delivery.settings().mode },
});

const tokenPath = (name: string): string =>
  name === defaultName ? '/_mock/tokens' : `/_mock/sandboxes/${name}/tokens`;

/** JWTs are made anew each time, so that they are good at the time that the sandbox's clock shows now. */
const presentAccess = async (
  { hosted, adminToken }: SandboxContext,
  { base }: AdminRequest,
): Promise<Pick<Wire, 'credentials' | 'environment'>> => {
  const { sandbox, callers, tokens } = hosted;
  const credentials = await createCredentials(callers, tokens, sandbox.clock.now());
  const { outsider, people, invitee } = callers;
  const user = ({ userId: id, name, email }: typeof invitee) => ({ id, name, email });
  const member = (role: Role): v.InferInput<typeof MemberCredentials> => ({
    api_key: credentials.apiKeys[role],
    jwt: credentials.jwts[role],
    user: user(people[role]),
  });
  return {
    credentials: {
      OWNER: member('OWNER'),
      ADMIN: member('ADMIN'),
      CONTRIB: member('CONTRIB'),
      VIEWER: member('VIEWER'),
      OUTSIDER: { api_key: credentials.outsider, user: user(outsider) },
      INVITEE: { jwt: credentials.invitee, user: user(invitee) },
      EXPIRED: { jwt: credentials.expired },
    },
    environment: {
      ...toEnvironment(
        base,
        credentials,
        { path: tokenPath(sandbox.name), adminToken },
        sandbox.readings(),
      ),
    },
  };
};

/** To be waited for outside of the sandbox; what else there is is told in any case. */
export const refreshCounts = async (
  { registry }: AdminContext,
  _asked: unknown,
  { params }: AdminRequest,
): Promise<undefined> => {
  const name = String(params['name'] ?? defaultName);
  await registry.refreshTraffic(name, 'own').catch(() => undefined);
};

export const presentSandbox = async (
  context: SandboxContext,
  request: AdminRequest,
): Promise<Wire> => {
  const { hosted } = context;
  const { sandbox, plan, callers } = hosted;
  const { organizationId: id } = callers;
  return {
    ...presentBrief(hosted),
    ...presentPlan(plan),
    page_size: sandbox.pageSize(),
    delivery: presentDelivery(sandbox.delivery),
    organization: { id, name: sandbox.state().directory.organizations.get(id)?.name ?? '' },
    ...(await presentAccess(context, request)),
  };
};
