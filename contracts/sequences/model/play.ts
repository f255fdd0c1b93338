// Plays a sequence of commands to the target, each answer compared with what the model expects, up to the first that is
// wrong; then reads once more all that was made. Removes it afterwards.
import type { Kit } from '../../kit/kit.ts';
import { createScope } from '../../engine/made.ts';
import { createLog, type Current } from '../../kit/current.ts';
import type { Answer } from '../../kit/client.ts';
import { toInvitation } from '../../invitation.ts';
import type { Asker } from './askers.ts';
import type { Ask, Command, Expectation, Plan, World } from './command.ts';
import { createScene, isLeftBy, type Claim, type Scene } from './model.ts';
import { planRetrieve } from './retrieve.ts';
import type { RuleId } from './rules.ts';

export type Step = { readonly tell: string; readonly exchange: string };

export type Disagreement = {
  readonly rule: RuleId;
  readonly expected: string;
  readonly steps: readonly Step[];
};

export type Outcome = {
  readonly disagreement: Disagreement | undefined;
  /** The rules that were found to hold. */
  readonly held: ReadonlySet<RuleId>;
  readonly scene: Scene;
};

const judgeStatus = ({ refusals, status, rule, about }: Expectation, answer: Answer): Claim => {
  const [first] = refusals;
  const statuses = first === undefined ? [status] : refusals.map((refusal) => refusal.status);
  const by =
    first === undefined
      ? rule
      : (refusals.find((one) => one.status === answer.status) ?? first).rule;
  if (first !== undefined && about !== undefined) isLeftBy(about, by);
  const holds = statuses.includes(answer.status);
  return { rule: by, holds, expected: [...new Set(statuses)].join(' or ') };
};

/** What breaks the spec is wrong whatever the model thinks of it. */
const judgeSpec = ({ faults }: Current, rule: RuleId): readonly Claim[] =>
  faults.map(({ message }) => ({
    rule,
    holds: false,
    expected: `an answer that keeps to the spec, but it ${message}`,
  }));

const claimsOf = (check: Current, { expect }: Plan, answer: Answer): readonly Claim[] => {
  const onStatus = judgeStatus(expect, answer);
  const isDone = onStatus.holds && expect.refusals.length === 0;
  return [onStatus, ...judgeSpec(check, onStatus.rule), ...(isDone ? expect.take(answer) : [])];
};

type Progress = {
  readonly check: Current;
  readonly steps: Step[];
  readonly held: Set<RuleId>;
};

const lookers = ({ askers }: World): readonly Asker[] =>
  ['OWNER', 'OUTSIDER'].flatMap((name) => askers.find((asker) => asker.name === name) ?? []);

export const createPlay = (kit: Kit) => {
  const { address, clear, currentCheck, poll, runAs, send, settings } = kit;

  const perform = async ({ until, ...ask }: Ask): Promise<Answer> => {
    const { operation, ...asking } = ask;
    if (until === undefined) return send(operation, asking);
    const isThere = (answer: Answer): boolean => until(toInvitation(answer.json));
    return (await poll(() => send(operation, asking), isThere, settings)).value;
  };

  const step = async (
    { check, steps, held }: Progress,
    plan: Plan,
  ): Promise<Disagreement | undefined> => {
    const answer = await perform(plan.ask);
    steps.push({ tell: plan.tell, exchange: answer.exchange.text });
    const claims = claimsOf(check, plan, answer);
    const wrong = claims.find(({ holds }) => !holds);
    if (wrong !== undefined) return { rule: wrong.rule, expected: wrong.expected, steps };
    for (const { rule } of claims) held.add(rule);
    return undefined;
  };

  const playAll = async (
    progress: Progress,
    world: World,
    scene: Scene,
    commands: readonly Command[],
  ): Promise<Disagreement | undefined> => {
    for (const command of commands) {
      const plan = command.plan(scene);
      if (plan === undefined) continue;
      const disagreement = await step(progress, plan);
      if (disagreement !== undefined) return disagreement;
    }
    for (const known of scene.all) {
      const asker = lookers(world).find(({ organization }) => organization === known.organization);
      if (asker === undefined) continue;
      const tell = `at the end ${asker.name} reads #${known.slot}`;
      const disagreement = await step(progress, { tell, ...planRetrieve(known, asker) });
      if (disagreement !== undefined) return disagreement;
    }
    return undefined;
  };

  const emailsFor = ({ addresses }: World): ReadonlyMap<string, string> =>
    new Map(
      addresses.map((name) => {
        if (name === 'invitee') return [name, settings.inviteeEmail ?? ''];
        return [name, name === 'bounce' ? (settings.bounceEmail ?? '') : address()];
      }),
    );

  /** Inside a check that may ask as every asker of the world. */
  const play = (world: World, commands: readonly Command[]): Promise<Outcome> => {
    const scope = createScope();
    const log = createLog();
    const check: Current = { ...currentCheck(), scope, log, faults: [] };
    return runAs(check, async () => {
      const scene = createScene(emailsFor(world));
      const progress = { check, steps: [], held: new Set<RuleId>() };
      try {
        const disagreement = await playAll(progress, world, scene, commands);
        return { disagreement, held: progress.held, scene };
      } finally {
        await clear(scope);
      }
    });
  };

  return { play };
};
