// Makes hosted sandboxes from plans, and makes them new from their plans.
import type { Tokens } from '../adapters/jwt.ts';
import { createClock } from '../sandbox/clock.ts';
import type { Courier } from '../sandbox/courier.ts';
import { createSandbox } from '../sandbox/sandbox.ts';
import type { TrafficLimits } from '../sandbox/traffic.ts';
import { createSnapshots } from './snapshots.ts';
import type { BuildScenario, HostedSandbox } from './hosted-sandbox.ts';
import type { SandboxPlan } from './sandbox-plan.ts';

export type HostOptions = {
  readonly buildScenario: BuildScenario;
  readonly createTokens: (secret: string) => Promise<Tokens>;
  readonly courier: Courier;
  /** What the traffic of one sandbox may hold. */
  readonly trafficLimits: Partial<TrafficLimits>;
  /** Real time, in milliseconds since the epoch. */
  readonly now: () => number;
};

export const hostSandbox = async (
  options: HostOptions,
  name: string,
  plan: SandboxPlan,
  secret: string,
): Promise<HostedSandbox> => {
  const { buildScenario, createTokens, courier, trafficLimits, now } = options;
  const startAt = plan.startTime ?? now();
  const [{ events, cast }, tokens] = await Promise.all([
    buildScenario(plan, secret, startAt),
    createTokens(secret),
  ]);
  const { delivery, pageSize, startTime } = plan;
  const clock = createClock(now, startTime ?? undefined);
  const world = { delivery, pageSize, history: events };
  const sandbox = createSandbox({ ...world, name, clock, courier, trafficLimits });
  const snapshots = createSnapshots();
  return { sandbox, tokens, secret, plan, cast, snapshots, createdAt: now(), lastUsedAt: now() };
};

/** As it was when it was made from the plan: its world, its clock, its settings. Nothing of before is left in it. */
export const openAnew = async (
  { buildScenario, now }: HostOptions,
  hosted: HostedSandbox,
  plan: SandboxPlan,
): Promise<void> => {
  const { sandbox, secret } = hosted;
  const { events, cast } = await buildScenario(plan, secret, plan.startTime ?? now());
  sandbox.clock.release();
  if (plan.startTime === null) sandbox.clock.toPresent();
  else sandbox.clock.set(plan.startTime);
  sandbox.delivery.configure(plan.delivery);
  sandbox.open({ history: events, waiting: [], pageSize: plan.pageSize });
  sandbox.traffic.clear();
  sandbox.faults.clear();
  hosted.plan = plan;
  hosted.cast = cast;
};
